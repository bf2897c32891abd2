"""The demo portfolio and its sample set."""

from __future__ import annotations

import os
import time

import click
from flask import Flask
from flask_babel import gettext as _

from ..services.portfolio_files import BadPortfolio
from .database import alone, prepare, require_current
from .instance import Unreadable, application, say
from .server import announce, serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--no-serve", is_flag=True, help="Only load the portfolio.")
def demo(host: str, port: int, workers: int, no_serve: bool) -> None:
    """Make the database, load the demo portfolio and serve it. What was entered before stays."""
    from ..services import samples

    with application() as app:
        prepare(app)
        try:
            with alone():
                _load(app)
                passwords = _load_samples(app) if samples.wanted() else {}
        except BadPortfolio as error:
            raise Unreadable(str(error)) from error
        if not no_serve:
            announce(app, host=host, port=port)
        _tell(passwords)
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


@sample.command("load")
def load() -> None:
    """Load the sample set again after it was removed."""
    with application() as app:
        require_current(app)
        try:
            with alone():
                passwords = _load_samples(app)
        except BadPortfolio as error:
            raise Unreadable(str(error)) from error
        _tell(passwords)


def _tell(passwords: dict[str, str]) -> None:
    if passwords:
        say(_("Sign in with one of these accounts (sample set; kept in %(file)s):", file="demo-accounts.txt"))
    else:
        say(_("The sample set is not loaded. To sign in, add an account: tracker user add"))
    for email, password in passwords.items():
        say(f"  {email}   {password}")


def _load(app: Flask) -> None:
    from ..services import demo as service

    started = time.monotonic()
    say(_("Loading the demo portfolio …"))
    new = service.load_portfolio(app.config["TRACKER"].data)
    say(
        _(
            "%(number)s projects added (%(seconds)s s).",
            number=new,
            seconds=f"{time.monotonic() - started:.1f}",
        )
    )


def _load_samples(app: Flask) -> dict[str, str]:
    """Load the sample set; returns its accounts with the passwords made for them at the first start.

    The passwords are kept in a file that only its owner may read.
    """
    from ..services import accounts, samples

    settings = app.config["TRACKER"]
    path = settings.home / "demo-accounts.txt"
    kept = (
        dict(line.split(" ", 1) for line in path.read_text().splitlines() if " " in line)
        if path.exists()
        else {}
    )
    fresh = {
        email: accounts.generated_password()
        for email in samples.emails(settings.data)
        if email not in kept and accounts.find(email) is None
    }
    if fresh:
        kept |= fresh
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(f"{email} {password}\n" for email, password in kept.items())
    samples.load(settings.data, passwords=kept)
    users = [accounts.find(email) for email in kept]
    return {user.email: kept[user.email] for user in users if user is not None and user.active}
