"""Merging two projects that turned out to be one, and taking that back.

The survivor keeps its code. The other keeps its record and its history, leaves lists, maps and totals, and its code
leads to the survivor from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from ..domain import (
    CodeRedirect,
    ExternalId,
    Project,
    ProjectRelation,
    ProjectVersion,
    Revision,
    db,
)
from . import documents, projects

KEEP, OTHER, BOTH = "keep", "other", "both"
# where a row refers to another one by its number: section, field → numbered section
_REFERENCES = (
    ("units", "site_ordinal", "sites"),
    ("links", "unit_ordinal", "units"),
    ("sites", "source_ordinal", "sources"),
    ("citations", "unit_ordinal", "units"),
    ("citations", "site_ordinal", "sites"),
    ("citations", "source_ordinal", "sources"),
    ("milestones", "document_ordinal", "documents"),
    ("external_ids", "unit_ordinal", "units"),
    ("fact_changes", "unit_ordinal", "units"),
    ("fact_changes", "source_ordinal", "sources"),
)
_NUMBERED = ("units", "sites", "sources", "documents", "milestones", "parties")
# taken along with the section that they speak of, or always
_FOLLOW = {"citations": "sources", "fact_changes": "units"}
_NEVER = ("overrides", "external_ids", "relations")


class CannotMerge(ValueError):
    """The two cannot be merged: the same project, or one of them is merged already."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A project that was merged into another one."""

    code: str
    name: str
    revision: int
    at: datetime | None


def combined(keep: dict[str, Any], other: dict[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of the survivor: for each field `keep` or `other`, for each section `both` as well.

    Without a choice a value is kept, and taken from the other project where there is none. Rows taken over are
    numbered on, with the references between them; a tie to the plan that both have is taken once.
    """
    found: dict[str, Any] = {}
    shift = {name: max((row["ordinal"] for row in keep[name]), default=0) for name in _NUMBERED}
    for name in (*documents.fields(Project), "call"):
        if name in ("code", "sample", "review_state", "review_comment", "archived_at", "archive_reason",
                    "merged_into_id"):
            continue
        fallback = OTHER if keep.get(name) in (None, "") else KEEP
        found[name] = (other if choices.get(name, fallback) == OTHER else keep).get(name)
    chosen = {name: choices.get(name, BOTH if not keep[name] else KEEP) for name in documents.SECTIONS
              if name not in _FOLLOW and name not in _NEVER}
    chosen |= {name: chosen[leader] for name, leader in _FOLLOW.items()}
    gone = {name for name, choice in chosen.items() if choice == OTHER}
    for name, choice in chosen.items():
        staying = [] if choice == OTHER else [_without_lost(row, name, gone) for row in keep[name]]
        coming = [] if choice == KEEP else [_moved(row, name, chosen, shift) for row in other[name]]
        mine, theirs = ([row for row in rows if row is not None] for rows in (staying, coming))
        if name == "links":
            known = {_target(row) for row in mine}
            theirs = [row for row in theirs if _target(row) not in known]
        if name == "parties":
            present = {(row["organisation"]["name_vi"], row["role"]) for row in mine}
            theirs = [row for row in theirs if (row["organisation"]["name_vi"], row["role"]) not in present]
        found[name] = mine + theirs
    return found


def _moved(
    row: dict[str, Any], section: str, chosen: Mapping[str, str], shift: Mapping[str, int]
) -> dict[str, Any] | None:
    """Return a row of the other project as a new one of the survivor; None when what it speaks of stays behind."""
    found = {key: value for key, value in row.items() if key not in ("id", "organisation_id")}
    if section in _NUMBERED:
        found["ordinal"] = row["ordinal"] + shift[section]
    for holder, field, target in _REFERENCES:
        if holder != section or row.get(field) is None:
            continue
        if chosen.get(target, KEEP) != KEEP:
            found[field] = row[field] + shift[target]
        elif section == "citations" or (section == "fact_changes" and field == "unit_ordinal"):
            return None
        else:
            found[field] = None
    return found


def _without_lost(row: dict[str, Any], section: str, gone: set[str]) -> dict[str, Any] | None:
    """Return a row that stays, without references to rows that do not; None when it spoke of one of them."""
    lost = [f for holder, f, target in _REFERENCES if holder == section and target in gone and row.get(f) is not None]
    if lost and section in ("citations", "fact_changes"):
        return None
    return row | dict.fromkeys(lost)


def counted_twice(values: dict[str, Any]) -> bool:
    """Return whether two units are of one technology and within 10 % of one size: perhaps the same unit twice."""
    sizes = [(unit["technology"], unit["capacity_mw"]) for unit in values["units"] if unit["capacity_mw"]]
    return any(
        one[0] == two[0] and abs(one[1] - two[1]) <= 0.1 * max(one[1], two[1])
        for number, one in enumerate(sizes)
        for two in sizes[number + 1 :]
    )


def _target(link: dict[str, Any]) -> tuple[Any, ...]:
    return link["entry_id"], link["allocation_id"], None if link["entry_id"] or link["allocation_id"] else (
        link["instrument_code"])


def merge(
    keep_code: str, other_code: str, *, choices: Mapping[str, str], expected: Mapping[str, int], revision: int
) -> Project:
    """Merge `other_code` into `keep_code` with the values chosen. Call inside a write block. Flushes.

    `expected`: code → lock version that was seen. Raises CannotMerge, projects.EditConflict.
    """
    keep, other = projects.find(keep_code), projects.find(other_code)
    _check(keep, other)
    for project in (keep, other):
        if expected.get(project.code) != project.lock_version:
            raise projects.EditConflict(project)
    projects.put(keep, combined(documents.full(keep), documents.full(other), choices))
    keep.review_state = "draft"
    _move_identifiers(keep, other)
    _move_relations(keep, other)
    projects.withdraw(other, revision=revision)
    other.merged_into_id = keep.id
    for redirect in db.session.scalars(select(CodeRedirect).where(CodeRedirect.project_id == other.id)):
        redirect.project_id = keep.id
    db.session.add(CodeRedirect(old_code=other.code, project_id=keep.id))
    db.session.flush()
    return keep


def take_apart(code: str) -> Project:
    """Bring a merged project back as a draft under its own code; the survivor keeps what it took. Flushes."""
    project = projects.find(code)
    if project.merged_into_id is None:
        raise CannotMerge(code)
    project.merged_into_id = None
    project.lock_version += 1
    redirect = db.session.get(CodeRedirect, project.code)
    if redirect is not None:
        db.session.delete(redirect)
    db.session.flush()
    return project


def merged_into(project_id: int) -> list[Merged]:
    """Return the projects that were merged into one, with the revision before each merge."""
    found = db.session.scalars(select(Project).where(Project.merged_into_id == project_id).order_by(Project.code))
    return [_merged(project) for project in found]


def _merged(project: Project) -> Merged:
    """Return what is told of a merged project; its last recorded version is that of the merge."""
    revision = db.session.scalar(
        select(func.max(ProjectVersion.revision)).where(ProjectVersion.project_id == project.id)
    )
    at = db.session.scalar(select(Revision.at).where(Revision.number == revision))
    return Merged(project.code, project.name_vi or project.name_en or project.code, revision or 0, at)


def _check(keep: Project, other: Project) -> None:
    if keep.id == other.id or keep.merged_into_id is not None or other.merged_into_id is not None:
        raise CannotMerge(other.code)
    if keep.archived_at is not None or other.archived_at is not None:
        raise CannotMerge(other.code)


def _move_identifiers(keep: Project, other: Project) -> None:
    """Give the survivor the other's identifiers in other registers; each exists once."""
    moved = [(item.scheme, item.value) for item in other.external_ids]
    other.external_ids[:] = []
    db.session.flush()
    for scheme, value in moved:
        keep.external_ids.append(ExternalId(scheme=scheme, value=value))


def _move_relations(keep: Project, other: Project) -> None:
    """Let every relation to or of the other project be one of the survivor, each kind once, none to itself."""
    known = {(relation.kind, relation.other_id) for relation in keep.relations}
    keep.relations[:] = [relation for relation in keep.relations if relation.other_id != other.id]
    for relation in other.relations:
        if relation.other_id != keep.id and (relation.kind, relation.other_id) not in known:
            keep.relations.append(ProjectRelation(kind=relation.kind, other_id=relation.other_id))
    holders = select(ProjectRelation.project_id).where(
        ProjectRelation.other_id == other.id, ProjectRelation.project_id.not_in((keep.id, other.id))
    )
    for holder in db.session.scalars(select(Project).where(Project.id.in_(holders))):
        there = {relation.kind for relation in holder.relations if relation.other_id == keep.id}
        kept = []
        for relation in holder.relations:
            if relation.other_id != other.id:
                kept.append(relation)
            elif relation.kind not in there:
                kept.append(ProjectRelation(kind=relation.kind, other_id=keep.id))
        holder.relations[:] = kept
        holder.lock_version += 1
    db.session.flush()
