"""What two documents of one project say differently, field by field. Values stay raw; outputs put them in words.

Parts (units, sites, links…) are matched by `id` where both documents carry one, else by what makes a part of that
kind the same one (its order, its row of the plan, its register), so published copies, which carry no ids, compare too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..domain import InvestmentCall, Project
from ..domain.base import PUBLIC, STAFF, Model
from ..domain.text import Text
from . import documents

PROJECT, CALL = "project", "call"
# Written by submitting, returning, publishing, archiving and merging, not by people who edit.
WORKFLOW = frozenset({"review_state", "review_comment", "archived_at", "archive_reason", "merged_into_id"})

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field: `section` is `project`, `call` or a list of the document, `part` the part it belongs to (None for
    the project's own), `kind` tells whether the part was changed, added or removed.
    """

    section: str
    part: Values | None
    kind: str
    field: str
    title: Text
    audience: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class _Field:
    title: Text
    audience: str
    read: Callable[[Values], Any]
    key: Callable[[Values], Any]


# What stands in the document in words beside the ids that mean it: (columns replaced, title, key that compares).
_IN_WORDS: dict[str, tuple[str, tuple[str, ...], Text]] = {
    "links": ("target", ("instrument_code", "entry_id", "allocation_id"), Text("Căn cứ quy hoạch", "Row of the plan")),
    "parties": ("organisation", ("organisation_id",), Text("Tổ chức", "Organisation")),
    "relations": ("code", ("other_id",), Text("Dự án liên quan", "Related project")),
}
_NATURAL: dict[str, tuple[str, ...]] = {
    "links": ("unit_ordinal", "instrument_code", "entry_id", "allocation_id"),
    "milestones": ("stage", "ordinal"),
    "citations": ("field", "unit_ordinal", "site_ordinal", "source_ordinal"),
    "external_ids": ("scheme", "value"),
    "relations": ("kind", "other_id"),
    "actions": ("text",),
    "fact_changes": ("field", "unit_ordinal", "dated"),
    "overrides": ("check", "path"),
}
_ALSO_LEFT_OUT = {"actions": {"assignee_id"}}


def between(old: Values | None, new: Values | None, *, audience: str = STAFF) -> tuple[Change, ...]:
    """Return the changes that lead from `old` to `new` in the order of the form; None stands for no document.

    `audience` public leaves out what only the office may read. What one document does not hold at all (a list or
    column that came later) and is empty in the other is no change.
    """
    old, new = old or {}, new or {}
    found = [*_fields_changed(PROJECT, None, "changed", _fields(PROJECT), old, new)]
    for name in documents.SECTIONS:
        for before, after in _pairs(name, old.get(name) or [], new.get(name) or []):
            found += _part_changed(name, before, after)
    before, after = old.get(CALL), new.get(CALL)
    if before or after:
        found += _part_changed(CALL, before, after)
    return tuple(change for change in found if audience == STAFF or change.audience == PUBLIC)


def without_workflow(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes that people made by editing, without the state of review and archive."""
    return tuple(change for change in changes if change.section != PROJECT or change.field not in WORKFLOW)


def title_of(section: str, field: str) -> Text:
    """Return the title of a field of a section; the name itself for one that no longer exists."""
    known = _fields(section).get(field)
    return known.title if known else Text(field, field)


def _part_changed(name: str, before: Values | None, after: Values | None) -> Iterator[Change]:
    kind = "added" if before is None else "removed" if after is None else "changed"
    yield from _fields_changed(name, after or before, kind, _fields(name), before or {}, after or {})


def _fields_changed(
    section: str, part: Values | None, kind: str, fields: Mapping[str, _Field], old: Values, new: Values
) -> Iterator[Change]:
    for name, field in fields.items():
        if kind != "changed" and name == "ordinal":
            continue
        if name == "geom" and _only_points(old.get("geom"), new.get("geom")):
            continue
        before, after = field.key(old), field.key(new)
        if before == after or (before in (None, "", False) and after in (None, "", False)):
            continue
        yield Change(section, part, kind, name, field.title, field.audience, field.read(old), field.read(new))


def _pairs(name: str, old: list[Any], new: list[Any]) -> Iterator[tuple[Values | None, Values | None]]:
    """Yield the parts that belong together: those of `new` in their order, then those that are gone."""
    left = list(old)
    partners: list[Values | None] = []
    for item in new:
        partner = next((one for one in left if _same_id(one, item)), None)
        if partner is not None:
            left.remove(partner)
        partners.append(partner)
    for place, item in enumerate(new):
        if partners[place] is None:
            found = next((one for one in left if _alike(name, one, item)), None)
            if found is not None:
                left.remove(found)
                partners[place] = found
    yield from zip(partners, new, strict=True)
    for item in left:
        yield item, None


def _same_id(one: Values, other: Values) -> bool:
    return one.get("id") is not None and one.get("id") == other.get("id")


def _alike(name: str, one: Values, other: Values) -> bool:
    """Return whether two parts without a common id are the same one; with two different ids they are not."""
    if one.get("id") is not None and other.get("id") is not None:
        return False
    return all(one.get(key) == other.get(key) for key in _NATURAL.get(name, ("ordinal",)))


@cache
def _fields(section: str) -> dict[str, _Field]:
    """Return the fields of a section in the order of its columns, ids replaced by what the document says in words."""
    model: type[Model] = {PROJECT: Project, CALL: InvestmentCall}.get(section) or documents.SECTIONS[section]
    words, replaced, title = _IN_WORDS.get(section, ("", (), Text("", "")))
    found: dict[str, _Field] = {}
    for name, audience in documents.fields(model).items():
        if name in _ALSO_LEFT_OUT.get(section, ()):
            continue
        if name not in replaced:
            reader = _reader(name)
            found[name] = _Field(model.__table__.columns[name].info["title"], audience, reader, reader)
        elif words not in found:
            found[words] = _Field(title, audience, _reader(words), _key(words, replaced))
    return found


def _reader(name: str) -> Callable[[Values], Any]:
    return lambda values: values.get(name)


def _key(words: str, names: tuple[str, ...]) -> Callable[[Values], Any]:
    def key(values: Values) -> Any:
        ids = tuple(values.get(name) for name in names)
        return ids if any(part is not None for part in ids) else values.get(words)

    return key


def _only_points(before: Any, after: Any) -> bool:
    """Return whether two shapes are told by their longitude and latitude already."""
    return all(shape is None or shape.get("type") == "Point" for shape in (before, after))
