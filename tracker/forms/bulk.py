"""One change for many projects: a closed list of fields that mean the same on each, with the rules of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.validators import ValidationError

from ..domain import NextAction, Project, Source
from ..domain.dates import span, today
from ..domain.sources import LICENCES
from ..domain.statuses import CONFIDENCES, LAND_STATUSES, STATUSES
from .fields import Choice, Day, Line, Paragraph, PartialDate, longest, options, title
from .projects import Known
from .sources import url_problem

MOST = 500  # projects in one change: they are written in one block that others wait for
FIELDS: dict[str, tuple[str, ...]] = {
    "status": ("status", "status_as_of", "status_source"),
    "province_code": ("province_code",),
    "confidence": ("confidence",),
    "last_checked": ("last_checked",),
    "land_status": ("land_status",),
    "source": ("source_citation", "source_url", "source_dated", "source_licence", "source_confidence"),
    "action": ("action_text", "action_assignee", "action_due"),
    "review_comment": ("review_comment",),
    "call": (),
    "publish": (),
}
APPROVERS_ONLY = ("publish",)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: one of FIELDS and the values entered for it."""

    field: str
    values: dict[str, Any]


class BulkForm(Form):  # type: ignore[misc]
    """All changes that can be made to many projects; only the parts of the chosen field count."""

    status = Choice(title(Project, "status"), choices=options(STATUSES, empty=_l("Choose the status.")))
    status_as_of = PartialDate(
        _l("Since when"), description=_l("Day, month, quarter or year: 31/12/2030, 12/2030, Q4/2030 or 2030.")
    )
    status_source = Line(
        _l("Source of the status"), length=1000, description=_l("Added to the sources of each project.")
    )
    province_code = Choice(title(Project, "province_code"))
    confidence = Choice(title(Project, "confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))
    last_checked = Day(title(Project, "last_checked"))
    land_status = Choice(title(Project, "land_status"), choices=options(LAND_STATUSES, empty=_l("Not stated")))
    source_citation = Paragraph(
        title(Source, "citation"), length=4000, description=_l("Title, issuer, number, page: enough to find it again.")
    )
    source_url = Line(title(Source, "url"), length=longest(Source, "url"))
    source_dated = PartialDate(title(Source, "dated"))
    source_licence = Choice(title(Source, "licence"), choices=options(LICENCES, empty=_l("Not stated")))
    source_confidence = Choice(title(Source, "confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))
    action_text = Paragraph(title(NextAction, "text"), length=2000)
    action_assignee = Line(title(NextAction, "assignee"), length=longest(NextAction, "assignee"))
    action_due = Day(title(NextAction, "due"))
    review_comment = Paragraph(title(Project, "review_comment"), length=2000)
    reason = Line(
        _l("Reason for the change"),
        length=500,
        description=_l("Kept in the history, for example the letter that asked for it."),
    )

    def __init__(self, formdata: Any = None, *, known: Known, field: str = "", **kwargs: Any) -> None:
        super().__init__(formdata, data={"last_checked": today().isoformat()}, **kwargs)
        self.chosen = field if field in FIELDS else ""
        self.province_code.choices = options(known.provinces, empty=_("Not known or at sea"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what belongs to the chosen field; what was typed elsewhere is no hindrance."""
        super().validate(extra_validators)
        for name, item in self._fields.items():
            if name not in (*FIELDS.get(self.chosen, ()), "reason"):
                item.errors = ()
        return bool(self.chosen) and not self.errors

    def validate_status(self, field: Choice) -> None:
        if field.code is None:
            raise ValidationError(_("Choose the status."))

    def validate_status_as_of(self, field: PartialDate) -> None:
        if field.data and span(field.data)[0] > today():
            raise ValidationError(_("The date lies in the future. A status is what is true already."))

    def validate_last_checked(self, field: Day) -> None:
        if not field.data:
            raise ValidationError(_("Write a day, for example 31/12/2030."))
        if span(field.data)[0] > today():
            raise ValidationError(_("The day lies in the future."))

    def validate_source_citation(self, field: Paragraph) -> None:
        if not field.data:
            raise ValidationError(_("Say what the source is."))

    def validate_source_url(self, field: Line) -> None:
        problem = url_problem(field.data) if field.data else None
        if problem:
            raise ValidationError(problem)

    def validate_action_text(self, field: Paragraph) -> None:
        if not field.data:
            raise ValidationError(_("Say what has to be done."))

    def validate_review_comment(self, field: Paragraph) -> None:
        if not field.data:
            raise ValidationError(_("Write the comment."))

    def order(self) -> Order:
        """Return what was asked for; only after a successful `validate`."""
        values = {}
        for name in FIELDS[self.chosen]:
            item = self[name]
            values[name] = item.code if isinstance(item, Choice) else item.data
        return Order(self.chosen, values)
