"""The history of all changes: who, when, what before → after, why; by filter, on pages and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for

from ..domain.dates import today
from ..forms.history import OPERATIONS, HistoryQuery, read
from ..forms.selection import SelectionError, is_tracking
from ..outputs import files, history_files, history_words
from ..outputs import history as words
from ..services import history, portfolio
from ..services.history import PERSONAL, Event, Trail
from ..services.history_names import PROJECT
from .access import current_user, requires

views = Blueprint("history", __name__)
MANY = 8
"""An entry with more changed fields than this is folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record that a revision changed, in words."""

    project: str | None
    project_name: str
    record: str
    operation: str
    operation_words: str
    lines: list[words.Line]


@dataclass(frozen=True, slots=True)
class Step:
    """One revision, as far as the page shows it."""

    revision: int
    at: datetime
    actor: str
    action: str
    reason: str | None
    batch: str | None
    items: list[Item]


@views.get("/history")
@requires("viewer")
def index() -> str:
    """Show the changes that the filters ask for, the latest first."""
    query = _query()
    found = history.trail(query, personal=_sees_personal())
    older = _address(query, before=found.older) if found.older else None
    return render_template(
        "history/index.html",
        query=query,
        steps=_steps(found, g.lang),
        older_url=older,
        newest_url=_address(query, before=None) if query.before else None,
        clear_url=url_for("history.index"),
        people=[(name, name) for name in history.people()],
        kinds=[(code, title[g.lang]) for code, title in history_words.TABLES.items() if _shown(code)],
        operations=[(code, history_words.OPERATIONS[code][g.lang]) for code in OPERATIONS],
        downloads=[
            (name, _address(query, path=url_for("history.download", ending=ending), before=None))
            for name, ending in (("Excel (xlsx)", "xlsx"), ("CSV", "csv"))
        ],
        field_title=_field_title(query),
        many=MANY,
        portfolio_revision=portfolio.revision(),
    )


@views.get("/history.<any(xlsx, csv):ending>")
@requires("viewer")
def download(ending: str) -> Response:
    """Give everything that the filters ask for as a file."""
    trails = history.whole_trail(_query(), personal=_sees_personal())
    if ending == "csv":
        body = b"".join(history_files.write_csv(trails, g.lang))
    else:
        body = history_files.write_xlsx(trails, g.lang)
    answer = Response(body, content_type=files.FORMATS[ending])
    stem = "lich-su" if g.lang == "vi" else "history"
    name = f"{stem}-{today().isoformat()}-r{portfolio.revision()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _steps(trail: Trail, lang: str) -> list[Step]:
    speaker = words.Speaker.of(lang, trail.names)
    found = []
    for _, events in groupby(trail.events, key=lambda event: event.revision):
        same = list(events)
        first = same[0]
        found.append(
            Step(
                first.revision,
                first.at,
                first.actor,
                words.action(first.action, lang),
                first.reason,
                first.batch,
                [_item(event, speaker) for event in same],
            )
        )
    return found


def _item(event: Event, speaker: words.Speaker) -> Item:
    project = speaker.names.get((PROJECT, event.project_id or 0), {})
    return Item(
        project=project.get("code") if not project.get("gone") else None,
        project_name=speaker.name(PROJECT, event.project_id) if event.project_id else "",
        record=words.part_of(event, speaker) if event.entity != PROJECT else history_words.KINDS[PROJECT][speaker.lang],
        operation=event.operation,
        operation_words=history_words.OPERATIONS[event.operation][speaker.lang],
        lines=words.lines(event, speaker),
    )


def _query() -> HistoryQuery:
    """Return what the address asks for; answers 400 naming what cannot be read, sends tracking away."""
    pairs = list(request.args.items(multi=True))
    if any(is_tracking(name) for name, _ in pairs):
        kept = [(name, value) for name, value in pairs if not is_tracking(name)]
        abort(redirect(request.path + ("?" + urlencode(kept) if kept else ""), 302))
    try:
        return read(pairs, kinds=[code for code in history_words.TABLES if _shown(code)])
    except SelectionError as error:
        abort(make_response(render_template("errors/400.html", error=None, problems=error.problems), 400))


def _address(query: HistoryQuery, *, path: str = "", **changes: Any) -> str:
    encoded = urlencode(query.pairs(**changes))
    return (path or url_for("history.index")) + ("?" + encoded if encoded else "")


def _field_title(query: HistoryQuery) -> str:
    return words.title(query.what or PROJECT, query.field)[g.lang] if query.field else ""


def _shown(kind: str) -> bool:
    return kind not in PERSONAL or _sees_personal()


def _sees_personal() -> bool:
    user = current_user()
    return user is not None and user.may("administrator")
