"""Who may open what: every route for every role, no change without a token, no change by looking."""

from __future__ import annotations

import itertools

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import factories
from tests.conftest import sign_in
from tests.walking import Door, doors, pages
from tracker.domain import User, db
from tracker.domain.users import ROLES
from tracker.services import portfolio, sessions
from tracker.services.transactions import SYSTEM, write

# People, search engines and other programs keep these addresses; none may disappear.
KEPT = (
    "/",
    "/projects",
    "/projects/HUE-SOL-001",
    "/projects.xlsx",
    "/projects.csv",
    "/projects.geojson",
    "/projects/HUE-SOL-001.xlsx",
    "/projects/HUE-SOL-001.csv",
    "/projects/HUE-SOL-001.geojson",
    "/map",
    "/map/data.json",
    "/plan",
    "/plan.json",
    "/sign-in",
    "/healthz",
    "/robots.txt",
    "/favicon.ico",
)
BEHIND = ("/projects/new", "/projects/HUE-SOL-001/edit", "/account")
VISITORS = ("anonymous", *ROLES.codes(), "disabled")
CODE = "HUE-SOL-001"
NUMBERS = itertools.count(1)
CONTENTS_MAY_CHANGE = {"web_session", "rate_count"}  # no part of the portfolio


@pytest.fixture
def app(app: Flask) -> Flask:
    """Return an application with one published project and one draft."""
    with app.app_context():
        assert factories.make_project(sources=[{"citation": "QĐ 768"}]) == CODE
        factories.make_project(publish=False, sources=[{"citation": "QĐ 768"}])
    return app


def visitor(app: Flask, who: str) -> FlaskClient:
    """Return the browser of somebody; `disabled` is an administrator whose account was closed meanwhile."""
    if who == "anonymous":
        return app.test_client()
    if who != "disabled":
        return sign_in(app, who)
    with app.app_context():
        email = f"closed-{next(NUMBERS)}@example.org"
        user_id = factories.make_user(role="administrator", email=email).id
        token = sessions.start(user_id=user_id, data={}, user_agent="test", address="127.0.0.1")
        with write(actor=SYSTEM, action="test"):
            db.session.get_one(User, user_id).active = False
    browser: FlaskClient = app.test_client()
    browser.set_cookie(app.config["SESSION_COOKIE_NAME"], token)
    return browser


def lets_in(lock: str | None, who: str) -> bool:
    """Return whether a lock opens for somebody."""
    if lock == "everyone":
        return True
    return who in ROLES and lock in ROLES and ROLES.order(who) >= ROLES.order(lock)


def verdict(door: Door, who: str, status: int, location: str | None) -> str:
    """Return what is wrong with an answer, empty when it is as it must be."""
    if lets_in(door.lock, who):
        good = status in (200, 301, 302, 303, 304, 400, 404, 409) and "/sign-in" not in (location or "")
    elif who in ROLES or door.method != "GET":
        good = status == 403
    else:
        good = status == 302 and (location or "").startswith("/sign-in?next=")
    return "" if good else f"{who} {door.method} {door.path} ({door.lock}): {status} {location or ''}"


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    found = doors(app, codes=[CODE])
    unmarked = sorted({door.endpoint for door in found if door.lock not in ("everyone", *ROLES.codes())})
    assert not unmarked, f"views without a mark of web/access.py: {unmarked}"


def test_what_changes_something_is_no_get_and_is_locked(app: Flask) -> None:
    open_to_all = {
        door.endpoint for door in doors(app, codes=[CODE]) if door.method != "GET" and door.lock == "everyone"
    }
    assert open_to_all == {
        "accounts.check_sign_in",
        "accounts.sign_out",
        "invitations.choose",
        "second_factor.check",
    }


def test_every_route_for_every_role(app: Flask) -> None:
    wrong, asked = [], 0
    for who in VISITORS:
        browser = visitor(app, who)
        for door in doors(app, codes=[CODE]):
            if door.method != "GET":
                continue
            answer = browser.open(door.path, method=door.method)
            asked += 1
            wrong.append(verdict(door, who, answer.status_code, answer.location))
    assert asked >= len(VISITORS) * 20
    assert not [words for words in wrong if words]


@pytest.mark.parametrize("who", VISITORS)
def test_every_change_for_every_role(app: Flask, who: str) -> None:
    wrong = []
    for number, door in enumerate(doors(app, codes=[CODE])):
        if door.method == "GET":
            continue
        answer = visitor(app, who).open(door.path, method=door.method, data={"reason": str(number)})
        wrong.append(verdict(door, who, answer.status_code, answer.location))
    assert not [words for words in wrong if words]


def test_those_who_may_not_change_nothing(app: Flask) -> None:
    browsers = {who: visitor(app, who) for who in ("anonymous", "viewer", "disabled")}
    before = contents(app)
    for who, browser in browsers.items():
        for door in doors(app, codes=[CODE]):
            if door.method != "GET" and not lets_in(door.lock, who):
                browser.open(door.path, method=door.method, data={"comment": "x", "action": "publish"})
    assert contents(app) == before


def test_methods_that_a_route_does_not_know_are_refused(app: Flask) -> None:
    browser = sign_in(app, "administrator")
    known = {(door.path, door.method) for door in doors(app, codes=[CODE])}
    for path in sorted({path for path, _ in known}):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            if (path, method) not in known:
                assert browser.open(path, method=method).status_code in (404, 405), (method, path)


@pytest.mark.parametrize("who", ["anonymous", "administrator"])
def test_no_change_without_the_token_of_the_form(strict_app: Flask, app: Flask, who: str) -> None:
    browser = visitor(strict_app, who)
    before = contents(app)
    asked = 0
    for door in doors(app, codes=[CODE]):
        if door.method == "GET":
            continue
        for headers in ({}, {"X-CSRFToken": "made-up"}, {"Content-Type": "application/json"}):
            data = "{}" if "Content-Type" in headers else {"comment": "x", "csrf_token": "made-up"}
            answer = browser.open(door.path, method=door.method, data=data, headers=headers)
            assert answer.status_code in (400, 403), (door.path, headers, answer.status_code)
            asked += 1
    assert asked >= 30
    assert contents(app) == before
    if who != "anonymous":
        assert browser.get("/account").status_code == 200  # sign-out was refused as well


@pytest.mark.parametrize("who", ["anonymous", "administrator"])
def test_looking_changes_nothing(app: Flask, who: str) -> None:
    browser = visitor(app, who)
    before = contents(app)
    for address in pages(app, codes=[CODE], lang="en", public=False):
        browser.get(address)
        browser.head(address)
    assert contents(app) == before


def test_addresses_that_people_keep_are_there(app: Flask) -> None:
    browser = app.test_client()
    for path in KEPT:
        with browser.get(path, follow_redirects=True) as answer:
            assert answer.status_code == 200, path
    for path in BEHIND:
        assert browser.get(path).location == f"/sign-in?next={path.replace('/', '%2F')}", path
        assert sign_in(app, "editor").get(path).status_code == 200, path


def test_what_does_not_exist_and_what_is_not_public_look_alike(app: Flask) -> None:
    """A visitor cannot tell a draft's code from one that was never given."""
    browser = app.test_client()
    for ending in ("", ".xlsx", ".csv", ".geojson"):
        draft, nothing = (browser.get(f"/projects/{code}{ending}") for code in ("HUE-SOL-002", "HUE-SOL-999"))
        assert draft.status_code == nothing.status_code == 404
        assert draft.text.replace("HUE-SOL-002", "") == nothing.text.replace("HUE-SOL-999", "")


def contents(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but sessions and counters, and the revision."""
    with app.app_context():
        found = {
            table.name: sorted(tuple(map(repr, row)) for row in db.session.execute(sa.select(table)))
            for table in db.metadata.sorted_tables
            if table.name not in CONTENTS_MAY_CHANGE
        }
        found["revision number"] = [(portfolio.revision(),)]
        db.session.remove()
    return found
