"""Accounts from the command line: links, sessions that end, a lost telephone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.conftest import close, make_app
from tracker.domain import db
from tracker.services import accounts, second_factor, sessions
from tracker.services.transactions import SYSTEM, write


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    monkeypatch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1))


def signed_in_with_second_step(home: Path) -> str:
    app = make_app(home)
    with app.app_context():
        with write(actor=SYSTEM, action="test"):
            user = accounts.find("editor@example.com")
            second_factor.switch_on(user, second_factor.new_secret())
            user_id = user.id
        token = sessions.start(user_id=user_id, data={}, user_agent=None, address=None)
        db.session.remove()
    close(app)
    return token


def state(home: Path, token: str) -> tuple[bool, bool]:
    """Return whether the session is good, and whether the account asks for a code."""
    app = make_app(home)
    with app.app_context():
        found = sessions.load(token) is not None, accounts.find("editor@example.com").totp_secret is not None
        db.session.remove()
    close(app)
    return found


def test_an_invitation_prints_a_link_that_works(tracker, filled):
    made = tracker("user", "add", "mai@example.org", "--role", "administrator", "--invite")
    assert made.exit_code == 0
    assert "Password, shown only now" not in made.output
    path = re.search(r"/invitation/\S+", made.output).group(0)
    app = make_app(filled)
    assert app.test_client().get(path).status_code == 200
    close(app)
    both = tracker("user", "add", "an@example.org", "--role", "viewer", "--invite", "--password-stdin")
    assert both.exit_code == 2


def test_a_new_password_ends_all_sessions(tracker, filled):
    token = signed_in_with_second_step(filled)
    assert state(filled, token) == (True, True)
    assert tracker("user", "password", "editor@example.com").exit_code == 0
    assert state(filled, token) == (False, True)


def test_the_second_step_of_a_lost_telephone_is_switched_off(tracker, filled):
    token = signed_in_with_second_step(filled)
    assert tracker("user", "second-step-off", "editor@example.com").exit_code == 0
    assert state(filled, token) == (False, False)
    assert tracker("user", "second-step-off", "nobody@example.org").exit_code == 1


def test_a_number_of_proxies_that_is_none_is_one_line(tracker, home, monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "many")
    result = tracker("user", "list")
    assert result.exit_code == 2
    assert "TRUSTED_PROXIES" in result.output
