"""The second step of signing in: asking for the code, setting it up, switching it off."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..domain import User, db
from ..forms.accounts import SignInForm
from ..forms.users import CodeForm, SwitchOffForm
from ..outputs import qr
from ..services import accounts, office, second_factor
from ..services import sessions as stored
from ..services.transactions import Actor, write
from . import sessions, signing_in
from .access import actor, current_user, everyone, requires

views = Blueprint("second_factor", __name__)

_PENDING = "new_second_factor"


@views.get("/sign-in/code")
@everyone
def ask() -> BaseResponse:
    """Ask for the code after the password."""
    if current_user() is not None:
        return redirect(signing_in.onward(), 303)
    if signing_in.half_way() is None:
        return _begin_again()
    return _question(CodeForm())


@views.post("/sign-in/code")
@everyone
def check() -> BaseResponse:
    """Sign in with a code that is right and was not used before, or with a recovery code."""
    found = signing_in.half_way()
    if found is None:
        return _begin_again()
    user, target = found
    form = CodeForm(request.form)
    if not form.validate():
        return _question(form, 400)
    tried = second_factor.attempt(user.id)
    if not tried:
        form.code.errors = [signing_in.wait(tried.retry_after)]
        return signing_in.refuse(_question(form), tried.retry_after)
    problem = _problem(user.id, form.code.data)
    if problem:
        form.code.errors = [problem]
        return _question(form, 400)
    second_factor.forget_attempts(user.id)
    user = db.session.get_one(User, user.id)
    if len(user.recovery_hashes or ()) < 3:
        flash(_("Few recovery codes are left. Set the second step up anew to get others."), "warn")
    return signing_in.enter(user, target)


@views.get("/account/second-factor")
@requires("viewer")
def setup() -> Response:
    """Show the secret to scan; where the second step is on already, how to switch it off."""
    if _me().totp_secret is not None:
        return _off_page(SwitchOffForm())
    return _setup_page(CodeForm())


@views.post("/account/second-factor")
@requires("viewer")
def switch_on() -> BaseResponse:
    """Switch the second step on once the app shows the right code, and show the recovery codes."""
    user, secret = _me(), session.get(_PENDING)
    if user.totp_secret is not None or secret is None:
        return redirect(url_for("second_factor.setup"), 303)
    form = CodeForm(request.form)
    if not form.validate():
        return _setup_page(form, 400)
    user_id = user.id
    tried = second_factor.attempt(user_id)
    if not tried:
        form.code.errors = [signing_in.wait(tried.retry_after)]
        return signing_in.refuse(_setup_page(form), tried.retry_after)
    verdict = second_factor.check(user_id, secret, form.code.data)
    if verdict != "good":
        form.code.errors = [_words(verdict)]
        return _setup_page(form, 400)
    with write(actor=actor(), action="switch on second step"):
        codes = second_factor.switch_on(db.session.get_one(User, user_id), secret)
        stored.delete_all(user_id, but=sessions.token())
    session.pop(_PENDING, None)
    second_factor.forget_attempts(user_id)
    return _unkept(make_response(render_template("accounts/recovery_codes.html", codes=codes)))


@views.post("/account/second-factor/off")
@requires("viewer")
def switch_off() -> BaseResponse:
    """Switch the second step off; password and code are needed together."""
    user = _me()
    user_id = user.id
    if user.totp_secret is None:
        return redirect(url_for("accounts.me"), 303)
    form = SwitchOffForm(request.form)
    if not form.validate():
        return _off_page(form, 400)
    tried = second_factor.attempt(user_id)
    if not tried:
        form.code.errors = [signing_in.wait(tried.retry_after)]
        return signing_in.refuse(_off_page(form), tried.retry_after)
    if accounts.authenticate(email=user.email, password=form.password.data or "") is None:
        form.password.errors = [_("This is not your present password.")]
        return _off_page(form, 400)
    if problem := _problem(user_id, form.code.data):
        form.code.errors = [problem]
        return _off_page(form, 400)
    with write(actor=actor(), action="switch off second step"):
        second_factor.switch_off(db.session.get_one(User, user_id))
    second_factor.forget_attempts(user_id)
    flash(_("The second step is switched off."), "good")
    return redirect(url_for("accounts.me"), 303)


def _problem(user_id: int, code: str) -> str | None:
    """Return what is wrong with a code; a recovery code is used up."""
    user = db.session.get_one(User, user_id)
    if second_factor.looks_like_recovery(code):
        with write(actor=Actor.of(user), action="use recovery code"):
            good = second_factor.use_recovery_code(db.session.get_one(User, user_id), code)
        return None if good else _words("wrong")
    verdict = second_factor.check(user_id, user.totp_secret or "", code)
    return None if verdict == "good" else _words(verdict)


def _words(verdict: str) -> str:
    if verdict == "used":
        return str(_("This code was used already. Wait until the app shows the next one."))
    return str(_("This code is not right. Enter the one that the app shows now."))


def _me() -> User:
    user = current_user()
    assert user is not None  # noqa: S101  only behind `requires`
    return user


def _begin_again() -> Response:
    problem = _("Sign in with your password first; the code must follow within ten minutes.")
    return make_response(
        render_template(
            "accounts/sign_in.html", form=SignInForm(), next=signing_in.onward(), problem=problem
        ),
        400,
    )


def _question(form: CodeForm, status: int = 200) -> Response:
    return _unkept(make_response(render_template("accounts/code.html", form=form), status))


def _setup_page(form: CodeForm, status: int = 200) -> Response:
    secret = session.get(_PENDING) or second_factor.new_secret()
    session[_PENDING] = secret
    address = second_factor.address(secret, email=_me().email, issuer=office.name("en"))
    page = render_template(
        "accounts/second_factor.html",
        form=form,
        picture=qr.picture(address),
        secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
    )
    return _unkept(make_response(page, status))


def _off_page(form: SwitchOffForm, status: int = 200) -> Response:
    user = _me()
    page = render_template(
        "accounts/second_factor_off.html", form=form, user=user, left=len(user.recovery_hashes or ())
    )
    return _unkept(make_response(page, status))


def _unkept(page: Response) -> Response:
    page.headers["Cache-Control"] = "no-store"
    return page
