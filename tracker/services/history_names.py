"""The names of what changes refer to by number: organisations, rows of the plan, projects, accounts.

What is gone is named as it was when it was removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import select

from ..domain import Allocation, AuditEvent, Entry, Organisation, PlanLink, Project, User, db
from . import documents

ORGANISATION, ENTRY, ALLOCATION, PROJECT, ACCOUNT = (
    "organisation",
    "plan_entry",
    "plan_allocation",
    "project",
    "user_account",
)
REFERS = {
    "organisation_id": ORGANISATION,
    "parent_id": ORGANISATION,
    "entry_id": ENTRY,
    "allocation_id": ALLOCATION,
    "project_id": PROJECT,
    "other_id": PROJECT,
    "merged_into_id": PROJECT,
    "assignee_id": ACCOUNT,
    "user_id": ACCOUNT,
}
# (kind, number) → what is known of it: names, or the description of a row of the plan
Names = Mapping[tuple[str, int], Mapping[str, Any]]


class _Changed(Protocol):
    @property
    def project_id(self) -> int | None: ...
    @property
    def entity(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def values(self) -> dict[str, Any]: ...
    @property
    def changes(self) -> dict[str, tuple[Any, Any]]: ...


def names_for(events: Iterable[_Changed]) -> Names:
    """Return the names of everything that the events refer to, gone or not."""
    wanted: dict[str, set[int]] = {}
    for event in events:
        if event.project_id is not None:
            wanted.setdefault(PROJECT, set()).add(event.project_id)
        if event.entity in REFERS.values() and event.key.isdecimal():
            wanted.setdefault(event.entity, set()).add(int(event.key))
        for field, kind in REFERS.items():
            values = (*event.changes.get(field, ()), event.values.get(field))
            wanted.setdefault(kind, set()).update(value for value in values if isinstance(value, int))
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for kind, numbers in wanted.items():
        known = _present(kind, numbers) if numbers else {}
        known |= _gone(kind, numbers - known.keys())
        found |= {(kind, number): values for number, values in known.items()}
    return found


def _present(kind: str, numbers: set[int]) -> dict[int, Mapping[str, Any]]:
    if kind == ENTRY:
        entries = db.session.scalars(select(Entry).where(Entry.id.in_(numbers)))
        return {row.id: documents.target(PlanLink(entry=row)) for row in entries}
    if kind == ALLOCATION:
        rows = db.session.scalars(select(Allocation).where(Allocation.id.in_(numbers)))
        return {row.id: documents.target(PlanLink(allocation=row)) for row in rows}
    if kind == ACCOUNT:
        accounts = db.session.execute(select(User.id, User.name).where(User.id.in_(numbers)))
        return {number: {"name_vi": name} for number, name in accounts}
    if kind == ORGANISATION:
        found = db.session.execute(
            select(Organisation.id, Organisation.name_vi, Organisation.name_en).where(Organisation.id.in_(numbers))
        )
        return {number: {"name_vi": vi, "name_en": en} for number, vi, en in found}
    projects = db.session.execute(
        select(Project.id, Project.code, Project.name_vi, Project.name_en).where(Project.id.in_(numbers))
    )
    return {number: {"code": code, "name_vi": vi, "name_en": en} for number, code, vi, en in projects}


def _gone(kind: str, numbers: set[int]) -> dict[int, Mapping[str, Any]]:
    """Return what the removal of records noted of them."""
    if not numbers:
        return {}
    found = db.session.execute(
        select(AuditEvent.entity_key, AuditEvent.changes).where(
            AuditEvent.entity == kind,
            AuditEvent.operation == "delete",
            AuditEvent.entity_key.in_([str(number) for number in numbers]),
        )
    )
    return {int(key): {name: pair[0] for name, pair in changes.items()} | {"gone": True} for key, changes in found}
