"""What one change would do to each of many projects, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..domain.base import STAFF
from ..domain.text import Text
from ..forms.bulk import Order
from ..forms.projects import missing_for_publication
from . import contradictions, facts, portfolio
from .rows import Row

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """What would happen to one project. `before`, `after`: the value of the field, the number of parts for sections.

    `refused`: why nothing can be done: `gone`, or the fields that are missing before it can be published.
    `doubts`: contradictions that the change would bring into the project; they do not stop it.
    """

    code: str
    row: Row | None
    before: Any = None
    after: Any = None
    values: Values | None = None
    refused: tuple[str, ...] = ()
    doubts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The effects at revision `seen`, in the order of the codes."""

    seen: int
    changed: tuple[Effect, ...]
    unchanged: tuple[Effect, ...]
    refused: tuple[Effect, ...]

    @property
    def changes(self) -> dict[str, Values]:
        """The values to be written, by code."""
        return {effect.code: effect.values or {} for effect in self.changed}


def preview(codes: Iterable[str], order: Order) -> Preview:
    """Return what `order` does to the working copies of `codes`."""
    folio = portfolio.current(audience=STAFF)
    asked = list(dict.fromkeys(codes))
    rows = [folio.by_code[code] for code in asked if code in folio.by_code]
    gone = [Effect(code, None, refused=("gone",)) for code in asked if code not in folio.by_code]
    found = [
        _effect(row, document, order)
        for row, document in zip(rows, portfolio.documents(rows, audience=STAFF), strict=True)
    ]
    return Preview(
        seen=folio.revision,
        changed=tuple(e for e in found if e.values is not None and not e.refused),
        unchanged=tuple(e for e in found if e.values is None and not e.refused),
        refused=(*gone, *(e for e in found if e.refused)),
    )


def _effect(row: Row, document: Values, order: Order) -> Effect:
    name, asked = order.field, order.values
    if name == "publish":
        done = document["review_state"] == "published"
        missing = () if done else tuple(missing_for_publication(document))
        return Effect(row.code, row, document["review_state"], "published", None if done else {}, missing)
    if name == "status":
        before, after = (document["status"], document["status_as_of"]), _status(document, asked)
        told = (after.get("status", before[0]), after.get("status_as_of", before[1]))
        return Effect(row.code, row, before, told, after or None, doubts=_doubts(document, after))
    if name in ("source", "action"):
        section = "sources" if name == "source" else "actions"
        present = document[section]
        added = _source(present, asked) if name == "source" else _action(present, asked)
        count = len(present)
        values = {section: [*present, added]} if added else None
        return Effect(row.code, row, count, count + bool(added), values)
    if name == "call":
        present = document["call"] is not None
        return Effect(row.code, row, present, False, {"call": None} if present else None)
    before, after = document[name], asked[name]
    return Effect(row.code, row, before, after, {name: after} if before != after else None)


def _doubts(document: Values, values: Values) -> tuple[Text, ...]:
    known = {finding.code for finding in contradictions.of(document)}
    return tuple(f.text for f in contradictions.of(document | values) if f.code not in known)


def _status(document: Values, asked: Values) -> Values:
    """Return the values of a dated and sourced change of status; empty when it says nothing new."""
    values: Values = {}
    if asked["status"] != document["status"]:
        values["status"] = asked["status"]
        # the date of the old status says nothing of the new one
        values["status_as_of"] = asked["status_as_of"]
    elif asked["status_as_of"] and asked["status_as_of"] != document["status_as_of"]:
        values["status_as_of"] = asked["status_as_of"]
    if not values:
        return values
    ordinal = None
    if asked["status_source"]:
        told = {"source_citation": asked["status_source"], "source_dated": asked["status_as_of"]}
        source = _source(document["sources"], told)
        if source:
            values["sources"] = [*document["sources"], source]
            ordinal = source["ordinal"]
        else:
            ordinal = next(s["ordinal"] for s in document["sources"] if s["citation"] == asked["status_source"])
    if "status" in values:
        values["fact_changes"] = facts.note_changes(
            document, values, dated=asked["status_as_of"], source_ordinal=ordinal
        )
    return values


def _source(present: list[Values], asked: Values) -> Values | None:
    """Return the source to add, None when the project has it."""
    if any(source["citation"] == asked["source_citation"] for source in present):
        return None
    return {
        "ordinal": max((source["ordinal"] for source in present), default=0) + 1,
        "citation": asked["source_citation"],
        "url": asked.get("source_url"),
        "dated": asked.get("source_dated"),
        "licence": asked.get("source_licence"),
        "confidence": asked.get("source_confidence"),
        "checked_original": False,
    }


def _action(present: list[Values], asked: Values) -> Values | None:
    """Return the next action to add, None when the same one is open already."""
    if any(action["text"] == asked["action_text"] and not action["done_on"] for action in present):
        return None
    return {"text": asked["action_text"], "assignee": asked["action_assignee"], "due": asked["action_due"]}
