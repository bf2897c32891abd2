"""Dated steps of the investment procedure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from ..domain import Milestone
from ..domain.dates import span, today
from ..domain.statuses import STAGES
from .fields import NOTHING_CHOSEN, Choice, Key, Line, Paragraph, PartialDate, Row, longest, options, title


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


class StepForm(MilestoneRow):
    """One step recorded by itself, with its document chosen from the project's list."""

    document_ordinal = Choice(_l("Document from the project's list"))

    @property
    def blank(self) -> bool:
        """A step that is recorded by itself must say which one it is."""
        return False

    def offer(self, documents: Iterable[dict[str, Any]]) -> None:
        """Offer the documents (document shape) of the project."""
        self.document_ordinal.choices = [
            SelectChoice(NOTHING_CHOSEN, _("None")),
            *(
                SelectChoice(str(paper["ordinal"]), " – ".join(filter(None, (paper["number"], paper["title"])))[:120])
                for paper in documents
            ),
        ]

    def values(self) -> dict[str, Any]:
        """Return the step in document shape, without its key."""
        number = self.document_ordinal.code
        found = super().values() | {"document_ordinal": int(number) if number else None}
        return {name: value for name, value in found.items() if name != "id"}
