"""The accounts of the office, for its administrators: invite, change, block, help whoever is locked out."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..domain import User, db
from ..forms.users import InvitationForm, MemberForm
from ..services import accounts, second_factor, sessions, tokens
from ..services.transactions import write
from .access import actor, current_user, requires

views = Blueprint("users", __name__)


@views.get("/users")
@requires("administrator")
def index() -> str:
    """List all accounts."""
    return render_template(
        "users/index.html", users=accounts.everybody(), seen=sessions.last_seen(), links=tokens.open_links()
    )


@views.get("/users/new")
@requires("administrator")
def new() -> str:
    """Ask whom to invite."""
    return render_template("users/new.html", form=InvitationForm())


@views.post("/users/new")
@requires("administrator")
def invite() -> Response:
    """Make the account and show its link, which nobody sees again."""
    form = InvitationForm(request.form)
    if not form.validate():
        return make_response(render_template("users/new.html", form=form), 400)
    try:
        with write(actor=actor(), action="invite account"):
            user, token = accounts.invite(
                email=form.email.data or "", name=form.name.data or "", role=form.role.code or ""
            )
            user_id = user.id
    except accounts.EmailTaken:
        form.email.errors = [_("There is an account with this e-mail address already.")]
        return make_response(render_template("users/new.html", form=form), 400)
    return _link(user_id, token)


@views.get("/users/<int(max=2147483647):user_id>")
@requires("administrator")
def show(user_id: int) -> str:
    """Show one account, where it is signed in and what may be done with it."""
    return _page(_user(user_id))


@views.post("/users/<int(max=2147483647):user_id>")
@requires("administrator")
def change(user_id: int) -> BaseResponse:
    """Change name and role."""
    form = MemberForm(request.form)
    if not form.validate():
        return make_response(_page(_user(user_id), form=form), 400)
    _user(user_id)
    try:
        with write(actor=actor(), action="change account"):
            accounts.change(_user(user_id), name=form.name.data or "", role=form.role.code or "")
    except accounts.LastAdministrator:
        return _refused(user_id)
    return _done(user_id, _("The account is changed."))


@views.post("/users/<int(max=2147483647):user_id>/block")
@requires("administrator")
def block(user_id: int) -> BaseResponse:
    """Keep somebody out: sessions and links end at once; nothing they did is lost."""
    if problem := _own(user_id):
        return problem
    try:
        with write(actor=actor(), action="block account"):
            accounts.block(_user(user_id))
    except accounts.LastAdministrator:
        return _refused(user_id)
    return _done(user_id, _("The account is blocked and signed out everywhere."))


@views.post("/users/<int(max=2147483647):user_id>/unblock")
@requires("administrator")
def unblock(user_id: int) -> BaseResponse:
    """Let somebody in again."""
    with write(actor=actor(), action="unblock account"):
        accounts.unblock(_user(user_id))
    return _done(user_id, _("The account may sign in again."))


@views.post("/users/<int(max=2147483647):user_id>/reset")
@requires("administrator")
def reset(user_id: int) -> BaseResponse:
    """Take the password away and show a link to a new one."""
    if problem := _own(user_id):
        return problem
    if not _user(user_id).active:
        return make_response(_page(_user(user_id), problem=_("Unblock the account first.")), 409)
    try:
        with write(actor=actor(), action="reset password"):
            token = accounts.reset(_user(user_id))
    except accounts.LastAdministrator:
        return _refused(user_id)
    return _link(user_id, token)


@views.post("/users/<int(max=2147483647):user_id>/second-factor/off")
@requires("administrator")
def switch_off(user_id: int) -> BaseResponse:
    """Help somebody who lost the telephone: the password alone opens the account until it is set up again."""
    if problem := _own(user_id):
        return problem
    with write(actor=actor(), action="switch off second step"):
        user = _user(user_id)
        second_factor.switch_off(user)
        sessions.delete_all(user.id)
    return _done(user_id, _("The second step is switched off. The account is signed out everywhere."))


def _user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        abort(404)
    return user


def _own(user_id: int) -> Response | None:
    """Return the refusal of what nobody may do to the own account."""
    user, mine = _user(user_id), current_user()
    if mine is None or mine.id != user.id:
        return None
    return make_response(_page(user, problem=_("This is your own account. Another administrator can do that.")), 409)


def _refused(user_id: int) -> Response:
    problem = _("This is the last administrator who can sign in. Make another account an administrator first.")
    return make_response(_page(_user(user_id), problem=problem), 409)


def _done(user_id: int, words: str) -> BaseResponse:
    flash(words, "good")
    return redirect(url_for("users.show", user_id=user_id), 303)


def _link(user_id: int, token: str) -> Response:
    """Show a link at once instead of sending the browser on: only its hash is kept."""
    answer = make_response(
        render_template(
            "users/link.html",
            user=_user(user_id),
            link=tokens.find(token),
            address=url_for("invitations.show", token=token, _external=True),
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(user: User, *, form: MemberForm | None = None, problem: str | None = None) -> str:
    return render_template(
        "users/show.html",
        user=user,
        form=form or MemberForm(name=user.name, role=user.role),
        problem=problem,
        sessions=sessions.of_user(user.id, token=None),
        link_until=tokens.open_links().get(user.id),
    )
