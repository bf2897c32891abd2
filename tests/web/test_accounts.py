"""Signing in and out, guessing, the open redirect, one's own password."""

from __future__ import annotations

import statistics
import time

import pytest
from argon2 import PasswordHasher

from tracker.domain import RateCount, User, WebSession, db
from tracker.forms.accounts import password_problem
from tracker.services import accounts
from tracker.services.transactions import SYSTEM, write
from tracker.web import signing_in
from tracker.web.redirects import local

PASSWORD = "chè khoai tía đêm hè"


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
        accounts.add_user(email="Binh@example.vn", name="Lê Thị Bình", role="editor", password=PASSWORD)


def sign_in(client, password=PASSWORD, email="binh@example.vn", **data):
    return client.post("/sign-in", data={"email": email, "password": password, **data})


def test_the_right_password_opens_and_goes_on_to_where_one_wanted(client):
    answer = sign_in(client, next="/projects?province=46")
    assert (answer.status_code, answer.location) == (303, "/projects?province=46")
    assert "Lê Thị Bình" in client.get("/account").text


def test_a_name_typed_with_decomposed_letters_or_capitals_is_the_same(client):
    import unicodedata

    assert (
        sign_in(client, unicodedata.normalize("NFD", PASSWORD), email=" BINH@example.vn ").status_code == 303
    )


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client):
    wrong = sign_in(client, "not this one at all")
    unknown = sign_in(client, "not this one at all", email="nobody@example.vn")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.text.replace("binh@", "nobody@") == unknown.text
    assert 'value="binh@example.vn"' in wrong.text
    assert "not this one at all" not in wrong.text


def test_an_unknown_account_takes_as_long_as_a_wrong_password(app):
    def seconds(email):
        begin = time.perf_counter()
        accounts.authenticate(email=email, password="not this one at all")
        return time.perf_counter() - begin

    with app.app_context():
        seconds("nobody@example.vn")
        pairs = [(seconds("binh@example.vn"), seconds("nobody@example.vn")) for _ in range(5)]
    known, unknown = (statistics.median(column) for column in zip(*pairs, strict=True))
    assert 0.4 < known / unknown < 2.5  # a look-up without hashing would be a hundred times faster


def test_a_disabled_account_cannot_sign_in_and_its_open_sessions_end(app, client):
    sign_in(client)
    with app.app_context(), write(actor=SYSTEM, action="user"):
        accounts.find("binh@example.vn").active = False
    assert client.get("/account").status_code == 302
    assert sign_in(client).status_code == 400


def test_empty_fields_are_named(client):
    answer = sign_in(client, "", email="")
    assert answer.status_code == 400
    assert answer.text.count("field__error") >= 2


def test_an_outdated_hash_is_renewed(app):
    with app.app_context():
        with write(actor=SYSTEM, action="user"):
            accounts.find("binh@example.vn").password_hash = PasswordHasher(time_cost=1, memory_cost=64).hash(
                PASSWORD
            )
        assert accounts.authenticate(email="binh@example.vn", password=PASSWORD)
        assert "m=64," not in accounts.find("binh@example.vn").password_hash


def test_the_hash_is_argon2id_and_the_history_does_not_hold_it(app):
    from tracker.domain import AuditEvent

    with app.app_context():
        stored = accounts.find("binh@example.vn").password_hash
        assert stored.startswith("$argon2id$")
        assert all(stored not in str(event.changes) for event in db.session.query(AuditEvent))


def test_guessing_stops_with_a_time_to_wait_and_the_owner_elsewhere_is_not_locked_out(app, client):
    answers = [sign_in(client, f"wrong guess number {n}").status_code for n in range(10)]
    assert answers == [400] * 8 + [429] * 2
    refused = sign_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 1800
    elsewhere = app.test_client().post(
        "/sign-in",
        data={"email": "binh@example.vn", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert elsewhere.status_code == 303


def test_spellings_of_an_address_are_counted_as_one_account(client):
    spellings = ["binh@example.vn", "BINH@example.vn", "bi\0nh@example.vn", "binh\0@example.vn", "\0binh@example.vn"]
    answers = [
        client.post("/sign-in", data={"email": spellings[n % 5], "password": "wrong guess again"}).status_code
        for n in range(9)
    ]
    assert answers == [400] * 8 + [429]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_visitors_are_told_apart_by_the_address_that_is_their_own(app, address, counted):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert signing_in.network() == counted


def test_a_forged_forwarding_header_does_not_get_round_the_limit(client):
    answers = [
        client.post(
            "/sign-in",
            data={"email": "binh@example.vn", "password": "wrong guess again"},
            headers={"X-Forwarded-For": f"198.51.100.{n}"},
        ).status_code
        for n in range(9)
    ]
    assert answers[-1] == 429


def test_the_counters_do_not_hold_what_was_typed(app, client):
    sign_in(client, "wrong", email="my secret password")
    with app.app_context():
        assert all("secret" not in row.key for row in db.session.query(RateCount))


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "http:///evil.example",
        "///evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        "/\r\nSet-Cookie: a=b",
        "//evil.example@here",
        "/\\/evil.example",
        "\u3002evil",
        "////",
        "http:evil",
        "?x",
        "",
        None,
        "/x" * 2000,
    ],
)
def test_nobody_is_sent_off_the_site(target):
    assert local(target, "/projects") == "/projects"


@pytest.mark.parametrize("target", ["//evil.example", "/\t/evil.example", "https://evil.example"])
def test_signing_in_stays_on_the_site(target, client):
    assert sign_in(client, next=target).location == "/projects"


@pytest.mark.parametrize(
    "target", ["/", "/projects/HUE-SOL-001", "/projects?q=điện gió&page=2", "/map?bbox=1,2,3,4"]
)
def test_paths_of_the_site_are_kept(target):
    assert local(target, "/else") == target


def test_a_locked_page_asks_to_sign_in_and_comes_back(client):
    answer = client.get("/account")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=%2Faccount"


def test_changing_the_password_ends_all_other_sessions(app, client):
    sign_in(client)
    other = app.test_client()
    sign_in(other)
    before = client.get_cookie("tracker_session").value
    new = "mùa thu lá vàng rơi"
    answer = client.post("/account/password", data={"present": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 303
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    assert client.get_cookie("tracker_session").value != before
    with app.app_context():
        assert accounts.authenticate(email="binh@example.vn", password=new)
        assert not accounts.authenticate(email="binh@example.vn", password=PASSWORD)


@pytest.mark.parametrize(
    "data",
    [
        {"present": "something else", "new": "mùa thu lá vàng rơi", "again": "mùa thu lá vàng rơi"},
        {"present": PASSWORD, "new": "mùa thu lá vàng rơi", "again": "mùa thu lá vàng"},
        {"present": PASSWORD, "new": "short", "again": "short"},
        {"present": PASSWORD, "new": "binh@example.vn", "again": "binh@example.vn"},
    ],
)
def test_a_password_that_will_not_do_changes_nothing(app, client, data):
    sign_in(client)
    answer = client.post("/account/password", data=data)
    assert answer.status_code == 400
    assert "error-summary" in answer.text
    with app.app_context():
        assert accounts.authenticate(email="binh@example.vn", password=PASSWORD)


def test_sign_out_everywhere_else(app, client):
    sign_in(client)
    other = app.test_client()
    sign_in(other)
    assert client.post("/account/sessions/end").status_code == 303
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_two_accounts_cannot_share_an_address(app):
    with app.app_context(), pytest.raises(accounts.EmailTaken), write(actor=SYSTEM, action="user"):
        accounts.add_user(email="BINH@example.vn", name="Khác", role="viewer", password=PASSWORD)


def test_an_account_without_a_password_lets_nobody_in(app, client):
    with app.app_context(), write(actor=SYSTEM, action="user"):
        accounts.add_user(email="mai@example.vn", name="Mai", role="viewer")
    assert sign_in(client, "None", email="mai@example.vn").status_code == 400


def test_rules_of_a_password(app):
    with app.test_request_context():
        assert password_problem("correct horse battery") is None
        assert password_problem("aaaaaaaaaaaaaa")
        assert password_problem("x" * 300)
        assert password_problem("12 chars no")


def test_posting_without_a_token_is_refused(strict_app):
    client = strict_app.test_client()
    assert client.post("/sign-in", data={"email": "a", "password": "b"}).status_code == 400
    assert client.post("/sign-out").status_code == 400


def test_signing_in_leaves_one_session(app, client):
    client.get("/sign-in")
    sign_in(client)
    with app.app_context():
        assert [row.user_id for row in db.session.query(WebSession)] == [db.session.query(User).one().id]
