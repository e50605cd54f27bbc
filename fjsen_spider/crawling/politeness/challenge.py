"""Pages that a firewall sends in the place of the site's: told by what is known of them, and never solved."""

from __future__ import annotations

import re
from typing import Final

from scrapy.http import Response

CHALLENGED: Final = object()
"""Signal: a `response` is such a page, told by a `sign`."""
STATUS: Final = frozenset({412, 521})
"""What Chinese firewalls answer a client with that does not run their script."""
_HEADERS: Final = (
    ("cf-mitigated", b"challenge"),
    ("x-amzn-waf-action", b"challenge"),
    ("x-amzn-waf-action", b"captcha"),
)
"""What Cloudflare and AWS document that such a page bears."""
_COOKIES: Final = (b"acw_sc__v2", b"__jsl_clearance")
"""The cookies that such a page's script is to set."""
_CONTENT: Final = re.compile(rb"</p>|</li>|</h1>|enpcontent", re.IGNORECASE)
_LONGEST: Final = 64 * 1024


def challenge(response: Response) -> str | None:
    """Return what a response is a firewall's page by, as a slug; None for the site's own."""
    if response.status in STATUS:
        return str(response.status)
    for name, value in _HEADERS:
        if (response.headers.get(name) or b"").strip().lower() == value:
            return name
    body = response.body
    found = next((name for name in _COOKIES if name in body), None) if len(body) <= _LONGEST else None
    if found is None or _CONTENT.search(body):
        return None
    return found.decode().strip("_").replace("__", "-").replace("_", "-")
