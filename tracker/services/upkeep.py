"""The state of the database itself: its schema version, and whether what it holds fits together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text

from ..domain import AuditEvent, Project, ProjectVersion, Publication, Revision, db
from .database import is_ours


def version() -> str | None:
    """Return the schema version of the database, None when it is not there or has no tables of ours."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return None  # SQLite would leave an empty file behind
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def make_ready() -> None:
    """Give a PostgreSQL database PostGIS, which the migrations need; fails where the account may not."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            present = connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'"))
            if not present:
                connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))


@cache
def _scripts(migrations: Path) -> ScriptDirectory:
    return ScriptDirectory(str(migrations))


def newest(migrations: Path) -> str | None:
    """Return the version that this program needs."""
    return _scripts(migrations).get_current_head()


def known(migrations: Path) -> frozenset[str]:
    """Return all versions that this program has migrations for."""
    return frozenset(script.revision for script in _scripts(migrations).walk_revisions())


def counts() -> dict[str, int]:
    """Return how many records there are of what matters."""
    return {
        model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Project, Publication, ProjectVersion, Revision, AuditEvent)
    }


def problems() -> list[str]:
    """Return what is wrong: differences from the models, broken references, changes without a trail."""
    return [*_schema_problems(), *_reference_problems(), *_trail_problems()]


def _schema_problems() -> list[str]:
    from alembic.autogenerate import compare_metadata

    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        return [f"schema: {difference}" for difference in compare_metadata(context, db.metadata)]


def _reference_problems() -> list[str]:
    if db.engine.dialect.name != "sqlite":
        return []  # PostgreSQL checks foreign keys at every write and cannot be told not to
    rows = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return [f"foreign key: {table} row {row} refers to a missing {parent}" for table, row, parent, _ in rows]


def _trail_problems() -> list[str]:
    silent = db.session.scalars(
        select(Revision.number).where(
            ~select(AuditEvent.id).where(AuditEvent.revision == Revision.number).exists()
        )
    )
    found = [f"revision {number} has no audit event" for number in silent]
    unrecorded = db.session.scalars(
        select(Project.code).where(
            ~select(ProjectVersion.id).where(ProjectVersion.project_id == Project.id).exists()
        )
    )
    found += [f"project {code} has no recorded version" for code in unrecorded]
    tables = set(inspect(db.engine).get_table_names())
    return found + [f"table {name} is missing" for name in db.metadata.tables if name not in tables]
