"""The recorded versions of a project, for the office: who saved when, and which were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ..domain import ProjectVersion, Publication, Revision, db


@dataclass(frozen=True, slots=True)
class Version:
    """One recorded state of a working copy. `publication` is the number under which it became public."""

    revision: int
    at: datetime
    actor: str
    action: str
    reason: str | None
    publication: int | None


def versions(project_id: int) -> tuple[Version, ...]:
    """Return the recorded versions of a project, the latest first."""
    published = db.session.scalars(select(Publication).where(Publication.project_id == project_id))
    numbers = {publication.source_revision: publication.number for publication in published}
    found = db.session.execute(
        select(Revision.number, Revision.at, Revision.actor_name, Revision.action, Revision.reason)
        .join(ProjectVersion, ProjectVersion.revision == Revision.number)
        .where(ProjectVersion.project_id == project_id)
        .order_by(Revision.number.desc())
    )
    return tuple(
        Version(number, at, actor, action, reason, numbers.get(number))
        for number, at, actor, action, reason in found
    )
