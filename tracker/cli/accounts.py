"""Accounts of the office from the command line."""

from __future__ import annotations

import sys

import click
from flask_babel import gettext as _

from ..domain.users import ROLES
from .database import require_current
from .instance import Failure, Unreadable, application, say, spoken


@click.group()
def user() -> None:
    """Accounts: add, list, password, second step."""


@user.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES.codes()))
@click.option("--name", help="Name shown in the history (default: the part before @).")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input (one line).")
@click.option("--invite", is_flag=True, help="Print a one-time link for choosing a password instead.")
def add(email: str, role: str, name: str | None, password_stdin: bool, invite: bool) -> None:
    """Add the account EMAIL; without --password-stdin a password is made and printed once."""
    from ..forms.users import is_email
    from ..services import accounts, tokens
    from ..services.transactions import SYSTEM, write

    with application() as app:
        require_current(app)
        address = email.strip()
        if not is_email(address):
            raise Unreadable(_("%(email)s is not an e-mail address.", email=email))
        shown_name = (name or address.split("@")[0]).strip()[:120]
        if invite and password_stdin:
            raise click.UsageError(_("--invite and --password-stdin exclude each other."))
        password = None if invite else _password(password_stdin, email=address, name=shown_name)
        token = ""
        try:
            with write(actor=SYSTEM, action="invite account" if invite else "add account"):
                user = accounts.add_user(email=address, role=role, name=shown_name, password=password)
                if invite:
                    token = tokens.issue(user, purpose=tokens.INVITATION)
        except accounts.EmailTaken as error:
            raise Failure(_("There is an account %(email)s already.", email=email)) from error
        say(_("Account %(email)s added (%(role)s).", email=address, role=ROLES[role].label[spoken()]))
        if invite:
            path = f"/invitation/{token}"
            say(_("One-time link, good for seven days, after the address of this site: %(path)s", path=path))
        elif not password_stdin:
            say(_("Password, shown only now: %(password)s", password=password))


@user.command("list")
def list_accounts() -> None:
    """List the accounts: e-mail, role, active or not, name."""
    from ..services import accounts

    with application() as app:
        require_current(app)
        for found in accounts.everybody():
            say(
                "\t".join(
                    [found.email, found.role, _("active") if found.active else _("blocked"), found.name]
                )
            )


@user.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input (one line).")
def password(email: str, password_stdin: bool) -> None:
    """Give the account EMAIL a new password; it is signed out everywhere."""
    from ..services import accounts, sessions, tokens
    from ..services.transactions import SYSTEM, write

    with application() as app:
        require_current(app)
        found = accounts.find(email)
        if found is None:
            raise Failure(_("There is no account %(email)s.", email=email))
        chosen = _password(password_stdin, email=found.email, name=found.name)
        with write(actor=SYSTEM, action="set password"):
            user = accounts.get(email)
            accounts.set_password(user, chosen)
            tokens.withdraw(user)
            sessions.delete_all(user.id)
        say(_("The password of %(email)s is changed.", email=email))
        if not password_stdin:
            say(_("Password, shown only now: %(password)s", password=chosen))


@user.command("second-step-off")
@click.argument("email")
def second_step_off(email: str) -> None:
    """Let EMAIL sign in with the password alone, after a lost telephone; it is signed out everywhere."""
    from ..services import accounts, second_factor, sessions
    from ..services.transactions import SYSTEM, write

    with application() as app:
        require_current(app)
        try:
            with write(actor=SYSTEM, action="switch off second step"):
                user = accounts.get(email)
                second_factor.switch_off(user)
                sessions.delete_all(user.id)
        except accounts.UnknownAccount as error:
            raise Failure(_("There is no account %(email)s.", email=email)) from error
        say(_("The second step of %(email)s is switched off.", email=email))


def _password(from_stdin: bool, *, email: str, name: str) -> str:
    from ..forms.accounts import password_problem
    from ..services import accounts

    if not from_stdin:
        return accounts.generated_password()
    given = sys.stdin.readline().rstrip("\r\n")
    if problem := password_problem(given, email=email, name=name):
        raise Unreadable(problem)
    return given
