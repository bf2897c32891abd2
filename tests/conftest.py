"""Applications over databases of their own: SQLite always, PostgreSQL where TEST_DATABASE_URL names a server.

A migrated database with the reference data, and one with the demo portfolio, are made once and copied for
each test.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.looking import LookingClient
from tracker.domain import db
from tracker.services import reference
from tracker.settings import Settings
from tracker.web import create_app

Factory = Callable[[], Flask]


def make_app(home: Path, url: str | None = None, *, strict: bool = False, **changes: Any) -> Flask:
    """Return an application over `url`, an SQLite file in `home` by default.

    `strict`: forms need their token.
    """
    home.mkdir(parents=True, exist_ok=True)
    app = create_app(
        Settings(
            home=home,
            database_url=url or f"sqlite:///{home / 'tracker.sqlite3'}",
            secret_key="for tests",
            testing=True,
            **changes,
        )
    )
    app.config["WTF_CSRF_ENABLED"] = strict
    app.test_client_class = LookingClient
    return app


def close(app: Flask) -> None:
    """Let go of the application's connections."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def prepare(app: Flask, *, demo: bool = False) -> None:
    """Migrate the application's database and fill it with the reference data, and the demo portfolio when
    asked to.
    """
    from tracker.services import demo as portfolio
    from tracker.services import samples

    with app.app_context():
        flask_migrate.upgrade()
        reference.load(app.config["TRACKER"].data)
        if demo:
            portfolio.load_portfolio(app.config["TRACKER"].data)
            samples.load(app.config["TRACKER"].data, passwords={})
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    close(app)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a prepared SQLite database: `reference` or `demo`.

    Shared by all workers of a run.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def template(name: str) -> Path:
        home = shared / f"template-{name}"
        with (shared / f"template-{name}.lock").open("ab") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if not (home / "done").exists():
                prepare(make_app(home), demo=name == "demo")
                (home / "done").touch()
        return home

    return template


@pytest.fixture
def factory(tmp_path: Path, templates: Callable[[str], Path]) -> Iterator[Callable[..., Flask]]:
    """Return a maker of applications over a copy of a template: `factory("demo")`, `factory(strict=True)`."""
    made: list[Flask] = []

    def make(name: str = "reference", **options: Any) -> Flask:
        home = tmp_path / "home"
        if not home.exists():
            home.mkdir()
            shutil.copy(templates(name) / "tracker.sqlite3", home / "tracker.sqlite3")
        made.append(make_app(home, **options))
        return made[-1]

    yield make
    for app in made:
        close(app)


@pytest.fixture
def app(factory: Callable[..., Flask]) -> Flask:
    """Return an application over SQLite with the reference data and nothing else."""
    return factory()


@pytest.fixture
def demo_app(factory: Callable[..., Flask]) -> Flask:
    """Return an application over SQLite with the demo portfolio and the sample set."""
    return factory("demo")


@pytest.fixture
def strict_app(factory: Callable[..., Flask]) -> Flask:
    """Return an application whose forms need their token, as outside of tests."""
    return factory(strict=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a visitor's browser that looks over the shoulder of each page (see `tests.looking`)."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., FlaskClient]:
    """Return a maker of browsers in which somebody with a role is signed in: `signed_in("editor")`."""

    def browser(role: str = "editor", *, on: Flask | None = None) -> FlaskClient:
        return sign_in(on or app, role)

    return browser


def sign_in(app: Flask, role: str) -> FlaskClient:
    """Return a browser with a session of an account of that role; the account is made when it is missing."""
    from tests.factories import make_user
    from tracker.services import accounts, sessions

    email = f"{role}@example.org"
    with app.app_context():
        user = accounts.find(email) or make_user(role=role, email=email)
        token = sessions.start(user_id=user.id, data={}, user_agent="test", address="127.0.0.1")
        db.session.remove()
    browser: FlaskClient = app.test_client()
    browser.set_cookie(app.config["SESSION_COOKIE_NAME"], token)
    return browser


class Server:
    """The PostgreSQL server of the tests: databases made from a template, each dropped after its test."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = sa.make_url(url)
        self._folder = folder
        self._admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self._stem = f"t{os.getpid()}_{worker}_{int(time.time())}"
        self._count = 0
        self._template: str | None = None

    def database(self, *, template: bool = True) -> str:
        """Return the address of a new database with the reference data; else an empty one with PostGIS."""
        self._count += 1
        name = f"{self._stem}_{self._count}"
        self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {self._ready()}" if template else ""))
        address = self._address(name)
        if not template:
            engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
            with engine.connect() as connection:
                connection.exec_driver_sql("CREATE EXTENSION postgis")
        return address

    def _ready(self) -> str:
        if self._template is None:
            address = self.database(template=False)
            self._template = address.rsplit("/", 1)[1]
            prepare(make_app(self._folder, address))
        return self._template

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Drop a database of ours."""
        self._run(f"DROP DATABASE IF EXISTS {address.rsplit('/', 1)[1]} WITH (FORCE)")

    def close(self) -> None:
        """Drop the template."""
        if self._template is not None:
            self.drop(self._address(self._template))

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the server that TEST_DATABASE_URL names."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        pytest.skip("TEST_DATABASE_URL is not set (make test starts a server)")
    server = Server(url, tmp_path_factory.mktemp("postgres"))
    yield server
    server.close()


@pytest.fixture
def postgres_app(postgres: Server, tmp_path: Path) -> Iterator[Flask]:
    """Return an application over a PostgreSQL + PostGIS database of its own with the reference data."""
    address = postgres.database()
    app = make_app(tmp_path / "home", address)
    yield app
    close(app)
    postgres.drop(address)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both(request: pytest.FixtureRequest) -> Flask:
    """Return an application over SQLite, then one over PostgreSQL."""
    found: Flask = request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")
    return found


@pytest.fixture
def inside(both: Flask) -> Iterator[Flask]:
    """Enter the context of the application, on SQLite and on PostgreSQL."""
    with both.app_context():
        yield both


class Clock:
    """The moment at which writes are recorded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def set(self, moment: str) -> None:
        """Stop the clock at an ISO moment with its time zone."""
        at = datetime.fromisoformat(moment)
        self._monkeypatch.setattr("tracker.services.transactions.utc_now", lambda: at)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the write blocks."""
    return Clock(monkeypatch)
