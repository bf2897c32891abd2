"""The command line: `tracker --help`.

Exit codes: 0 done, 1 failed, 2 usage or unreadable input, 3 refused rows.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from ..domain.text import LANGUAGES, Text
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
        _fail(Text("không dùng được cơ sở dữ liệu", "the database cannot be used"), reason)
        sys.exit(1)
    except OSError as error:
        _fail(Text("không đọc hoặc ghi được tệp", "a file cannot be read or written"), str(error))


def _fail(what: Text, reason: str) -> NoReturn:
    """Print what failed, in the language of the terminal, and end with exit code 1."""
    lang = language(None)
    click.echo(f"{Text('Lỗi', 'Error')[lang]}: {what[lang]}: {reason}", err=True)
    sys.exit(1)
