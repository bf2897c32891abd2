"""Two versions of one project: where they differ, field by field and row by row, and what is chosen of each.

Rows are matched by their `id`; a row without one is new. All values are in document shape (`services.documents`);
`base` is the document from which the later writer started, {} when it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .projects import NUMBERED, SECTIONS

Document = Mapping[str, Any]
MINE, THEIRS = "mine", "theirs"
LEFT_OUT = frozenset(
    {"id", "ordinal", "decided_by", "decided_at", "geom", "organisation_id", "other_id", "target", "entered_text",
     "entered_crs"}
)
# where a row refers to another one by its number: section, field → numbered section
_REFERENCES = (
    ("units", "site_ordinal", "sites"),
    ("links", "unit_ordinal", "units"),
    ("sites", "source_ordinal", "sources"),
    ("milestones", "document_ordinal", "documents"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that the versions have differently: a field, a field of a row, or a whole row.

    `path`: `land_ha`, `units.12.capacity_mw`, `units.12` (one version has no such row), `units.new0` (a row that the
    later writer added). `choice` is what three-way comparison suggests.
    """

    path: str
    name: str
    row: Document | None
    field: str | None
    mine: Any
    theirs: Any
    choice: str


def differences(mine: Document, theirs: Document, base: Document) -> list[Difference]:
    """Return all differences in the order of the form."""
    found: list[Difference] = []
    for name in mine:
        if name not in theirs:
            continue
        if name in SECTIONS:
            found += _of_rows(name, mine[name], theirs[name], base.get(name, []))
        elif not same(mine[name], theirs[name]):
            choice = THEIRS if name in base and same(mine[name], base[name]) else MINE
            found.append(Difference(name, name, None, None, mine[name], theirs[name], choice))
    return found


def _of_rows(
    name: str, mine: list[dict[str, Any]], theirs: list[dict[str, Any]], base: list[dict[str, Any]]
) -> Iterator[Difference]:
    ours, others, olds = _by_id(mine), _by_id(theirs), _by_id(base)
    for number, row in ours.items():
        other, old = others.get(number), olds.get(number)
        if other is None:
            choice = THEIRS if old is not None and same(row, old) else MINE
            yield Difference(f"{name}.{number}", name, row, None, row, None, choice)
            continue
        for key in row:
            if key in other and key not in LEFT_OUT and not same(row[key], other[key]):
                choice = THEIRS if old is not None and same(row[key], old.get(key)) else MINE
                yield Difference(f"{name}.{number}.{key}", name, other, key, row[key], other[key], choice)
    added = [row for number, row in others.items() if number not in ours]
    for row in added:
        old = olds.get(row["id"])
        choice = MINE if old is not None and same(row, old) else THEIRS
        yield Difference(f"{name}.{row['id']}", name, row, None, None, row, choice)
    if any(row["id"] not in olds for row in added):  # both added: perhaps the same thing
        for at, row in enumerate(_new(mine)):
            yield Difference(f"{name}.new{at}", name, row, None, row, None, MINE)


def resolved(mine: Document, theirs: Document, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the values to store. `choices`: path of a difference → `mine` or `theirs`; without one, mine."""
    prepared = _numbered_apart(mine, theirs, choices)
    found: dict[str, Any] = {}
    for name, value in prepared.items():
        if name in SECTIONS and name in theirs:
            found[name] = _rows(name, value, theirs[name], choices)
        else:
            found[name] = theirs[name] if choices.get(name) == THEIRS and name in theirs else value
    return found


def _rows(
    name: str, mine: list[dict[str, Any]], theirs: list[dict[str, Any]], choices: Mapping[str, str]
) -> list[dict[str, Any]]:
    others = _by_id(theirs)
    kept, new = [], 0
    for row in mine:
        number = row.get("id")
        other = others.pop(number, None) if number is not None else None
        path = f"{name}.{number}" if number is not None else f"{name}.new{new}"
        new += number is None
        if other is not None:
            taken = {key: other[key] for key in row if choices.get(f"{path}.{key}") == THEIRS}
            kept.append(row | taken)
        elif choices.get(path) != THEIRS:
            kept.append(row)
    return kept + [row for number, row in others.items() if choices.get(f"{name}.{number}") == THEIRS]


def _numbered_apart(mine: Document, theirs: Document, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return mine with new rows numbered past those that the other version added, references along with them."""
    found = {name: [dict(row) for row in value] if name in SECTIONS else value for name, value in mine.items()}
    for section in NUMBERED:
        known = {row.get("id") for row in found.get(section, [])}
        used = {row["ordinal"] for row in theirs.get(section, []) if row["id"] not in known}
        used = {
            row["ordinal"]
            for row in theirs.get(section, [])
            if row["ordinal"] in used and choices.get(f"{section}.{row['id']}") == THEIRS
        }
        highest = max([row["ordinal"] for rows in (found, theirs) for row in rows.get(section, [])], default=0)
        for row in _new(found.get(section, [])):
            if row["ordinal"] in used:
                highest += 1
                _refer(found, section, row["ordinal"], highest)
                row["ordinal"] = highest
    return found


def _refer(values: dict[str, Any], section: str, old: int, new: int) -> None:
    for holder, field, target in _REFERENCES:
        if target == section:
            for row in values.get(holder, []):
                if row.get(field) == old:
                    row[field] = new


def _by_id(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows if row.get("id") is not None}


def _new(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row.get("id") is None]


def same(one: Any, other: Any) -> bool:
    """Return whether two values of a document mean the same; what a form does not hold does not count."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        shared = (set(one) & set(other)) - LEFT_OUT
        return all(same(one[key], other[key]) for key in shared)
    return bool(one == other) or (one in (None, "", False) and other in (None, "", False))
