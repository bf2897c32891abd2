"""The portfolio as a file, with the filters of the pages as flags."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext as _

from ..domain.base import PUBLIC, STAFF
from ..domain.text import LANGUAGES
from ..forms.selection import Selection, SelectionError, parse
from .database import require_current
from .instance import UMASK, Unreadable, application, say, spoken

_FILTERS = tuple(field for field in fields(Selection) if field.name != "page")  # a file holds every page


def _flags(command: Callable[..., None]) -> Callable[..., None]:
    for field in reversed(_FILTERS):
        several = field.default == () and field.name != "bbox"
        command = click.option(
            "--" + field.name.replace("_", "-"), field.name, multiple=several, metavar="TEXT"
        )(command)
    return command


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@_flags
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the file.")
@click.option(
    "--staff", is_flag=True, help="Working copies with internal fields instead of the published versions."
)
def export(out: Path, lang: str | None, staff: bool, **filters: Any) -> None:
    """Write the selected projects to OUT; its ending chooses the format (xlsx, csv, geojson).

    The filters are those of the pages: --province 46 --technology solar --technology wind --mw-min 30 …
    """
    from ..outputs import files
    from ..services import portfolio

    with application(lang) as app:
        require_current(app)
        ending = out.suffix.removeprefix(".").lower()
        if ending not in files.FORMATS:
            raise Unreadable(
                _(
                    "The ending of %(name)s must be one of: %(endings)s.",
                    name=out.name,
                    endings=", ".join(files.FORMATS),
                )
            )
        pairs = [
            (name, value)
            for name, given in filters.items()
            if given is not None
            for value in (given if isinstance(given, tuple) else (given,))
        ]
        try:
            selection = parse(pairs, provinces=portfolio.provinces(), zones=portfolio.zones())
        except SelectionError as error:
            raise Unreadable(
                "\n".join(f"--{p.parameter.replace('_', '-')} {p.value}: {p.message}" for p in error.problems)
            ) from error
        folio = portfolio.current(audience=STAFF if staff else PUBLIC, as_of=selection.as_of)
        selected = folio.select(selection)
        context = files.context(selection, folio, lang=lang or spoken())
        _write(out, files.write(ending, selected, context))
        say(_("%(number)s projects written to %(name)s.", number=len(selected.rows), name=str(out)))


def _write(out: Path, content: Iterable[bytes]) -> None:
    """Write beside the file and move it there, so that a failure leaves no half file."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise Unreadable(f"{out}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
        Path(name).chmod(0o666 & ~click.get_current_context().meta[UMASK])
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
