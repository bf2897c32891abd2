"""Accounts in the hands of an administrator, and the page behind a one-time link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.conftest import sign_in
from tests.factories import make_user
from tracker.domain import AuditEvent, Revision, User, UserToken, WebSession, db
from tracker.domain.dates import utc_now
from tracker.services import accounts, sessions
from tracker.services.transactions import SYSTEM, keep, write

PASSWORD = "chè khoai tía đêm hè"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    monkeypatch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1))


@pytest.fixture
def admin(app):
    with app.app_context():
        make_user(role="administrator", password=PASSWORD, name="Quản Trị")
    return sign_in(app, "administrator")


@pytest.fixture
def binh(app):
    with app.app_context():
        return make_user(email="binh@example.vn", name="Lê Thị Bình", password=PASSWORD).id


def invite(admin, email="an@example.vn", role="editor", name="Trần An"):
    return admin.post("/users/new", data={"email": email, "name": name, "role": role})


def link_in(answer) -> str:
    return re.search(r'value="http://localhost(/invitation/[\w-]+)"', answer.text).group(1)


def user(app, user_id):
    return db.session.get(User, user_id)


def last_action() -> str | None:
    return db.session.scalar(select(Revision.action).order_by(Revision.number.desc()).limit(1))


def test_an_invitation_leads_to_an_account_that_works(app, admin):
    answer = invite(admin)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    link = link_in(answer)
    assert link not in admin.get("/users?lang=en").text
    person = app.test_client()
    page = person.get(link)
    assert page.status_code == 200
    assert "an@example.vn" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    chosen = person.post(link, data={"new": PASSWORD, "again": PASSWORD})
    assert (chosen.status_code, chosen.location) == (303, "/projects")
    assert "Trần An" in person.get("/account").text
    assert person.get(link).status_code == 404
    again = app.test_client().post(link, data={"new": "another long password", "again": "another long password"})
    assert again.status_code == 404
    with app.app_context():
        assert accounts.authenticate(email="an@example.vn", password=PASSWORD)
        rows = db.session.execute(
            select(Revision.actor_name, Revision.action, AuditEvent.entity, AuditEvent.operation)
            .join(AuditEvent, AuditEvent.revision == Revision.number)
            .order_by(AuditEvent.id)
        ).all()
        assert ("Quản Trị", "invite account", "user_account", "insert") in rows
        assert ("Trần An", "choose password", "user_account", "update") in rows


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("short", "short", "at least 12 characters"),
        (PASSWORD, PASSWORD + "x", "are not the same"),
        ("an@example.vn 1", "an@example.vn 1", "own name or e-mail address"),
        ("", "", "Enter the new password"),
    ],
)
def test_a_poor_password_is_refused_with_words_and_the_link_stays(app, admin, new, again, words):
    link = link_in(invite(admin, email="an.nguyen@example.vn" if "@" not in new else "an@example.vn"))
    person = app.test_client()
    answer = person.post(link + "?lang=en", data={"new": new, "again": again})
    assert answer.status_code == 400
    assert words in answer.text
    if new:
        assert f'value="{new}"' not in answer.text
    assert person.post(link, data={"new": PASSWORD, "again": PASSWORD}).status_code == 303


def test_an_expired_link_says_so_and_changes_nothing(app, admin):
    link = link_in(invite(admin))
    with app.app_context(), keep() as session:
        session.scalars(select(UserToken)).one().expires_at = utc_now() - timedelta(minutes=1)
    for answer in (
        app.test_client().get(link + "?lang=en"),
        app.test_client().post(link + "?lang=en", data={"new": PASSWORD, "again": PASSWORD}),
    ):
        assert answer.status_code == 410
        assert "expired" in answer.text
    with app.app_context():
        assert accounts.find("an@example.vn").password_hash is None


def test_whoever_tries_many_links_is_asked_to_wait(app):
    client = app.test_client()
    answers = [client.get(f"/invitation/guess-{n}").status_code for n in range(32)]
    assert answers == [404] * 30 + [429] * 2
    assert int(client.get("/invitation/guess").headers["Retry-After"]) > 0


def test_many_tries_of_one_link_are_refused(app, admin):
    link = link_in(invite(admin))
    client = app.test_client()
    answers = [client.post(link, data={"new": "x", "again": "x"}).status_code for _ in range(21)]
    assert answers == [400] * 20 + [429]


def test_a_reset_ends_everything_old_and_asks_for_the_second_step_still(app, admin, binh):
    with app.app_context():
        sessions.start(user_id=binh, data={}, user_agent="Firefox on a telephone", address="192.0.2.7")
    page = admin.get(f"/users/{binh}")
    assert "Firefox on a telephone" in page.text
    assert "192.0.2.7" in page.text
    answer = admin.post(f"/users/{binh}/reset")
    link = link_in(answer)
    with app.app_context():
        assert db.session.scalar(select(WebSession).where(WebSession.user_id == binh)) is None
        assert accounts.authenticate(email="binh@example.vn", password=PASSWORD) is None
        with write(actor=SYSTEM, action="on"):
            user(app, binh).totp_secret = "JBSWY3DPEHPK3PXP"
            user(app, binh).totp_since = utc_now()
    person = app.test_client()
    chosen = person.post(link, data={"new": "một mật khẩu rất mới", "again": "một mật khẩu rất mới"})
    assert chosen.location == "/sign-in/code"
    assert person.get("/account").status_code == 302


def test_blocking_signs_out_and_unblocking_lets_in_again(app, admin, binh):
    person = app.test_client()
    person.post("/sign-in", data={"email": "binh@example.vn", "password": PASSWORD})
    assert person.get("/account").status_code == 200
    assert admin.post(f"/users/{binh}/block").status_code == 303
    assert person.get("/account").status_code == 302
    assert person.post("/sign-in", data={"email": "binh@example.vn", "password": PASSWORD}).status_code == 400
    assert admin.post(f"/users/{binh}/reset").status_code == 409
    assert admin.post(f"/users/{binh}/unblock").status_code == 303
    assert person.post("/sign-in", data={"email": "binh@example.vn", "password": PASSWORD}).status_code == 303
    with app.app_context():
        assert last_action() == "unblock account"


def test_name_and_role_change_and_stand_in_the_trail(app, admin, binh):
    answer = admin.post(f"/users/{binh}", data={"name": "Lê Bình", "role": "approver"})
    assert answer.location == f"/users/{binh}"
    with app.app_context():
        assert (user(app, binh).name, user(app, binh).role) == ("Lê Bình", "approver")
        event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert (event.entity, event.entity_key) == ("user_account", str(binh))
        assert event.changes == {"name": ["Lê Thị Bình", "Lê Bình"], "role": ["editor", "approver"]}
    bad = admin.post(f"/users/{binh}", data={"name": "", "role": "king"})
    assert bad.status_code == 400


def test_nobody_blocks_or_resets_the_own_account_or_the_last_administrator(app, admin):
    with app.app_context():
        mine = accounts.find("administrator@example.org").id
    for path in ("block", "reset", "second-factor/off"):
        assert admin.post(f"/users/{mine}/{path}").status_code == 409
    demoted = admin.post(f"/users/{mine}?lang=en", data={"name": "Quản Trị", "role": "editor"})
    assert demoted.status_code == 409
    assert "last administrator" in demoted.text
    with app.app_context():
        found = user(app, mine)
        assert (found.active, found.role) == (True, "administrator")


@pytest.mark.parametrize(
    "data",
    [
        {"email": "binh@example.vn", "name": "B", "role": "editor"},
        {"email": "BINH@example.vn ", "name": "B", "role": "editor"},
        {"email": "no-address", "name": "B", "role": "editor"},
        {"email": "a b@example.vn", "name": "B", "role": "editor"},
        {"email": "a\0b@example.vn", "name": "B", "role": "editor"},
        {"email": "c@example.vn", "name": "", "role": "editor"},
        {"email": "c@example.vn", "name": "C", "role": "owner"},
        {"email": f"{'c' * 250}@example.vn", "name": "C", "role": "editor"},
    ],
)
def test_an_invitation_that_cannot_be_is_refused_on_its_field(app, admin, binh, data):
    answer = admin.post("/users/new", data=data)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text or "field--error" in answer.text
    with app.app_context():
        assert len(accounts.everybody()) == 2


def test_hostile_names_stay_text(app, admin):
    hostile = "<img src=x onerror=alert(1)>"
    answer = invite(admin, name=hostile)
    assert hostile not in answer.text
    assert hostile not in admin.get("/users").text


def test_accounts_that_do_not_exist_are_not_found(admin):
    assert admin.get("/users/999").status_code == 404
    assert admin.post("/users/999/block").status_code == 404
    assert admin.get(f"/users/{2**70}").status_code == 404


def test_the_address_behind_trusted_proxies_is_the_visitors(factory):
    app = factory(trusted_proxies=1)
    with app.app_context():
        make_user(role="administrator", password=PASSWORD)
    client = app.test_client()
    client.post(
        "/sign-in",
        data={"email": "administrator@example.org", "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"},
    )
    with app.app_context():
        assert db.session.scalars(select(WebSession.address)).all() == ["198.51.100.4"]


def test_without_trusted_proxies_the_header_is_not_believed(app):
    with app.app_context():
        make_user(password=PASSWORD)
    client = app.test_client()
    client.post(
        "/sign-in",
        data={"email": "editor@example.org", "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    with app.app_context():
        assert db.session.scalars(select(WebSession.address)).all() == ["127.0.0.1"]
