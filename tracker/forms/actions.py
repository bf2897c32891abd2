"""What has to be done next, by whom, by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from ..domain import NextAction
from .fields import NOTHING_CHOSEN, Choice, Day, Line, Paragraph, longest, title


class ActionForm(Form):  # type: ignore[misc]
    """One next action, for an account of the office or for anybody by name."""

    text = Paragraph(title(NextAction, "text"), length=2000)
    assignee_id = Choice(_l("Who"))
    assignee = Line(
        _l("Who, when it is nobody on the list"),
        length=longest(NextAction, "assignee"),
    )
    due = Day(title(NextAction, "due"))

    def __init__(self, formdata: Any = None, *, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.text.flags.required = True
        self.assignee_id.choices = [
            SelectChoice(NOTHING_CHOSEN, _("Nobody yet")),
            *(SelectChoice(str(user.id), user.name) for user in people),
        ]

    def validate_text(self, field: Paragraph) -> None:
        if not field.data:
            raise ValidationError(_("Say what has to be done."))

    def validate_assignee(self, field: Line) -> None:
        if field.data and self.assignee_id.code:
            raise ValidationError(_("Choose an account or write a name, not both."))

    def values(self) -> dict[str, Any]:
        """Return text, account number, name and day."""
        code = self.assignee_id.code
        return {
            "text": self.text.data,
            "assignee_id": int(code) if code else None,
            "assignee": self.assignee.data,
            "due": date.fromisoformat(self.due.data) if self.due.data else None,
        }
