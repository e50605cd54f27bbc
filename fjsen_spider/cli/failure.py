"""How a command ends when it cannot do what it was asked."""

from __future__ import annotations

from typing import NoReturn

import typer


def fail(message: str, status: int = 2) -> NoReturn:
    """Say in one line what is wrong, and exit."""
    typer.echo(f"fjsen: {' '.join(message.split())}", err=True)
    raise typer.Exit(status)
