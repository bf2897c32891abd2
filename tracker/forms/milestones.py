"""Dated steps of the investment procedure."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from ..domain import Milestone
from ..domain.dates import span, today
from ..domain.statuses import STAGES
from .fields import Choice, Key, Line, Paragraph, PartialDate, Row, longest, options, title


class MilestoneRow(Row):
    """One step."""

    id = Key()
    stage = Choice(
        title(Milestone, "stage"),
        required=_l("Choose the step."),
        choices=options(STAGES, empty=_l("Choose a step")),
    )
    planned = PartialDate(title(Milestone, "planned"))
    actual = PartialDate(title(Milestone, "actual"))
    document_number = Line(title(Milestone, "document_number"), length=longest(Milestone, "document_number"))
    note = Paragraph(title(Milestone, "note"))

    def validate_actual(self, field: PartialDate) -> None:
        if field.data and span(field.data)[0] > today():
            raise ValidationError(_("An actual date cannot lie in the future. Enter it as the planned date."))

    def values(self) -> dict[str, Any]:
        """Return the milestone in document shape."""
        return {name: self[name].data for name in ("id", "planned", "actual", "document_number", "note")} | {
            "stage": self.stage.code
        }
