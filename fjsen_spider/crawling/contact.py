"""The User-Agent: who crawls, and whom to write to."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from fjsen_spider import __version__


def user_agent(contact: str) -> str:
    """Return the User-Agent that names the version and a contact."""
    return f"fjsen-spider/{__version__} (+{contact})"


class Contact:
    """Add-on: an FJSEN_CONTACT given for one run is in its User-Agent, unless that was given too."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Let the contact through where it was set more explicitly than the User-Agent."""
        given = settings.getpriority("FJSEN_CONTACT") or 0
        if given > (settings.getpriority("USER_AGENT") or 0):
            settings.set("USER_AGENT", user_agent(settings["FJSEN_CONTACT"]), priority=given)
