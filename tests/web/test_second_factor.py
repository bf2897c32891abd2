"""The second step of signing in: set up, asked for, lost, switched off."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from tests.conftest import sign_in as browser_of
from tests.factories import make_user
from tracker.domain import AuditEvent, User, WebSession, db
from tracker.domain.dates import utc_now
from tracker.services import accounts, second_factor
from tracker.services.transactions import SYSTEM, keep, write

PASSWORD = "chè khoai tía đêm hè"
EMAIL = "binh@example.vn"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    monkeypatch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1))


@pytest.fixture
def binh(app):
    with app.app_context():
        return make_user(email=EMAIL, name="Lê Thị Bình", password=PASSWORD).id


@pytest.fixture
def protected(app, binh):
    """Bình with the second step on: returns the secret and the recovery codes."""
    secret = second_factor.new_secret()
    with app.app_context(), write(actor=SYSTEM, action="on"):
        codes = second_factor.switch_on(db.session.get_one(User, binh), secret)
    return secret, codes


def password(client, **data):
    return client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, **data})


def now(secret, offset=0):
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=offset))


def is_in(client):
    return client.get("/account").status_code == 200


def test_set_up_shows_qr_and_secret_and_gives_recovery_codes_once(app, client, binh):
    password(client)
    other = app.test_client()
    password(other)
    page = client.get("/account/second-factor?lang=en")
    assert 'src="data:image/svg+xml' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page.text).group(1).replace(" ", "")
    assert client.get("/account/second-factor").text.count(secret[:4]) >= 1  # the same on a second look
    assert client.post("/account/second-factor", data={"code": "000000"}).status_code == 400
    done = client.post("/account/second-factor", data={"code": now(secret)})
    assert done.status_code == 200
    codes = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", done.text)
    assert len(codes) == 8
    assert codes[0] not in client.get("/account/second-factor").text
    assert is_in(client)
    assert not is_in(other)
    with app.app_context():
        told = " ".join(str(event.changes) for event in db.session.query(AuditEvent))
        assert "totp_secret" in told
        assert secret not in told
        assert "totp" not in str([row.data for row in db.session.query(WebSession)])
        assert secret not in str([row.data for row in db.session.query(WebSession)])


def test_password_alone_does_not_open_the_account(client, protected):
    answer = password(client, next="/plan")
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    assert not is_in(client)
    assert client.get("/sign-in/code").status_code == 200
    opened = client.post("/sign-in/code", data={"code": now(protected[0])})
    assert (opened.status_code, opened.location) == (303, "/plan")
    assert is_in(client)


def test_a_wrong_password_never_asks_for_a_code(client, protected):
    assert client.post("/sign-in", data={"email": EMAIL, "password": "wrong password here"}).status_code == 400
    assert client.get("/sign-in/code").status_code == 400
    assert client.post("/sign-in/code", data={"code": now(protected[0])}).status_code == 400
    assert not is_in(client)


def test_the_browser_gets_another_session_after_the_code(app, client, protected):
    password(client)
    name = app.config["SESSION_COOKIE_NAME"]
    half = client.get_cookie(name).value
    client.post("/sign-in/code", data={"code": now(protected[0])})
    assert client.get_cookie(name).value != half
    thief = app.test_client()
    thief.set_cookie(name, half)
    assert not is_in(thief)


def test_a_used_code_is_refused_in_another_browser(app, client, protected):
    code = now(protected[0])
    password(client)
    assert client.post("/sign-in/code", data={"code": code}).status_code == 303
    onlooker = app.test_client()
    password(onlooker)
    again = onlooker.post("/sign-in/code?lang=en", data={"code": code})
    assert again.status_code == 400
    assert "used already" in again.text
    assert not is_in(onlooker)


def test_guessing_locks_for_a_while_over_browsers_and_instances(app, factory, client, protected):
    other = factory().test_client()
    statuses = []
    for n in range(8):
        guesser = (client, other)[n % 2]
        password(guesser)
        statuses.append(guesser.post("/sign-in/code", data={"code": "000000"}).status_code)
    assert statuses == [400] * 6 + [429] * 2
    right = client.post("/sign-in/code", data={"code": now(protected[0])})
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) > 0


def test_the_code_must_follow_soon_and_for_the_same_password(app, client, binh, protected):
    password(client)
    with app.app_context(), keep() as session:
        row = session.query(WebSession).one()
        row.data = {**row.data, "half_way_in": {**row.data["half_way_in"], "at": row.data["half_way_in"]["at"] - 601}}
    assert client.post("/sign-in/code", data={"code": now(protected[0])}).status_code == 400
    password(client)
    with app.app_context(), write(actor=SYSTEM, action="set password"):
        accounts.set_password(db.session.get_one(User, binh), "another good password")
    assert client.post("/sign-in/code", data={"code": now(protected[0])}).status_code == 400
    assert not is_in(client)


def test_a_recovery_code_opens_once(app, client, protected):
    password(client)
    assert client.post("/sign-in/code", data={"code": protected[1][0]}).status_code == 303
    assert is_in(client)
    other = app.test_client()
    password(other)
    assert other.post("/sign-in/code", data={"code": protected[1][0]}).status_code == 400
    assert not is_in(other)


def test_switching_off_needs_password_and_code(app, client, binh, protected):
    secret, codes = protected
    password(client)
    client.post("/sign-in/code", data={"code": now(secret)})
    for data in (
        {"password": PASSWORD, "code": "000000"},
        {"password": "wrong password here", "code": now(secret, 30)},
        {"password": PASSWORD, "code": ""},
    ):
        assert client.post("/account/second-factor/off", data=data).status_code == 400
    answer = client.post("/account/second-factor/off", data={"password": PASSWORD, "code": codes[3]})
    assert answer.status_code == 303
    with app.app_context():
        user = db.session.get_one(User, binh)
        assert (user.totp_secret, user.totp_since, user.recovery_hashes) == (None, None, None)
    assert password(app.test_client()).location == "/projects"


def test_an_administrator_helps_whoever_lost_the_telephone(app, client, binh, protected):
    password(client)
    client.post("/sign-in/code", data={"code": now(protected[0])})
    admin = browser_of(app, "administrator")
    assert admin.post(f"/users/{binh}/second-factor/off").status_code == 303
    assert not is_in(client)
    assert password(client).location == "/projects"
    with app.app_context():
        event = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert (event.entity, event.entity_key) == ("user_account", str(binh))
        assert protected[0] not in str(event.changes)


def test_the_pages_work_with_their_token_and_not_without(strict_app):
    with strict_app.app_context():
        make_user(email=EMAIL, password=PASSWORD)
    client = strict_app.test_client()
    assert client.post("/sign-in/code", data={"code": "123456"}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text).group(1)
    assert password(client, csrf_token=token).status_code == 303
    page = client.get("/account/second-factor").text
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page).group(1).replace(" ", "")
    assert client.post("/account/second-factor", data={"code": now(secret)}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    done = client.post("/account/second-factor", data={"code": now(secret), "csrf_token": token})
    assert done.status_code == 200
