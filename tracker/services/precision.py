"""How much of a place earlier publications may still tell."""

from __future__ import annotations

from sqlalchemy import select

from ..domain import Project, Publication, db
from . import documents


def keep_back(project: Project) -> None:
    """Let earlier publications tell no more of the places than the public may know from now on.

    What was published of a project stays on record, where it stands does not: a precision that was lowered would
    mean nothing if any past day still showed the point.
    """
    allowed = documents.strictest(documents.full(project))
    if allowed == "exact":
        return
    earlier = select(Publication).where(
        Publication.project_id == project.id, Publication.ended_revision.is_not(None))
    for publication in db.session.scalars(earlier):
        publication.document = documents.coarsened(publication.document, allowed)
