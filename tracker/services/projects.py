"""Projects: giving codes, writing the working copy, publishing and withdrawing it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from ..domain import (
    CodeRedirect,
    InvestmentCall,
    Organisation,
    Project,
    ProjectVersion,
    Province,
    Publication,
    Site,
    db,
)
from ..domain.base import Model
from ..domain.dates import utc_now
from ..domain.statuses import STATUSES
from ..domain.technologies import FAMILIES, TECHNOLOGIES
from ..domain.text import fold
from ..geo import shapes
from . import documents, precision


class ProjectNotFound(LookupError):
    """No project answers to the code."""


class EditConflict(Exception):
    """Somebody else saved the project meanwhile. `theirs` is the document as it stood then, with its lock version and
    the revision that recorded it: who chooses between the two has seen that one and no later one.
    """

    def __init__(self, project: Project) -> None:
        super().__init__("edit conflict")
        self.theirs = documents.full(project)
        self.version, self.revision = project.lock_version, last_revision(project)


class NotReady(Exception):
    """The project cannot be published yet; `missing` names the fields."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def find(code: str) -> Project:
    """Return the working copy under `code`; raises ProjectNotFound."""
    project = db.session.scalar(select(Project).where(Project.code == code.upper()))
    if project is None:
        raise ProjectNotFound(code)
    return project


def exists(code: str) -> bool:
    """Return whether a project answers to the code."""
    return db.session.scalar(select(Project.id).where(Project.code == code.upper())) is not None


def last_revision(project: Project) -> int:
    """Return the revision that recorded the working copy as it stands; 0 when none did."""
    return db.session.scalar(
        select(func.max(ProjectVersion.revision)).where(ProjectVersion.project_id == project.id)) or 0


def recorded(project: Project, revision: int) -> dict[str, Any] | None:
    """Return the document that a revision recorded of the project, None when it recorded none."""
    found: dict[str, Any] | None = db.session.scalar(select(ProjectVersion.document).where(
        ProjectVersion.project_id == project.id, ProjectVersion.revision == revision))
    return found


def redirect_of(code: str) -> str | None:
    """Return the code that answers for a merged project's old code."""
    return db.session.scalar(
        select(Project.code).join(CodeRedirect, CodeRedirect.project_id == Project.id)
        .where(CodeRedirect.old_code == code.upper()))


def next_code(*, province_code: str | None, technology: str) -> str:
    """Return a code never used before, e.g. `HUE-SOL-001`; `VN-…` without a province. Call inside a write block."""
    place = db.session.scalar(select(Province.abbreviation).where(Province.code == province_code)) or "VN"
    prefix = f"{place}-{FAMILIES[TECHNOLOGIES[technology].family].abbreviation}-"
    used = [db.session.scalars(select(column).where(column.startswith(prefix)))
            for column in (Project.code, CodeRedirect.old_code)]
    ends = [code.removeprefix(prefix) for codes in used for code in codes]
    numbers = [int(end) for end in ends if end.isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"


def put(project: Project | None, values: dict[str, Any], *, expected_version: int | None = None) -> Project:
    """Write `values` (document shape, see `documents`) onto a project, or onto a new one when None. Flushes.

    A scalar that is absent stays; a section that is present replaces the old one, parts matched by `id`.
    Raises EditConflict when `expected_version` is not the stored one.
    """
    if project is None:
        code = values.get("code") or next_code(
            province_code=values.get("province_code"), technology=values["units"][0]["technology"])
        project = Project(code=code, created_at=utc_now(), lock_version=1)
        db.session.add(project)
    else:
        if expected_version is not None and expected_version != project.lock_version:
            raise EditConflict(project)
        project.lock_version = project.lock_version + 1
    with db.session.no_autoflush:
        _assign(project, values, skip={"code"})
        for name, model in documents.SECTIONS.items():
            if name in values:
                _replace(getattr(project, name), values[name], model)
        if "call" in values:
            if values["call"] is None:
                project.call = None
            else:
                project.call = project.call or InvestmentCall()
                _assign(project.call, values["call"])
    db.session.flush()
    _forget_targets(project)
    return project


def _forget_targets(project: Project) -> None:
    """Let what links, parties and relations point to be read again: setting an id alone does not move them."""
    for parts, names in ((project.links, ("instrument", "entry", "allocation")), (project.parties, ("organisation",)),
                         (project.relations, ("other",))):
        for part in parts:
            db.session.expire(part, names)


def _replace(records: list[Any], items: list[dict[str, Any]], model: type[Model]) -> None:
    known = {record.id: record for record in records if record.id is not None}
    kept = []
    for number, item in enumerate(items, start=1):
        record = known.get(item.get("id")) or model()
        prepared = _prepare(item, model, number)
        if isinstance(record, Site) and "geom" not in item and (record.lon, record.lat) == (
                item.get("lon"), item.get("lat")):
            prepared.pop("geom")  # a form that shows only the point leaves a drawn shape as it is
        _assign(record, prepared)
        kept.append(record)
    records[:] = kept


def _prepare(item: dict[str, Any], model: type[Model], number: int) -> dict[str, Any]:
    """Return the item with what the form of a document leaves out: order, organisation, geometry and its point."""
    values = dict(item)
    columns = documents.fields(model)
    if "ordinal" in columns and not values.get("ordinal"):
        values["ordinal"] = number
    if "organisation_id" in columns and not values.get("organisation_id"):
        values["organisation_id"] = organisation(values["organisation"]).id
    if "other_id" in columns and not values.get("other_id"):
        values["other_id"] = find(values["code"]).id
    if "geom" in columns:
        values |= _place(values)
    return values


def _place(site: dict[str, Any]) -> dict[str, Any]:
    geometry = site.get("geom")
    if isinstance(geometry, dict):
        geometry = shapes.from_geojson(geometry)
    if geometry is None and site.get("lon") is not None and site.get("lat") is not None:
        geometry = shapes.point(site["lon"], site["lat"])
    if geometry is None:
        return {"geom": None, "lon": None, "lat": None}
    lon, lat = shapes.standing_point(geometry)
    return {"geom": geometry, "lon": lon, "lat": lat}


def _assign(record: Any, values: dict[str, Any], skip: frozenset[str] | set[str] = frozenset()) -> None:
    """Set the document fields present in `values`, comparing first so that the trail names real changes only."""
    for name in documents.fields(type(record)):
        if name not in values or name in skip:
            continue
        value = values[name]
        column = record.__table__.columns[name]
        if isinstance(value, str) and column.type.python_type in (date, datetime):
            value = column.type.python_type.fromisoformat(value)
        old = getattr(record, name)
        same = old is value if old is None or value is None else (
            old.equals_exact(value, 0) if name == "geom" else old == value)
        if not same:
            setattr(record, name, value)


def organisation(values: dict[str, Any]) -> Organisation:
    """Return the organisation of that name (marks and case ignored), made when there is none."""
    folded = fold(values["name_vi"])
    found = db.session.scalar(select(Organisation).where(Organisation.name_folded == folded))
    if found is None:
        found = Organisation(name_vi=values["name_vi"], name_en=values.get("name_en"), name_folded=folded,
                             country=values.get("country"))
        db.session.add(found)
        db.session.flush()
    return found


def submit(project: Project) -> None:
    """Ask for review. Flushes."""
    _check_ready(project)
    project.review_state, project.review_comment = "submitted", None
    project.lock_version += 1
    db.session.flush()


def send_back(project: Project, *, comment: str) -> None:
    """Return a submitted project to its editor with a comment. Flushes."""
    project.review_state, project.review_comment = "returned", comment
    project.lock_version += 1
    db.session.flush()


def publish(project: Project, *, revision: int, note: str | None = None,
            together: Collection[str] = ()) -> Publication:
    """Freeze the working copy as the next published version. Raises NotReady with what is missing. Flushes.

    `together`: codes of projects that are published in the same write block, so relations to them are public too.
    """
    _check_ready(project)
    project.review_state, project.review_comment = "published", None
    project.lock_version += 1
    db.session.flush()
    current = published(project)
    if current is not None:
        current.ended_revision = revision
    number = db.session.scalar(
        select(func.max(Publication.number)).where(Publication.project_id == project.id)) or 0
    document = documents.full(project)
    related = [relation["code"] for relation in document["relations"]]
    frozen = documents.for_public(document, published_codes=published_codes(related).union(together))
    publication = Publication(project_id=project.id, number=number + 1, revision=revision, source_revision=revision,
                              note=note, document=frozen)
    db.session.add(publication)
    db.session.flush()
    precision.keep_back(project)
    db.session.flush()
    return publication


def amend(project: Project, *, revision: int, note: str, **parts: Any) -> Publication | None:
    """Publish again what the public reads now with some parts replaced; unpublished edits stay unpublished. Flushes.

    Returns None for a project that is not public.
    """
    current = published(project)
    if current is None:
        return None
    current.ended_revision = revision
    publication = Publication(
        project_id=project.id, number=current.number + 1, revision=revision, source_revision=current.source_revision,
        note=note, document=current.document | parts)
    db.session.add(publication)
    db.session.flush()
    return publication


def withdraw(project: Project, *, revision: int) -> None:
    """Take the project off the public pages; its published versions stay on record. Flushes."""
    current = published(project)
    if current is not None:
        current.ended_revision = revision
    project.review_state = "draft"
    project.lock_version += 1
    db.session.flush()


def published(project: Project) -> Publication | None:
    """Return the version that the public reads now."""
    return db.session.scalar(select(Publication).where(
        Publication.project_id == project.id, Publication.ended_revision.is_(None)))


def published_codes(codes: Collection[str]) -> set[str]:
    """Return those of `codes` whose projects the public reads now."""
    return set(db.session.scalars(
        select(Project.code).join(Publication, Publication.project_id == Project.id)
        .where(Publication.ended_revision.is_(None), Project.code.in_(codes))))


def _check_ready(project: Project) -> None:
    missing = []
    if not (project.name_vi or project.name_en):
        missing.append("name_vi")
    if not project.units:
        missing.append("units")
    if project.status not in STATUSES:
        missing.append("status")
    if missing:
        raise NotReady(missing)

