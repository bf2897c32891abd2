"""What may come in about accounts: an invitation, name and role, a one-time code."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Form, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from ..domain import User
from ..domain.users import ROLES
from .accounts import LONGEST
from .fields import Choice, Line, longest, options


def is_email(text: str) -> bool:
    """Return whether `text` looks like an e-mail address; whether it works only a message would tell."""
    name, at, host = text.strip().rpartition("@")
    return bool(
        at
        and name
        and host
        and len(text) <= longest(User, "email")
        and text.strip().isprintable()
        and not any(c.isspace() for c in text.strip())
    )


class MemberForm(Form):  # type: ignore[misc]
    """Name and role of an account."""

    name = Line(
        _l("Name"),
        length=longest(User, "name"),
        required=_l("Enter the person's name."),
        description=_l("As it is to stand in the history of changes."),
    )
    role = Choice(_l("Role"), choices=options(ROLES), default="editor", required=_l("Choose a role."))


class InvitationForm(MemberForm):
    """A new account: whom to invite, and as what."""

    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter an e-mail address."))],
        filters=[lambda value: (value or "").strip()],
        render_kw={"maxlength": longest(User, "email"), "autocomplete": "off", "spellcheck": "false"},
        description=_l("The person signs in with it."),
    )

    def validate_email(self, field: EmailField) -> None:
        if not is_email(field.data or ""):
            raise ValidationError(_("Enter an e-mail address, for example binh@example.vn."))


def _code_field(label: Any, message: Any) -> StringField:
    return StringField(
        label,
        [InputRequired(message)],
        filters=[lambda value: (value or "").strip()[:40]],
        render_kw={"autocomplete": "one-time-code", "maxlength": 40, "spellcheck": "false"},
    )


class CodeForm(Form):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""

    code = _code_field(_l("Code"), _l("Enter the code."))


class SwitchOffForm(CodeForm):
    """Password and code together take the second step away."""

    password = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter your present password."))],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST},
    )
