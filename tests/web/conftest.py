"""An application over an empty database of its own, with and without the token of forms."""

from __future__ import annotations

import dataclasses

import pytest

from tracker.domain import db
from tracker.settings import Settings
from tracker.web import create_app


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        secret_key="for tests",
        testing=True,
    )


@pytest.fixture
def make_app(settings):
    """Return a maker of applications over the test's database; `settings` may be changed by keyword."""
    made = []

    def make(*, forms_need_token=False, **changes):
        app = create_app(dataclasses.replace(settings, **changes))
        app.config["WTF_CSRF_ENABLED"] = forms_need_token
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(make_app):
    app = make_app()
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def strict_app(app, make_app):
    return make_app(forms_need_token=True)


@pytest.fixture
def client(app):
    return app.test_client()
