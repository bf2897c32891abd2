"""Changes of many projects at once: written all or none in one revision, and taken back as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ..domain import Batch, Project, ProjectVersion, Publication, Revision, db
from ..domain.dates import utc_now
from . import documents, projects
from .transactions import Actor, write

Values = dict[str, Any]
_ACTIONS = {"bulk": "bulk edit", "import": "import"}
# what only the office reads: changing it leaves the state of the review as it is
_INTERNAL = {"review_comment", "actions", "overrides"}


@dataclass(frozen=True, slots=True)
class Later:
    """A change of a project that came after: whose and when. It would be lost."""

    code: str
    actor: str
    at: datetime


class BatchRefused(Exception):
    """Nothing was written, because of later changes of these projects."""

    def __init__(self, later: tuple[Later, ...]) -> None:
        super().__init__(", ".join(item.code for item in later))
        self.later = later


class BatchNotFound(LookupError):
    """There is no such batch."""


class AlreadyUndone(Exception):
    """The batch was taken back before."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A batch as lists show it. `projects` are the codes it changed, in order."""

    id: int
    kind: str
    title: str
    revision: int
    at: datetime
    actor: str
    reason: str | None
    projects: tuple[str, ...]
    publishes: bool
    undone_at: datetime | None
    undone_by: str | None


def apply(
    *,
    kind: str,
    title: str,
    actor: Actor,
    changes: Mapping[str, Values],
    seen: int,
    added: Sequence[Values] = (),
    publish: bool = False,
    reason: str | None = None,
) -> int:
    """Write `changes` (code → values in document shape) and the new projects `added`; returns the batch's number.

    `seen` is the revision that the person looked at; raises BatchRefused when one of the projects changed since,
    ProjectNotFound or NotReady when one cannot be written. Nothing is written then. `publish` also publishes them.
    """
    with write(actor=actor, action=_ACTIONS[kind], reason=reason) as revision:
        written: dict[int, str] = {}
        if later := _later(_ids(changes), seen):
            raise BatchRefused(later)
        for code, values in changes.items():
            project = projects.find(code)
            written[project.id] = project.code
            if values:
                projects.put(project, values)
            if values.keys() - _INTERNAL and project.review_state != "returned":
                project.review_state = "draft"
        new = [projects.put(None, values) for values in added]
        written |= {project.id: project.code for project in new}
        if publish:
            for code in written.values():
                projects.publish(projects.find(code), revision=revision, note=reason, together=set(written.values()))
        detail = {
            "projects": {str(number): code for number, code in written.items()},
            "added": [project.id for project in new],
            "publishes": publish,
        }
        batch = Batch(kind=kind, title=title[:300], revision=revision, detail=detail)
        db.session.add(batch)
        db.session.flush()
        return batch.id


def undo(number: int, *, actor: Actor) -> int:
    """Write the documents before the batch back, all or none; returns the revision.

    Added projects are archived and what was published by the batch ends. Raises BatchNotFound, AlreadyUndone, and
    BatchRefused when a project was changed afterwards in a way that would be lost.
    """
    asked = find(number)
    with write(actor=actor, action=f"undo {_ACTIONS[asked.kind]}", reason=asked.title) as revision:
        batch = db.session.get_one(Batch, number)
        if batch.undone_revision is not None:
            raise AlreadyUndone
        detail: Values = batch.detail or {}
        ids = [int(key) for key in detail["projects"]]
        if later := _later(ids, batch.revision, same_is_fine=True):
            raise BatchRefused(later)
        for project_id in ids:
            project = db.session.get_one(Project, project_id)
            if detail["publishes"]:
                _unpublish(project, batch.revision, revision)
            if project_id in detail["added"]:
                project.archived_at, project.archive_reason = utc_now(), batch.title
                project.lock_version += 1
            else:
                projects.put(project, _before(project_id, batch.revision))
        batch.undone_revision = revision
        db.session.flush()
        return revision


def find(number: int) -> Listed:
    """Return one batch; raises BatchNotFound."""
    found = _listed(Batch.id == number)
    if not found:
        raise BatchNotFound(number)
    return found[0]


def listed(*, most: int = 200) -> tuple[Listed, ...]:
    """Return the batches, the latest first."""
    return _listed(most=most)


def _listed(*conditions: Any, most: int = 1) -> tuple[Listed, ...]:
    done, undone = aliased(Revision), aliased(Revision)
    query = (
        select(Batch, done, undone)
        .join(done, done.number == Batch.revision)
        .outerjoin(undone, undone.number == Batch.undone_revision)
        .where(*conditions)
        .order_by(Batch.revision.desc())
        .limit(most)
    )
    return tuple(
        Listed(
            batch.id,
            batch.kind,
            batch.title,
            batch.revision,
            made.at,
            made.actor_name,
            made.reason,
            tuple(sorted((batch.detail or {}).get("projects", {}).values())),
            bool((batch.detail or {}).get("publishes")),
            back.at if batch.undone_revision else None,
            back.actor_name if batch.undone_revision else None,
        )
        for batch, made, back in db.session.execute(query)
    )


def _ids(codes: Iterable[str]) -> list[int]:
    return [projects.find(code).id for code in codes]


def _later(ids: Sequence[int], since: int, *, same_is_fine: bool = False) -> tuple[Later, ...]:
    """Return the projects that changed after a revision; `same_is_fine` leaves out those that look the same again."""
    newest: dict[int, int] = {}
    for start in range(0, len(ids), 500):
        portion = ids[start : start + 500]
        for model in (ProjectVersion, Publication):
            query = select(model.project_id, func.max(model.revision)).where(
                model.project_id.in_(portion), model.revision > since
            )
            for project_id, number in db.session.execute(query.group_by(model.project_id)):
                newest[project_id] = max(number, newest.get(project_id, 0))
    found = []
    for project_id, number in newest.items():
        project = db.session.get_one(Project, project_id)
        recorded = projects.recorded(project, since) if same_is_fine else None
        if recorded is not None and _bare(recorded) == _bare(documents.full(project)):
            continue
        revision = db.session.get_one(Revision, number)
        found.append(Later(project.code, revision.actor_name, revision.at))
    return tuple(sorted(found, key=lambda item: item.code))


def _before(project_id: int, revision: int) -> Values:
    """Return the document that stood before a revision, lists that came later empty."""
    query = (
        select(ProjectVersion.document)
        .where(ProjectVersion.project_id == project_id, ProjectVersion.revision < revision)
        .order_by(ProjectVersion.revision.desc())
        .limit(1)
    )
    document: Values = db.session.scalars(query).one()
    return document | {name: document.get(name, []) for name in documents.SECTIONS}


def _unpublish(project: Project, batch_revision: int, revision: int) -> None:
    """End what the batch published; what the public read before is published again, as it was."""
    current = projects.published(project)
    if current is None or current.revision != batch_revision:
        return
    earlier = db.session.scalar(
        select(Publication).where(
            Publication.project_id == project.id, Publication.ended_revision == batch_revision
        )
    )
    current.ended_revision = revision
    if earlier is not None:
        db.session.add(
            Publication(
                project_id=project.id,
                number=current.number + 1,
                revision=revision,
                source_revision=earlier.source_revision,
                note=earlier.note,
                document=earlier.document,
            )
        )
    db.session.flush()


def _bare(value: Any) -> Any:
    """Return a document without the keys of its parts: those change when a part is written back."""
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if key != "id"}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return value
