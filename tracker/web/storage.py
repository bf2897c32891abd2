"""Ties the application to its database and migrations."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate

from ..domain import db
from ..services import database


def attach(app: Flask) -> None:
    """Open the database of the application's settings."""
    settings = app.config["TRACKER"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = database.engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
    Migrate(
        app,
        db,
        directory=str(settings.migrations),
        render_as_batch=True,
        compare_type=True,
        include_object=database.is_ours,
    )
