"""Sessions are rows: the id changes at sign-in, a copied cookie is dead after sign-out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from tracker.domain import WebSession, db
from tracker.domain.dates import utc_now
from tracker.services import accounts, limits, sessions
from tracker.services.transactions import SYSTEM, keep, write

PASSWORD = "chè khoai tía đêm hè"
COOKIE = "tracker_session"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Hash with little memory: the library's own cost is tried where it is what the test is about."""
    accounts._nobody.cache_clear()
    monkeypatch.setattr(
        accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    )
    yield
    accounts._nobody.cache_clear()


@pytest.fixture(autouse=True)
def binh(app, quick_hashes):
    with app.app_context(), write(actor=SYSTEM, action="user"):
        accounts.add_user(email="binh@example.vn", name="Bình", role="editor", password=PASSWORD)


def sign_in(client):
    answer = client.post("/sign-in", data={"email": "binh@example.vn", "password": PASSWORD})
    assert answer.status_code == 303
    return client.get_cookie(COOKIE).value


def rows(app):
    with app.app_context():
        return db.session.query(WebSession).count()


def test_a_visitor_gets_no_row_and_no_cookie(app, client):
    answer = client.get("/healthz")
    assert "Set-Cookie" not in answer.headers
    assert rows(app) == 0


def test_a_copied_cookie_is_dead_after_sign_out(app, client):
    copied = sign_in(client)
    thief = app.test_client()
    thief.set_cookie(COOKIE, copied)
    assert thief.get("/account").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert thief.get("/account").status_code == 302
    assert client.get_cookie(COOKIE) is None
    assert rows(app) == 0


def test_the_id_changes_at_sign_in_and_a_planted_one_is_not_taken_over(app, client):
    client.set_cookie(COOKIE, "planted-by-somebody")
    client.get("/sign-in")
    before = client.get_cookie(COOKIE)
    after = sign_in(client)
    assert after not in ("planted-by-somebody", before.value if before else None)
    with app.app_context():
        assert sessions.load("planted-by-somebody") is None
        assert before is None or sessions.load(before.value) is None


def test_the_form_works_with_its_token_and_the_cookie_of_the_form_ends(strict_app):
    with strict_app.app_context():
        pass
    client = strict_app.test_client()
    page = client.get("/sign-in").text
    before = client.get_cookie(COOKIE).value
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = client.post(
        "/sign-in", data={"email": "binh@example.vn", "password": PASSWORD, "csrf_token": token}
    )
    assert answer.status_code == 303
    stale = strict_app.test_client()
    stale.set_cookie(COOKIE, before)
    assert stale.get("/account").status_code == 302


def test_flags_of_the_cookie(client):
    answer = client.post("/sign-in", data={"email": "binh@example.vn", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie


def test_flags_of_the_cookie_over_https(factory):
    secure = factory(secure_cookies=True)
    answer = secure.test_client().post(
        "/sign-in", data={"email": "binh@example.vn", "password": PASSWORD}, base_url="https://localhost"
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tracker_session=")
    assert "Secure" in cookie


def test_only_the_hash_of_the_token_is_stored(app, client):
    token = sign_in(client)
    with app.app_context():
        row = db.session.query(WebSession).one()
        assert token.encode() not in row.token_hash
        assert len(row.token_hash) == 32


@pytest.mark.parametrize(
    ("created", "seen", "good"),
    [
        (timedelta(hours=1), timedelta(hours=1), True),
        (timedelta(hours=9), timedelta(hours=8, minutes=1), False),
        (timedelta(hours=24, minutes=1), timedelta(minutes=1), False),
        (timedelta(hours=23), timedelta(minutes=1), True),
    ],
)
def test_idle_and_absolute_limits(app, client, created, seen, good):
    sign_in(client)
    with app.app_context(), keep() as session:
        row = session.query(WebSession).one()
        row.created_at, row.seen_at = utc_now() - created, utc_now() - seen
    assert (client.get("/account").status_code == 200) is good


def test_being_seen_is_noted_at_most_every_ten_minutes(app, client):
    sign_in(client)
    client.get("/account")  # stores the token of the page's forms

    def seen(ago=None):
        with app.app_context(), keep() as session:
            row = session.query(WebSession).one()
            if ago is not None:
                row.seen_at = utc_now() - ago
            return row.seen_at

    recent = seen(timedelta(minutes=9))
    client.get("/account")
    assert seen() == recent
    old = seen(timedelta(minutes=11))
    client.get("/account")
    assert seen() > old


def test_rows_that_are_over_are_pruned(app, client):
    sign_in(client)
    with app.app_context(), keep() as session:
        session.query(WebSession).one().created_at = utc_now() - timedelta(days=2)
    sign_in(app.test_client())
    assert rows(app) == 1


def test_a_session_that_ended_is_not_made_again(app, client):
    token = sign_in(client)
    with app.app_context():
        sessions.end(token)
        assert sessions.save(token, {"a": 1}) is False
    assert rows(app) == 0


def test_a_database_that_cannot_be_written_still_serves_who_is_signed_in(app, client, monkeypatch):
    from sqlalchemy.exc import OperationalError

    sign_in(client)
    with app.app_context(), keep() as session:
        session.query(WebSession).one().seen_at = utc_now() - timedelta(minutes=30)

    def refuse(*_args, **_kwargs):
        raise OperationalError("UPDATE", {}, Exception("attempt to write a readonly database"))

    monkeypatch.setattr(sessions, "refresh", refuse)
    assert client.get("/account").status_code == 200


def test_a_session_that_cannot_be_read_is_nobody(app, client, monkeypatch):
    from sqlalchemy.exc import OperationalError

    sign_in(client)

    def refuse(_token):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(sessions, "load", refuse)
    assert client.get("/account").status_code == 302


def test_the_limiter_counts_over_two_instances_of_the_program(app, factory):
    other = factory()
    allowed = 0
    for n in range(12):
        with (app, other)[n % 2].app_context():
            allowed += bool(limits.hit("k", limit=5, window_seconds=900))
    assert allowed == 5


def test_the_turn_of_a_window_does_not_let_twice_as_many_through(app):
    start = utc_now().replace(minute=14, second=50, microsecond=0)
    with app.app_context():
        results = [
            limits.hit("w", limit=5, window_seconds=900, now=start + timedelta(seconds=n * 4))
            for n in range(10)
        ]
        assert sum(map(bool, results)) <= 6
        refused = next(result for result in results if not result)
        assert 0 < refused.retry_after <= 900
        later = start + timedelta(seconds=40 + results[-1].retry_after)
        assert limits.hit("w", limit=5, window_seconds=900, now=later)


def test_old_counters_are_removed(app):
    from tracker.domain import RateCount

    with app.app_context():
        limits.hit("old", limit=5, window_seconds=60, now=utc_now() - timedelta(days=3))
        limits.hit("new", limit=5, window_seconds=60)
        assert [row.key for row in db.session.query(RateCount)] == ["new"]


def test_sessions_and_counters_behave_alike_on_both_databases(inside):
    with write(actor=SYSTEM, action="user"):
        user_id = accounts.add_user(email="an@example.vn", name="An", role="editor", password=PASSWORD).id
    token = sessions.start(user_id=user_id, data={"a": "đ"}, user_agent=None, address=None)
    assert sessions.load(token).data == {"a": "đ"}
    assert sessions.save(token, {"b": 1})
    assert [listed.current for listed in sessions.of_user(user_id, token=token)] == [True]
    other = sessions.start(user_id=user_id, data={}, user_agent=None, address=None, instead_of=token)
    assert sessions.load(token) is None
    sessions.end_all(user_id)
    assert sessions.load(other) is None
    results = [bool(limits.hit("both", limit=3, window_seconds=900)) for _ in range(5)]
    assert results == [True] * 3 + [False] * 2
