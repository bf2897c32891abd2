"""A selection as a file: xlsx, csv, geojson. The web and the command line write the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from ..services import office, portfolio
from . import csv, geojson, xlsx
from .context import CALL, LIST, FileContext

if TYPE_CHECKING:
    from ..forms.selection import Selection
    from ..services.portfolio import Portfolio
    from ..services.selecting import Selected

# ending → media type
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}
# written from the rows alone, so it needs no database while it is sent
STREAMED = ("csv",)
_WRITERS: dict[str, Callable[[Selected, FileContext], Iterator[bytes]]] = {
    "xlsx": xlsx.write,
    "csv": csv.write,
    "geojson": geojson.write,
}


def write(ending: str, selected: Selected, context: FileContext) -> Iterator[bytes]:
    """Yield the bytes of the selection in the format of `ending`; raises KeyError for one not in FORMATS.

    All but those in STREAMED read documents while they are written: they need the application's context.
    """
    return _WRITERS[ending](selected, context)


def context(
    selection: Selection, folio: Portfolio, *, lang: str, base_url: str = "", title: str | None = None
) -> FileContext:
    """Return the stamp for a file of `selection` out of `folio`."""
    return FileContext(
        lang=lang,
        title=title or (CALL if selection.calling else LIST)[lang],
        office=office.name(lang),
        selection=selection,
        audience=folio.audience,
        revision=folio.revision,
        recorded_at=portfolio.recorded_at(folio.revision) or datetime(2000, 1, 1, tzinfo=UTC),
        as_of=selection.as_of,
        base_url=base_url,
        provinces=portfolio.provinces(),
        zones=portfolio.zones(),
        documents=partial(portfolio.documents, audience=folio.audience),
    )


def file_name(ending: str, context: FileContext, *, stem: str = "") -> str:
    """Return an ASCII name that tells date and revision: `du-an-2026-11-24-r123.xlsx`."""
    stem = stem or ("du-an" if context.lang == "vi" else "projects")
    return f"{stem}-{context.day.isoformat()}-r{context.revision}.{ending}"
