"""One project: everything the reader may know of it, each fact with its source, and its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from ...domain.technologies import TECHNOLOGIES
from ...forms.selection import Selection
from ...outputs import files, phrases
from ...outputs import history as words
from ...services import history, portfolio, projects
from ...services.portfolio import Portfolio
from ...services.rows import Row
from ...services.selecting import Columns, Selected, choose
from .. import freshness
from ..access import audience, current_user, everyone
from ..maps.mini import mini_map
from ..selections import address, from_request
from . import standing, views
from .checks import of_page
from .listing import as_file
from .shown import Citations, milestones, plan_boxes, quantity_columns

_VERSIONS = 8  # recorded versions that the page names; the rest stands on the page of the history
_STEPS = tuple(f"projects.{name}" for name in ("edit", "submit", "publish", "send_back", "withdraw", "archive"))


@views.get("/<code>")
@everyone
def show(code: str) -> Answer:
    """Show a project; other spellings and codes of merged projects lead to the one that stands."""
    selection = from_request()
    folio, row = _find(code, selection)
    if row is None or row.code != code:
        return _elsewhere("projects.show", row, code)
    document = portfolio.document(row.code, audience=folio.audience, as_of=selection.as_of)
    if document is None:
        abort(404)
    moment = portfolio.recorded_at(folio.revision)
    return freshness.page(
        lambda: render(row, document, folio, selection), revision=folio.revision, recorded_at=moment
    )


@views.get("/<code>.<any(xlsx, csv, geojson):ending>")
@everyone
def download_one(code: str, ending: str) -> Answer:
    """Give one project as a file."""
    selection = from_request()
    folio, row = _find(code, selection)
    if row is None or row.code != code:
        return _elsewhere("projects.download_one", row, code, ending=ending)
    asked = Selection(as_of=selection.as_of)
    return as_file(
        ending, asked, folio, lambda: _one(row, asked), title=row.name(g.lang), stem=row.code.lower()
    )


def _find(code: str, selection: Selection) -> tuple[Portfolio, Row | None]:
    folio = portfolio.current(audience=audience(), as_of=selection.as_of)
    return folio, folio.by_code.get(code.upper())


def _elsewhere(endpoint: str, row: Row | None, code: str, **values: Any) -> Answer:
    """Lead to the canonical address; 404 when nothing that this reader may see answers to the code."""
    target = row.code if row is not None else projects.redirect_of(code)
    if target is None or (row is None and target not in portfolio.current(audience=audience()).by_code):
        abort(404)
    query = request.query_string.decode()
    return redirect(url_for(endpoint, code=target, **values) + (f"?{query}" if query else ""), 301)


def _one(row: Row, selection: Selection) -> Selected:
    return choose((row,), Columns.of((row,)), selection)


def render(
    row: Row,
    document: dict[str, Any],
    folio: Portfolio,
    selection: Selection,
    *,
    version: history.Version | None = None,
    latest: bool = True,
) -> str:
    """Return the page of a project's document; `version` when it is an earlier or recorded one, shown to the office."""
    stamp = files.context(selection, folio, lang=g.lang)
    here: dict[str, Any] = {"as_of": selection.as_of}
    staff = current_user() is not None
    return render_template(
        "projects/show.html",
        row=row,
        mini=mini_map(row, g.lang),
        technologies=[TECHNOLOGIES[code] for code in row.technologies if code in TECHNOLOGIES],
        changed_on=datetime.fromisoformat(document["recorded_at"]),
        is_public=staff and row.code in portfolio.current().by_code,
        p=document,
        cites=Citations(document),
        plans=plan_boxes(row, document, g.lang),
        quantities=quantity_columns(document),
        steps=milestones(document, g.lang),
        whole_size=phrases.size(row, g.lang),
        provinces=stamp.provinces,
        formers={f.code: f for province in stamp.provinces.values() for f in province.formers},
        zones=stamp.zones,
        known=folio.by_code,
        selection=selection,
        map_url=address(url_for("maps.index"), Selection(q=row.code, as_of=selection.as_of)),
        now_url=url_for("projects.show", code=row.code),
        downloads=[
            (name, url_for("projects.download_one", code=row.code, ending=ending, **here))
            for name, ending in (("Excel (xlsx)", "xlsx"), ("CSV", "csv"), ("GeoJSON", "geojson"))
        ],
        licences=stamp.licences(_one(row, Selection())),
        sample_data=row.sample,
        portfolio_revision=folio.revision,
        as_of=stamp.day,
        actions=[name for name in _STEPS if staff and name in current_app.view_functions],
        versions=history.versions(row.id, limit=_VERSIONS) if staff else (),
        doubts=of_page(row, document) if version is None and selection.as_of is None else None,
        version=version,
        version_is_latest=latest,
        action_words=lambda code: words.action(code, g.lang),
        **standing.of(document, staff=staff, lang=g.lang),
    )
