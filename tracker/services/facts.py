"""Status and capacity with memory: what changed in the world, since when, and who says so.

The trail of edits tells when something was typed; a `FactChange` tells when it became true.
"""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]


def note_changes(
    before: Values,
    values: Values,
    *,
    dated: str | None = None,
    source_ordinal: int | None = None,
    note: str | None = None,
) -> list[Values]:
    """Return the section `fact_changes` for `values` written over the document `before`: what was noted, and the news.

    Noted are the status of the project, the status of a unit where it differs from the project's, and the capacity
    of a unit that was there before. `dated` (partial) and the source's number hold for all of them; they may be
    missing.
    """
    told = {"dated": dated, "source_ordinal": source_ordinal, "note": note}
    kept = [{"id": change["id"]} for change in before.get("fact_changes", ())]
    return kept + [change | told for change in changes(before, values)]


def changes(before: Values, values: Values) -> list[Values]:
    """Return the changes of status and capacity from one document to another: field, unit, before, after."""
    old_status, status = before["status"], values.get("status", before["status"])
    found = [_change("status", None, old_status, status)] if old_status != status else []
    known = {unit["id"]: unit for unit in before["units"]}
    for number, unit in enumerate(values.get("units", ()), start=1):
        old = known.get(unit.get("id"))
        if old is None:
            continue
        new = old | unit
        ordinal = new["ordinal"] or number
        pair = (old["status"] or old_status, new["status"] or status)
        if pair[0] != pair[1] and pair != (old_status, status):
            found.append(_change("status", ordinal, *pair))
        if old["capacity_mw"] != new["capacity_mw"]:
            found.append(_change("capacity_mw", ordinal, _figure(old["capacity_mw"]), _figure(new["capacity_mw"])))
    return found


def _change(field: str, unit_ordinal: int | None, before: str | None, after: str | None) -> Values:
    return {"field": field, "unit_ordinal": unit_ordinal, "before": before, "after": after}


def _figure(value: float | None) -> str | None:
    """Return a capacity in MW as text that reads back as the same number."""
    return None if value is None else repr(float(value)).removesuffix(".0")


def date_change(document: Values, change_id: int, **told: Any) -> list[Values]:
    """Return the section `fact_changes` with date, source and note of one change set. Raises LookupError."""
    present = [change["id"] for change in document.get("fact_changes", ())]
    if change_id not in present:
        raise LookupError(change_id)
    return [{"id": known} | (told if known == change_id else {}) for known in present]


def drop_change(document: Values, change_id: int) -> list[Values]:
    """Return the section `fact_changes` without a change that only corrected a mistake; the trail keeps it."""
    return [{"id": change["id"]} for change in document.get("fact_changes", ()) if change["id"] != change_id]
