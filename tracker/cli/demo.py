"""The demo portfolio and its sample set."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click
from flask import Flask
from flask_babel import gettext as _

from .database import prepare, require_current
from .instance import Failure, application, say
from .server import announce, serve

ACCOUNT = "demo@tracker.example"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--no-serve", is_flag=True, help="Only load the portfolio.")
def demo(host: str, port: int, workers: int, no_serve: bool) -> None:
    """Make the database, load the demo portfolio and serve it. What was entered before stays."""
    with application() as app:
        prepare(app)
        _load(app)
        passwords = _accounts(app.config["TRACKER"].home)
        if not no_serve:
            announce(app, host=host, port=port)
        for email, password in passwords.items():
            say(_("Sign in as %(email)s with the password %(password)s", email=email, password=password))
    if not no_serve:
        serve(app, host=host, port=port, workers=workers)


@click.group()
def sample() -> None:
    """The sample set: made-up records marked as such on every page and file."""


@sample.command("remove")
def remove() -> None:
    """Remove the sample set; real projects stay."""
    from ..services import samples

    with application() as app:
        require_current(app)
        say(_("%(number)s sample records removed.", number=samples.remove()))


def _load(app: Flask) -> None:
    from ..services import demo as service

    started = time.monotonic()
    say(_("Loading the demo portfolio …"))
    try:
        new = service.load_portfolio(app.config["TRACKER"].data)
    except service.BadPortfolio as error:
        raise Failure(str(error)) from error
    say(_("%(number)s projects added (%(seconds)s s).", number=new, seconds=f"{time.monotonic() - started:.1f}"))


def _accounts(home: Path) -> dict[str, str]:
    """Make the demo account once; its password is kept in a file that only the owner may read."""
    from ..services import accounts
    from ..services.transactions import SYSTEM, write

    path = home / "demo-accounts.txt"
    kept = dict(line.split(" ", 1) for line in path.read_text().splitlines() if " " in line) if path.exists() else {}
    if ACCOUNT not in kept:
        kept[ACCOUNT] = accounts.generated_password()
    with write(actor=SYSTEM, action="add demo account"):
        if accounts.find(ACCOUNT) is None:
            accounts.add_user(email=ACCOUNT, role="administrator", name="Demo", password=kept[ACCOUNT])
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{email} {password}\n" for email, password in kept.items())
    return kept
