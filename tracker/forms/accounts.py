"""What may come in at the door: signing in, choosing a password."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Form, PasswordField
from wtforms.validators import InputRequired, ValidationError

SHORTEST, LONGEST = 12, 256


def password_problem(password: str, *, email: str = "", name: str = "") -> str | None:
    """Return what is wrong with a new password, None when it is long and not the person's own name."""
    if len(password) < SHORTEST:
        return str(
            _("Use at least %(count)d characters. Several words are easy to remember.", count=SHORTEST)
        )
    if len(password) > LONGEST:
        return str(_("Use at most %(count)d characters.", count=LONGEST))
    plain = password.casefold()
    if len(set(plain)) < 5:
        return str(_("Use more than a few different characters."))
    own = [email.split("@")[0].casefold(), email.casefold(), name.casefold()]
    if any(len(word) >= 4 and word in plain and len(plain) - len(word) < 8 for word in own):
        return str(_("Do not use your own name or e-mail address."))
    return None


class SignInForm(Form):  # type: ignore[misc]
    """E-mail address and password."""

    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address."))],
        filters=[lambda value: (value or "").strip()],
        render_kw={"autocomplete": "username", "maxlength": 200, "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST},
    )


class NewPasswordForm(Form):  # type: ignore[misc]
    """A new password, twice. `email` and `name` are those of the account."""

    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter the new password."))],
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )
    again = PasswordField(
        _l("New password again"),
        [InputRequired(_l("Enter the new password again."))],
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email, self._name = email, name

    def validate_new(self, field: PasswordField) -> None:
        problem = password_problem(field.data or "", email=self._email, name=self._name)
        if problem:
            raise ValidationError(problem)

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("The two new passwords are not the same."))


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    present = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter your present password."))],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST},
    )
