"""Two people changed one project: both versions field by field, and the choice between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ...domain import InvestmentCall, Project, statuses, technologies
from ...domain.base import Model
from ...domain.vocabulary import Vocabulary
from ...forms.projects import ProjectForm
from ...outputs import formats
from ...services import documents, portfolio, projects

_PLAIN: dict[str, Vocabulary[Any]] = {
    "status": statuses.STATUSES,
    "land_status": statuses.LAND_STATUSES,
    "confidence": statuses.CONFIDENCES,
    "technology": technologies.TECHNOLOGIES,
    "relation": statuses.RELATIONS,
    "accuracy": statuses.ACCURACIES,
    "stage": statuses.STAGES,
    "role": statuses.ROLES_OF_PARTIES,
    "kind": statuses.PROJECT_RELATIONS,
    "public_precision": statuses.PRECISIONS,
    "selection_form": statuses.SELECTION_FORMS,
}
_LEFT_OUT = {"id", "ordinal", "decided_by", "decided_at", "geom", "organisation_id", "other_id", "target"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field or section that the two versions have differently."""

    name: str
    label: str
    mine: list[str]
    theirs: list[str]
    choice: str  # what is chosen to begin with: mine | theirs


def page(code: str, *, mine: dict[str, Any], theirs: dict[str, Any], form: ProjectForm) -> Response:
    """Answer 409 with both versions; whoever saved last chooses per field and saves again."""
    project = projects.find(code)
    base = projects.recorded(project, request.form.get("base", 0, type=int)) or {}
    found = [
        Difference(
            name,
            _label(name),
            _said(name, mine[name]),
            _said(name, theirs[name]),
            "theirs" if base and _same(mine[name], base.get(name)) else "mine",
        )
        for name in mine
        if name in theirs and not _same(mine[name], theirs[name])
    ]
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "lock_version", "base", "action") and not name.startswith("choose-")
    ]
    return make_response(
        render_template(
            "projects/conflict.html",
            project=project,
            differences=found,
            kept=kept,
            lock_version=project.lock_version,
            base=projects.last_revision(project),
            action=request.form.get("action", "save"),
        ),
        409,
    )


def resolved(values: dict[str, Any], posted: MultiDict[str, str], project: Project | None) -> dict[str, Any]:
    """Return the values with the other person's where those were chosen."""
    chosen = [
        name.removeprefix("choose-")
        for name, value in posted.items()
        if name.startswith("choose-") and value == "theirs"
    ]
    if project is None or not chosen:
        return values
    theirs = documents.full(project)
    return values | {name: theirs[name] for name in chosen if name in values and name in theirs}


def _label(name: str) -> str:
    sections = {
        "units": _("Units"),
        "sites": _("Sites"),
        "links": _("Ties to the plan"),
        "parties": _("Investors"),
        "milestones": _("Milestones"),
        "sources": _("Sources"),
        "relations": _("Related projects"),
        "call": _("Call for investment"),
    }
    return str(sections.get(name) or Project.__table__.columns[name].info["title"][g.lang])


def _said(name: str, value: Any) -> list[str]:
    """Return a value in words, one line per row of a section."""
    if isinstance(value, list):
        model = documents.SECTIONS[name]
        return [_row(model, item) for item in value] or [formats.unknown(g.lang)]
    if isinstance(value, dict):
        return [_row(InvestmentCall, value)]
    return [_word(name, value) or formats.unknown(g.lang)]


def _row(model: type[Model], item: dict[str, Any]) -> str:
    titles = {
        column.key: column.info["title"] for column in model.__table__.columns if "title" in column.info
    }
    ordered = {key: item[key] for key in (*titles, *item) if key in item}
    parts = [
        f"{titles[key][g.lang]}: {_word(key, value)}" if key in titles else _word(key, value)
        for key, value in ordered.items()
        if key not in _LEFT_OUT and value not in (None, "", False)
    ]
    return "; ".join(part for part in parts if part)


def _word(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return str(value.get("name_vi") or value.get("name_en") or "")
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, int | float):
        return formats.number(value, g.lang) if not name.endswith(("_id", "year", "ordinal")) else str(value)
    if name == "province_code":
        province = portfolio.provinces().get(value)
        return province.label[g.lang] if province else str(value)
    term = _PLAIN[name].get(value) if name in _PLAIN else None
    return term.label[g.lang] if term else str(value)


def _same(one: Any, other: Any) -> bool:
    """Return whether two values of a document mean the same; what a form does not hold does not count."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        shared = (set(one) & set(other)) - _LEFT_OUT
        return all(_same(one[key], other[key]) for key in shared)
    return bool(one == other) or (one in (None, "", False) and other in (None, "", False))
