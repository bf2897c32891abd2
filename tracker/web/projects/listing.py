"""The list of projects: filters, totals, table, and the same selection as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, make_response, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as Answer

from ...forms.selection import PAGE_SIZE, Selection, SelectionError
from ...outputs import files, phrases
from ...outputs.selections import Condition, conditions
from ...services import portfolio
from ...services.portfolio import Portfolio
from ...services.rows import Row
from ...services.selecting import Selected, Totals
from .. import freshness
from ..access import audience, everyone
from ..selections import address, from_request
from . import views
from .filters import filter_bar


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: its rows, and where they stand in the whole."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int

    @classmethod
    def of(cls, rows: Sequence[Row], number: int) -> Page:
        """Return page `number`, the last one when there are fewer."""
        pages = max(1, -(-len(rows) // PAGE_SIZE))
        number = min(number, pages)
        start = (number - 1) * PAGE_SIZE
        return cls(tuple(rows[start : start + PAGE_SIZE]), number, pages, len(rows))

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force with the address of the list without it; `found` is what that list would hold."""

    label: str
    value: str
    url: str
    found: int = 0


@views.get("")
@everyone
def index() -> Response:
    """Show the selected projects with their totals."""
    selection = from_request(typed=True, refuse=_refusal)
    folio = portfolio.current(audience=audience(), as_of=selection.as_of)
    moment = portfolio.recorded_at(folio.revision)
    return freshness.page(lambda: _render(selection, folio), revision=folio.revision, recorded_at=moment)


def _refusal(error: SelectionError) -> Answer:
    """Return the filter as it was typed, with what cannot be read of it."""
    readable = error.readable or Selection()
    typed = {problem.parameter: problem.value for problem in error.problems}
    page = render_template(
        "projects/unreadable.html",
        problems=error.problems,
        selection=readable,
        selected=Selected((), Totals()),
        chips=(),
        bar=filter_bar(readable, g.lang, provinces=portfolio.provinces(), zones=portfolio.zones(), typed=typed),
    )
    return make_response(page, 400)


def _render(selection: Selection, folio: Portfolio) -> str:
    selected = folio.select(selection)
    stamp = files.context(selection, folio, lang=g.lang)
    here, fresh = url_for("projects.index"), {"page": 1}
    active = conditions(selection, g.lang, provinces=stamp.provinces, zones=stamp.zones)
    kept = Selection(as_of=selection.as_of, calling=selection.calling)
    return render_template(
        "projects/index.html",
        selection=selection,
        selected=selected,
        page=Page.of(selected.rows, selection.page),
        bar=filter_bar(selection, g.lang, provinces=stamp.provinces, zones=stamp.zones),
        chips=[Chip(c.label, c.value, address(here, selection, **c.changes, **fresh)) for c in active],
        relax=() if selected.rows else _relax(folio, selection, active),
        clear_url=address(here, Selection()),
        now_url=address(here, selection, as_of=None),
        map_url=address(url_for("maps.index"), selection, sort="", page=1),
        downloads=[(name, _file_url(selection, ending)) for name, ending in _FILES],
        bulk_url=_bulk_url(selection),
        totals=phrases.totals(selected.totals, g.lang),
        notes=phrases.notes(selected, selection, g.lang),
        licences=stamp.licences(selected),
        sizes=phrases.size,
        place=lambda row: _place(row, stamp.words),
        everything=len(folio.select(kept).rows),
        sample_data=selected.sample,
        portfolio_revision=folio.revision,
        as_of=stamp.day,
    )


_FILES = (("Excel (xlsx)", "xlsx"), ("CSV", "csv"), ("GeoJSON", "geojson"))


def _file_url(selection: Selection, ending: str) -> str:
    return address(url_for("projects.download", ending=ending), selection, page=1)


def _bulk_url(selection: Selection) -> str:
    return url_for("bulk.choose") + "?" + urlencode([("all", "1"), *selection.pairs(page=1, sort="")])


def _place(row: Row, words: Any) -> str | None:
    province = words.provinces.get(row.province_code or "")
    communes = list(dict.fromkeys(place.commune for place in row.places if place.commune))
    return ", ".join([*communes[:1], *([province[words.lang]] if province else [])]) or None


def _relax(folio: Portfolio, selection: Selection, active: Sequence[Condition]) -> list[Chip]:
    """Return the single filters whose removal fills an empty list, the best first."""
    found = []
    for condition in active:
        if condition.name == "as_of":
            continue
        without = replace(selection, **condition.changes, page=1)
        count = len(folio.select(without).rows)
        if count:
            url = address(url_for("projects.index"), without)
            found.append(Chip(condition.label, condition.value, url, count))
    return sorted(found, key=lambda chip: -chip.found)


@everyone
def download(ending: str) -> Response:
    """Give exactly the selection of the address as a file."""
    selection = replace(from_request(), page=1)
    folio = portfolio.current(audience=audience(), as_of=selection.as_of)
    return as_file(ending, selection, folio, lambda: folio.select(selection))


def as_file(ending: str, selection: Selection, folio: Portfolio, choose: Any, **naming: str) -> Response:
    """Return a selection as a download, stamped by revision and address. `naming`: title, stem."""
    stem = naming.pop("stem", "")
    stamp = files.context(selection, folio, lang=g.lang, base_url=request.host_url.rstrip("/"), **naming)

    def write() -> Response:
        selected: Selected = choose()
        written = files.write(ending, selected, stamp)
        body = written if ending in files.STREAMED else b"".join(written)
        answer = Response(body, content_type=files.FORMATS[ending])
        name = files.file_name(ending, stamp, stem=stem)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    return freshness.stamped(write, revision=folio.revision, recorded_at=stamp.recorded_at)


@views.record
def _beside_the_list(state: BlueprintSetupState) -> None:
    # the blueprint's own rules stand below /projects/; the files stand beside it
    rule = "/projects.<any(xlsx, csv, geojson):ending>"
    state.app.add_url_rule(rule, endpoint="projects.download", view_func=download)
