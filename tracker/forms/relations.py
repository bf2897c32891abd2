"""Ties between projects: supplies, co-located, replaces, same complex."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from ..domain import Project, ProjectRelation
from ..domain.statuses import PROJECT_RELATIONS
from .fields import Choice, Key, Line, Row, options, title


class RelationRow(Row):
    """A tie to another project."""

    id = Key()
    kind = Choice(
        title(ProjectRelation, "kind"),
        required=_l("Choose the relation."),
        choices=options(PROJECT_RELATIONS, empty=_l("Choose the relation")),
    )
    code = Line(title(Project, "code"), length=24, required=_l("Enter the code of the other project."))

    def values(self) -> dict[str, Any]:
        """Return the relation in document shape."""
        return {"id": self["id"].data, "kind": self.kind.code, "code": (self.code.data or "").upper()}
