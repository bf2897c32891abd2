"""Earlier versions of a project: bringing one back as a new revision, and the archive. History is never rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists as sql_exists
from sqlalchemy import select

from ..domain import (
    Allocation,
    Attachment,
    Entry,
    ExternalId,
    FormerProvince,
    Instrument,
    Organisation,
    Project,
    Province,
    User,
    Zone,
    db,
)
from ..domain.base import Model
from ..domain.dates import utc_now
from . import differences, documents, projects


class CannotRestore(Exception):
    """A version refers to what no longer exists; `missing` names each as (section, field, value)."""

    def __init__(self, missing: list[tuple[str, str, Any]]) -> None:
        super().__init__(", ".join(f"{section}.{field}: {value}" for section, field, value in missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Archived:
    """A project in the archive."""

    code: str
    name_vi: str | None
    name_en: str | None
    archived_at: Any
    reason: str | None


def restorable(project: Project, document: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an earlier document as `projects.put` takes them, references resolved to what stands today.

    Rows of the plan are found by their place in the plan when they were loaded anew, organisations and related projects
    by name and code. The state of review and archive is not part of it. Raises CannotRestore.
    """
    values = {
        name: value
        for name, value in document.items()
        if name in documents.fields(Project) or name in documents.SECTIONS or name == "call"
    }
    for name in differences.WORKFLOW | {"code"}:
        values.pop(name, None)
    for name in documents.SECTIONS:
        if name in values:
            values[name] = [dict(part) for part in values[name]]
    _keep_ids(project, values)
    missing = [*_places(values), *_plan(values), *_people(values), *_unique(project, values)]
    if missing:
        raise CannotRestore(missing)
    return values


def restore(project: Project, document: dict[str, Any]) -> Project:
    """Write an earlier document onto the working copy; parts that still exist keep their ids, others are made anew.

    Published versions stay as they are until somebody publishes. Raises CannotRestore. Flushes.
    """
    stored = projects.put(project, restorable(project, document))
    if stored.review_state != "returned":
        stored.review_state = "draft"
    db.session.flush()
    return stored


def archive(project: Project, *, reason: str, revision: int) -> None:
    """Take a project out of lists, maps and totals, off the public pages too; everything of it is kept. Flushes."""
    if projects.published(project) is not None:
        projects.withdraw(project, revision=revision)
    project.archived_at, project.archive_reason = utc_now(), reason
    project.lock_version += 1
    db.session.flush()


def take_out(project: Project) -> None:
    """Bring a project back from the archive as a draft. Flushes."""
    project.archived_at = project.archive_reason = None
    project.lock_version += 1
    db.session.flush()


def archived() -> tuple[Archived, ...]:
    """Return the projects in the archive, the latest first; merged projects are not among them."""
    found = db.session.execute(
        select(Project.code, Project.name_vi, Project.name_en, Project.archived_at, Project.archive_reason)
        .where(Project.archived_at.is_not(None), Project.merged_into_id.is_(None))
        .order_by(Project.archived_at.desc(), Project.code)
    )
    return tuple(Archived(*row) for row in found)


def _keep_ids(project: Project, values: dict[str, Any]) -> None:
    """Give parts that may stand only once the id under which they stand today: removed and entered again since."""
    for name, fields in (("relations", ("kind", "other_id")), ("external_ids", ("scheme", "value"))):
        present = {tuple(getattr(part, field) for field in fields): part.id for part in getattr(project, name)}
        for item in values.get(name, []):
            item["id"] = present.get(tuple(item.get(field) for field in fields), item.get("id"))


def _there(model: type[Model], key: Any) -> bool:
    return db.session.get(model, key) is not None


def _places(values: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    models: dict[str, type[Model]] = {
        "province_code": Province,
        "former_province_code": FormerProvince,
        "zone_code": Zone,
    }
    for section, items in (("project", [values]), ("sites", values.get("sites", []))):
        for item in items:
            for field, model in models.items():
                code = item.get(field)
                if code is not None and not _there(model, code):
                    yield section, field, code


def _plan(values: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for link in values.get("links", []):
        target = link.pop("target", None) or {}
        code = link.get("instrument_code")
        if code is not None and not _there(Instrument, code):
            yield "links", "instrument_code", code
        kinds: tuple[tuple[str, type[Entry] | type[Allocation]], ...] = (
            ("entry_id", Entry),
            ("allocation_id", Allocation),
        )
        for field, model in kinds:
            if link.get(field) is None:
                continue
            found = _row(model, link[field], target)
            if found is None:
                yield "links", "target", target
            link[field] = found


def _row(model: type[Entry] | type[Allocation], number: int, target: dict[str, Any]) -> int | None:
    """Return the id of the row that stands where the target stood in the plan; its own when that is still the row."""
    own: Any = db.session.get(model, number)
    place = ("instrument_code", "appendix", "table_no", "ordinal", *(("period_label",) if model is Allocation else ()))
    if own is not None and all(getattr(own, name) == target.get(name, getattr(own, name)) for name in place):
        return number
    if not all(name in target for name in place):
        return None
    query = select(model.id).where(*(getattr(model, name) == target[name] for name in place))
    return db.session.scalar(query)


def _people(values: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for party in values.get("parties", []):
        if party.get("organisation_id") is not None and not _there(Organisation, party["organisation_id"]):
            party["organisation_id"] = None  # made again by its name
    for action in values.get("actions", []):
        if action.get("assignee_id") is not None and not _there(User, action["assignee_id"]):
            action["assignee_id"] = None  # the name stays
    for relation in values.get("relations", []):
        if _there(Project, relation.get("other_id")):
            continue
        if not projects.exists(relation.get("code") or ""):
            yield "relations", "code", relation.get("code") or relation.get("other_id")
        relation["other_id"] = None
    for document in values.get("documents", []):
        if document.get("file_sha256") is not None and not _there(Attachment, document["file_sha256"]):
            yield "documents", "file_name", document.get("file_name") or document["file_sha256"]


def _unique(project: Project, values: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield the identifiers that another project carries meanwhile."""
    for item in values.get("external_ids", []):
        taken = select(
            sql_exists().where(
                ExternalId.scheme == item["scheme"],
                ExternalId.value == item["value"],
                ExternalId.project_id.is_distinct_from(project.id),
            )
        )
        if db.session.scalar(taken):
            yield "external_ids", "value", item["value"]
