"""Opening the database: pragmas of SQLite, immediate write transactions, fast JSON on both databases."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, Engine, event

WRITE = "tracker_write"
MIGRATION = "tracker_migration"
_QUEUE_LOCK = 7_268_001  # the PostgreSQL advisory lock in which writers stand in line


def engine_options(url: str) -> dict[str, Any]:
    """Return the options for `create_engine` that suit the database at `url`."""
    options: dict[str, Any] = {"json_serializer": _dumps, "json_deserializer": _loads}
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": 30, "isolation_level": None}
    else:
        options["pool_pre_ping"] = True
        options["pool_size"] = 8
    return options


def _dumps(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def _loads(value: Any) -> Any:
    """Read JSON; SQLite gives a bare number back as a number, as its columns of type JSON have numeric affinity."""
    return value if isinstance(value, int | float) else orjson.loads(value)


def prepare(engine: Engine) -> None:
    """Attach the pragmas and the transaction opener to an SQLite engine; PostgreSQL needs nothing."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)


def _pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000",
                   "temp_store=MEMORY", "cache_size=-32000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # a deferred transaction that later writes fails at once when another writer came first, timeout or not
    options = connection.get_execution_options()
    if options.get(WRITE):
        # a migration that rebuilds a table must not delete the rows that refer to it
        connection.exec_driver_sql(f"PRAGMA foreign_keys={'OFF' if options.get(MIGRATION) else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITE) else "BEGIN")


def queue_writers(connection: Connection) -> None:
    """Wait until no other process writes to a PostgreSQL database; SQLite has locked already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_QUEUE_LOCK})")


def is_ours(_object: Any, name: str, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Tell Alembic which tables to look at: PostGIS keeps some of its own."""
    return not (kind == "table" and name in {"spatial_ref_sys", "topology", "layer"})
