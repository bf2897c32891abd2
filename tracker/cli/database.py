"""Making the database and looking after it."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask_babel import gettext as _

from .instance import Failure, application, say


@click.command()
def init() -> None:
    """Make or update the database and load the reference data. May be repeated at any time."""
    with application() as app:
        prepare(app)


@click.command()
def check() -> None:
    """Check the database: its version, the models, foreign keys and the trail of changes."""
    from ..services import upkeep

    with application() as app:
        require_current(app)
        problems = upkeep.problems()
        for problem in problems:
            click.echo(problem, err=True)
        if problems:
            raise Failure(_("The database has problems."))
        for name, number in upkeep.counts().items():
            say(f"{name}: {number}")
        say(_("The database is in order."))


def prepare(app: Flask) -> None:
    """Migrate the database and load the reference data, with a line for each step.

    Two at once wait for each other.
    """
    from ..services import reference, upkeep

    with alone():
        started = time.monotonic()
        before, wanted = upkeep.version(), upkeep.newest(app.config["TRACKER"].migrations)
        if before not in (None, *upkeep.known(app.config["TRACKER"].migrations)):
            raise Failure(
                _(
                    "The database (version %(found)s) was made by a newer Tracker. Use that one.",
                    found=before,
                )
            )
        if before != wanted:
            say(_("Preparing the database …"))
            upkeep.make_ready()
            _upgrade()
        say(_("Checking the reference data …"))
        try:
            loaded = reference.load(app.config["TRACKER"].data)
        except reference.BadReferenceData as error:
            raise Failure(str(error)) from error
        say(
            _(
                "Ready: %(entries)s plan entries, %(allocations)s allocations, %(provinces)s provinces "
                "(%(seconds)s s).",
                entries=loaded["plan_entry"],
                allocations=loaded["plan_allocation"],
                provinces=loaded["province"],
                seconds=f"{time.monotonic() - started:.1f}",
            )
        )


def require_current(app: Flask) -> None:
    """Refuse to work on a database that is missing, or older or newer than this program."""
    from ..services import upkeep

    found, wanted = upkeep.version(), upkeep.newest(app.config["TRACKER"].migrations)
    if found is None:
        raise Failure(_("There is no database yet. Run: tracker init"))
    if found not in upkeep.known(app.config["TRACKER"].migrations):
        raise Failure(
            _("The database (version %(found)s) was made by a newer Tracker. Use that one.", found=found)
        )
    if found != wanted:
        raise Failure(
            _(
                "The database is of version %(found)s, this Tracker needs %(wanted)s. Run: tracker init",
                found=found,
                wanted=wanted,
            )
        )


def _upgrade() -> None:
    from flask_migrate import upgrade

    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()


@contextmanager
def alone() -> Iterator[None]:
    """Let no other start of this instance prepare or fill the database meanwhile."""
    with (current_app.config["TRACKER"].home / "init.lock").open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
