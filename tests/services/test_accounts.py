"""Accounts over time: links, the last administrator, one-time codes; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.factories import make_user
from tracker.domain import AuditEvent, Revision, User, UserToken, db
from tracker.domain.dates import utc_now
from tracker.services import accounts, second_factor, sessions, tokens
from tracker.services.transactions import SYSTEM, keep, write

PASSWORD = "chè khoai tía đêm hè"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    monkeypatch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1))


def invited(email="an@example.vn", role="editor"):
    with write(actor=SYSTEM, action="invite account"):
        user, token = accounts.invite(email=email, name="Trần An", role=role)
        return user.id, token


def trail() -> str:
    rows = db.session.scalars(select(AuditEvent)).all()
    return "\n".join(f"{row.entity} {row.operation} {row.entity_key} {row.changes}" for row in rows)


def test_a_link_gives_one_password_and_leaves_no_secret_in_the_trail(inside):
    user_id, token = invited()
    assert tokens.find(token).user.id == user_id
    with write(actor=SYSTEM, action="choose password"):
        accounts.choose_password(token, PASSWORD)
    assert accounts.authenticate(email="an@example.vn", password=PASSWORD)
    with pytest.raises(tokens.UnknownToken), write(actor=SYSTEM, action="choose password"):
        accounts.choose_password(token, "another long password")
    assert accounts.authenticate(email="an@example.vn", password=PASSWORD)
    told = trail()
    assert "user_token insert •••" in told
    assert "user_token delete •••" in told
    assert "password_hash" in told
    assert "argon2" not in told
    assert tokens._hash(token).hex() not in told
    assert repr(tokens._hash(token)) not in told


def test_a_link_is_stored_as_its_hash_and_expires(inside):
    _user_id, token = invited()
    row = db.session.scalars(select(UserToken)).one()
    assert token.encode() not in row.token_hash
    assert timedelta(days=6, hours=23) < row.expires_at - utc_now() <= timedelta(days=7)
    with keep() as session:
        session.scalars(select(UserToken)).one().expires_at = utc_now() - timedelta(seconds=1)
    with pytest.raises(tokens.ExpiredToken):
        tokens.find(token)
    with pytest.raises(tokens.UnknownToken):
        tokens.find("made up")


def test_a_reset_ends_password_sessions_and_earlier_links(inside):
    user = make_user(password=PASSWORD)
    user_id = user.id
    session = sessions.start(user_id=user_id, data={}, user_agent=None, address=None)
    with write(actor=SYSTEM, action="reset password"):
        first = accounts.reset(db.session.get_one(User, user_id))
    assert tokens.find(first).purpose == tokens.RESET
    assert tokens.find(first).expires_at - utc_now() <= timedelta(hours=24)
    assert sessions.load(session) is None
    assert accounts.authenticate(email="editor@example.org", password=PASSWORD) is None
    with write(actor=SYSTEM, action="reset password"):
        second = accounts.reset(db.session.get_one(User, user_id))
    with pytest.raises(tokens.UnknownToken):
        tokens.find(first)
    assert tokens.find(second)


def test_a_blocked_account_has_no_sessions_and_no_links(inside):
    user_id, token = invited()
    session = sessions.start(user_id=user_id, data={}, user_agent=None, address=None)
    with write(actor=SYSTEM, action="block account"):
        accounts.block(db.session.get_one(User, user_id))
    with pytest.raises(tokens.UnknownToken):
        tokens.find(token)
    with write(actor=SYSTEM, action="unblock account"):
        accounts.unblock(db.session.get_one(User, user_id))
    assert sessions.load(session) is None


@pytest.mark.parametrize("do", ["block", "demote", "reset"])
def test_the_last_administrator_stays(inside, do):
    user_id = make_user(role="administrator", password=PASSWORD).id
    make_user(role="administrator", email="new@example.org")  # invited, has never signed in

    def act() -> None:
        user = db.session.get_one(User, user_id)
        if do == "block":
            accounts.block(user)
        elif do == "demote":
            accounts.change(user, name=user.name, role="viewer")
        else:
            accounts.reset(user)

    with pytest.raises(accounts.LastAdministrator), write(actor=SYSTEM, action=do):
        act()
    assert accounts.authenticate(email="administrator@example.org", password=PASSWORD)
    make_user(role="administrator", email="second@example.org", password=PASSWORD)
    with write(actor=SYSTEM, action=do):
        act()
    assert db.session.scalar(select(Revision.action).order_by(Revision.number.desc())) == do


def test_a_code_is_good_once_in_any_process(both):
    secret = second_factor.new_secret()
    now = utc_now()
    code = pyotp.TOTP(secret).at(now)
    with both.app_context():
        assert second_factor.check(1, secret, code, now=now) == "good"
    with both.app_context():  # another request, all of whose memory is the database
        assert second_factor.check(1, secret, code, now=now) == "used"
        assert second_factor.check(1, secret, code, now=now + timedelta(seconds=30)) == "used"
        assert second_factor.check(1, secret, code, now=now + timedelta(seconds=120)) == "wrong"


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "000000 000000"])
def test_what_is_no_code_is_wrong(app, code):
    with app.app_context():
        assert second_factor.check(1, second_factor.new_secret(), code) == "wrong"


def test_the_codes_around_now_are_taken_with_blanks(inside):
    secret, now = second_factor.new_secret(), utc_now()
    for offset in (-30, 0, 30):
        code = pyotp.TOTP(secret).at(now + timedelta(seconds=offset))
        assert second_factor.check(1, secret, f" {code[:3]} {code[3:]} ", now=now) == "good"


def test_recovery_codes_work_once_each_and_are_stored_as_hashes(inside):
    user_id = make_user(password=PASSWORD).id
    with write(actor=SYSTEM, action="on"):
        codes = second_factor.switch_on(db.session.get_one(User, user_id), second_factor.new_secret())
    assert len(set(codes)) == 8
    kept = db.session.get_one(User, user_id)
    assert not any(code in str(kept.recovery_hashes) for code in codes)
    assert kept.totp_secret not in trail()

    def use(code: str) -> bool:
        with write(actor=SYSTEM, action="use recovery code"):
            return second_factor.use_recovery_code(db.session.get_one(User, user_id), code)

    assert use(codes[0].upper().replace("-", " "))
    assert not use(codes[0])
    assert not use("aaaa-bbbb-cccc-dddd")
    assert len(db.session.get_one(User, user_id).recovery_hashes) == 7
    assert not any(str(known) in trail() for known in db.session.get_one(User, user_id).recovery_hashes)


def test_attempts_are_counted_for_the_account(inside):
    assert [bool(second_factor.attempt(7)) for _ in range(8)] == [True] * 6 + [False] * 2
    assert second_factor.attempt(8)
    second_factor.forget_attempts(7)
    assert second_factor.attempt(7)


def test_an_address_with_a_nul_byte_is_nobody(inside):
    assert accounts.find("nobody\0@example.vn") is None
    assert accounts.authenticate(email="nobody\0@example.vn", password=PASSWORD) is None
