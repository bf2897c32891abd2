"""What every command needs: the application of this instance, the language it speaks, ways to fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask

from ..domain.text import LANGUAGES, Text
from ..settings import Settings

UMASK = "tracker.umask"
"""Where a command finds the umask of whoever started it."""


class Failure(click.ClickException):
    """The command could not do its work: exit code 1."""

    exit_code = 1


class Unreadable(click.ClickException):
    """What was given cannot be read or used: exit code 2."""

    exit_code = 2


class Refused(click.ClickException):
    """Some rows were refused: exit code 3."""

    exit_code = 3


def language(asked: str | None) -> str:
    """Return the language to speak: the asked one, else that of the terminal, else Vietnamese."""
    if asked:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return value[:2].lower() if value[:2].lower() in LANGUAGES else "vi"
    return "vi"


def settings() -> Settings:
    """Return the settings of this instance; exit code 1 when its folder cannot be used."""
    try:
        found = Settings.from_environment()
    except OSError as error:
        raise Failure(f"TRACKER_HOME: {error}") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if not found.database_url.startswith(("sqlite:", "postgresql+psycopg:")):
        write = Text("viết", "write")[spoken()]
        raise Unreadable(f"DATABASE_URL: {write} sqlite:///FILE, postgresql://USER@HOST/NAME")
    return found


@contextmanager
def application(lang: str | None = None, *, given: Settings | None = None) -> Iterator[Flask]:
    """Enter the application's context, messages in the language of the command line."""
    from flask_babel import force_locale

    from ..domain import db
    from ..web import create_app

    app = create_app(given or settings())
    with app.app_context(), force_locale(lang or spoken()):
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def spoken() -> str:
    """Return the language of the running command."""
    context = click.get_current_context(silent=True)
    found: Any = context.find_root().obj if context else None
    return found if found in LANGUAGES else language(None)


def say(text: str) -> None:
    """Print one line of progress or result."""
    click.echo(text)
