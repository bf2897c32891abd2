"""The command line: `tracker --help`.

Exit codes: 0 done, 1 failed, 2 usage or unreadable input, 3 refused rows.
"""

from __future__ import annotations

import os
import sys

import click

from ..domain.text import LANGUAGES
from . import accounts, bench, database, demo, layers, plans, portfolio, server
from .instance import UMASK, language


@click.group(name="tracker", context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of the messages (default: the terminal's, else vi).",
)
@click.version_option(package_name="tracker")
@click.pass_context
def commands(context: click.Context, lang: str | None) -> None:
    """Clean-energy projects of Viet Nam, tied to the power development plan and to the map."""
    context.obj = language(lang)
    # what the program keeps is for its own account alone; files for a person follow the person's umask
    context.meta[UMASK] = os.umask(0o077)
    context.call_on_close(lambda: os.umask(context.meta[UMASK]))


for command in (
    database.init,
    database.check,
    demo.demo,
    demo.sample,
    server.run,
    accounts.user,
    portfolio.export,
    plans.plan,
    layers.layers,
    bench.bench,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; a failure of the database or of a file is one line, not a traceback."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        commands(prog_name="tracker")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        click.echo(f"Error: the database cannot be used: {reason}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
