"""Values of a project in words, for pages that set two versions or two projects side by side."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _

from ...domain import InvestmentCall, Project, statuses, technologies
from ...domain.base import Model
from ...domain.vocabulary import Vocabulary
from ...forms.conflicts import LEFT_OUT
from ...outputs import formats
from ...services import documents, places, portfolio

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


def label(name: str) -> str:
    """Return the title of a field or section of a project."""
    sections = {
        "units": _("Units"),
        "sites": _("Sites"),
        "links": _("Ties to the plan"),
        "parties": _("Investors"),
        "milestones": _("Milestones"),
        "documents": _("Documents"),
        "sources": _("Sources"),
        "relations": _("Related projects"),
        "external_ids": _("Identifiers elsewhere"),
        "actions": _("Next actions"),
        "fact_changes": _("Dated changes"),
        "call": _("Call for investment"),
    }
    return str(sections.get(name) or Project.__table__.columns[name].info["title"][g.lang])


def field_label(section: str, field: str) -> str:
    """Return the title of a field of a row."""
    if field == "organisation":
        return str(_("Organisation"))
    if field == "code":
        return str(_("Related project"))
    column = documents.SECTIONS[section].__table__.columns.get(field)
    return str(column.info["title"][g.lang]) if column is not None and "title" in column.info else field


def lines(name: str, value: Any) -> list[str]:
    """Return a field or section in words, one line for each row."""
    if isinstance(value, list):
        return [row(name, item) for item in value] or [formats.unknown(g.lang)]
    if isinstance(value, dict):
        return [_parts(InvestmentCall, value)]
    return [word(name, value) or formats.unknown(g.lang)]


def row(section: str, item: dict[str, Any]) -> str:
    """Return a row in words."""
    return _parts(documents.SECTIONS[section], item)


def heading(section: str, item: Any) -> str:
    """Return what a row is called: the section, and its number, name or organisation."""
    known = item.get("name_vi") or item.get("name_en") or item.get("name") or item.get("citation")
    organisation = item.get("organisation")
    if organisation:
        known = organisation["name_vi"]
    known = known or word("technology", item.get("technology")) or word("stage", item.get("stage"))
    number = item.get("ordinal")
    parts = [label(section), str(number) if number and section in ("units", "sites", "sources") else "", known or ""]
    return " · ".join(str(part)[:80] for part in parts if part)


def _parts(model: type[Model], item: dict[str, Any]) -> str:
    titles = {column.key: column.info["title"] for column in model.__table__.columns if "title" in column.info}
    ordered = {key: item[key] for key in (*titles, *item) if key in item}
    target = item.get("target") or {}
    named = target.get("name_vi") or target.get("name_en") or target.get("area_vi")
    if named:
        ordered = {key: value for key, value in ordered.items() if key not in ("entry_id", "allocation_id")}
    parts = [named] if named else []
    parts += [
        f"{titles[key][g.lang]}: {word(key, value)}" if key in titles else word(key, value)
        for key, value in ordered.items()
        if key not in LEFT_OUT and value not in (None, "", False)
    ]
    return "; ".join(part for part in parts if part)


def word(name: str, value: Any) -> str:
    """Return one value in words; empty when there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return str(value.get("name_vi") or value.get("name_en") or "")
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, int | float):
        plain = name.endswith(("_id", "year", "ordinal"))
        return str(value) if plain else formats.number(value, g.lang, max_digits=6)
    if name == "province_code":
        province = portfolio.provinces().get(value)
        return province.label[g.lang] if province else str(value)
    if name == "former_province_code":
        return next((former.label[g.lang] for former in places.formers() if former.code == value), str(value))
    term = _PLAIN[name].get(value) if name in _PLAIN else None
    return term.label[g.lang] if term else str(value)
