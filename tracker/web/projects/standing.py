"""Where a project stands, for its page: the next step, dated changes, and for the office what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ...domain.dates import today
from ...domain.statuses import STATUSES
from ...forms.projects import SECTIONS
from ...outputs import formats
from ...services import contradictions, news, procedure

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of status or capacity in words; `date` is None when nobody has told it."""

    id: int | None
    label: str
    before: str
    after: str
    date: str | None
    source: int | None
    note: str | None


def of(document: Document, *, staff: bool, lang: str) -> dict[str, Any]:
    """Return what the page of a project says of its standing. The office's part is empty for others."""
    told: dict[str, Any] = {
        "next_step": procedure.next_step(document),
        "changes": changes(document, lang, undated=staff),
        "late_steps": procedure.overdue(document),
        "findings": [],
        "inferred": None,
    }
    if staff:
        told["findings"] = contradictions.of(document)
        found = news.inferred(document["status"], news.last_news(document), limits=news.Limits.of_office())
        told["inferred"] = found
    return told | {"today": today().isoformat(), "mend_url": mend_url}


def changes(document: Document, lang: str, *, undated: bool) -> list[Change]:
    """Return the changes of status and capacity, the latest first; undated ones, when asked for, before all."""
    found = [change for change in document.get("fact_changes", ()) if undated or change["dated"]]
    found = found[::-1]
    found.sort(key=lambda change: change["dated"] or "9999", reverse=True)
    return [
        Change(
            change.get("id"),
            _label(change, len(document["units"])),
            _word(change["field"], change["before"], lang),
            _word(change["field"], change["after"], lang),
            formats.date(change["dated"], lang) if change["dated"] else None,
            change["source_ordinal"],
            change["note"],
        )
        for change in found
    ]


def _label(change: Document, units: int) -> str:
    name = _("Capacity") if change["field"] == "capacity_mw" else _("Status")
    if change["unit_ordinal"] is None or units < 2:
        return str(name)
    return f"{name} ({_('unit %(number)s', number=change['unit_ordinal'])})"


def _word(field: str, value: str | None, lang: str) -> str:
    if value is None:
        return formats.unknown(lang)
    if field == "capacity_mw":
        return formats.quantity(float(value), "mw", lang)
    return str(STATUSES[value].label[lang]) if value in STATUSES else value


def mend_url(code: str, path: str) -> str:
    """Return the address of the form at the field that a path names (`cod_actual`, `units-0-status`, `sources`)."""
    return url_for("projects.edit", code=code) + "#" + (f"part-{path}" if path in SECTIONS else path)
