"""The database handle, column types that behave alike on SQLite and PostgreSQL, and the audience of a field."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, LargeBinary, MetaData, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, UserDefinedType

from .text import Text as Label

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declarative base of all models; constraint names follow one convention on both databases."""

    metadata = MetaData(naming_convention=CONVENTION)


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base  # Flask-SQLAlchemy builds its Model at run time; type checkers read the declarative base
else:
    Model = db.Model

Json = JSON().with_variant(JSONB(), "postgresql")

PUBLIC, STAFF = "public", "staff"


def public(*args: Any, vi: str, en: str, **kwargs: Any) -> MappedColumn[Any]:
    """A column that everybody may read once published; `vi`, `en` are its title in lists, forms and history."""
    return mapped_column(*args, info={"audience": PUBLIC, "title": Label(vi, en)}, **kwargs)


def staff(*args: Any, vi: str, en: str, **kwargs: Any) -> MappedColumn[Any]:
    """A column that never leaves the office."""
    return mapped_column(*args, info={"audience": STAFF, "title": Label(vi, en)}, **kwargs)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite has no time zones, so naive UTC is stored on both databases."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


class _PostgisGeometry(UserDefinedType[Any]):
    """A real PostGIS geometry(…, 4326), read and written as WKB."""

    cache_ok = True

    def __init__(self, kind: str = "Geometry", srid: int = 4326) -> None:
        self.kind, self.srid = kind, srid

    def get_col_spec(self, **kw: Any) -> str:
        return f"geometry({self.kind},{self.srid})"

    def bind_expression(self, bindvalue: Any) -> Any:
        return func.ST_SetSRID(func.ST_GeomFromWKB(bindvalue, type_=self), self.srid, type_=self)

    def column_expression(self, column: Any) -> Any:
        return func.ST_AsBinary(column, type_=self)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        # column_expression() hides the decorator below, so the WKB is decoded here
        return _from_wkb


def _from_wkb(value: Any) -> Any:
    if value is None:
        return None
    import shapely

    return value if isinstance(value, shapely.Geometry) else shapely.from_wkb(bytes(value))


class Geom(TypeDecorator[Any]):
    """A shapely geometry in WGS84 (longitude, latitude): WKB on SQLite, geometry(…, 4326) on PostGIS."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: str = "Geometry", srid: int = 4326) -> None:
        super().__init__()
        self.kind, self.srid = kind, srid

    def __repr__(self) -> str:
        return f"Geom({self.kind!r}, {self.srid})"

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(_PostgisGeometry(self.kind, self.srid))
        return dialect.type_descriptor(LargeBinary())

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        import shapely

        return bytes(shapely.to_wkb(value, include_srid=False))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return _from_wkb(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        return x is y if x is None or y is None else bool(x.equals_exact(y, 0))
