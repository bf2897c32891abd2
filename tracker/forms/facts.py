"""Since when a status or a capacity is different, and who says so."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form
from wtforms.validators import ValidationError

from ..domain import FactChange
from ..domain.dates import span, today
from .fields import Choice, Line, PartialDate, title


class ChangeForm(Form):  # type: ignore[misc]
    """What is told of the changes of status and capacity in one save; all of it may be missing."""

    dated = PartialDate(title(FactChange, "dated"))
    source_ordinal = Choice(_l("Source of the change"))
    note = Line(title(FactChange, "note"), length=1000)
    mistake = BooleanField(_l("Only a mistake was corrected: nothing changed in the world"))

    def validate_dated(self, field: PartialDate) -> None:
        if field.data and span(field.data)[0] > today():
            raise ValidationError(_("A change that has not happened yet has no date. Leave this empty."))

    def values(self) -> dict[str, Any]:
        """Return date (partial), number of the source and note."""
        number = self.source_ordinal.code
        return {"dated": self.dated.data, "source_ordinal": int(number) if number else None, "note": self.note.data}
