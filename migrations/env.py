"""Runs the migrations on SQLite and PostgreSQL alike; started through the application's own context."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.dialects.postgresql.base import PGDialect

from tracker.domain import db
from tracker.domain.base import Geom, Json
from tracker.services.database import MIGRATION, WRITE, queue_writers

PGDialect.ischema_names.setdefault("geometry", Geom)


def _skip_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def _render(kind: str, item: Any, autogen: Any) -> Any:
    """Write our own column types by name, whatever they are made of."""
    if kind == "type":
        for name in ("Geom", "UtcDateTime"):
            if type(item).__name__ == name:
                autogen.imports.add(f"from tracker.domain.base import {name}")
                return repr(item) if name == "Geom" else f"{name}()"
        if item is Json:
            autogen.imports.add("from tracker.domain.base import Json")
            return "Json"
    return False


def run() -> None:
    """Run in one transaction, so that a broken migration leaves nothing behind."""
    options = dict(current_app.extensions["migrate"].configure_args)
    options["render_item"] = _render
    options.setdefault("process_revision_directives", _skip_empty)
    with db.engine.connect().execution_options(**{WRITE: True, MIGRATION: True}) as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            queue_writers(connection)
            context.run_migrations()


run()
