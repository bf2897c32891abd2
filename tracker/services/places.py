"""Provinces before July 2025, for forms."""

from __future__ import annotations

from sqlalchemy import select

from ..domain import FormerProvince, db
from ..domain.text import fold


def formers() -> list[FormerProvince]:
    """Return the former provinces in order of the Vietnamese name."""
    return sorted(db.session.scalars(select(FormerProvince)), key=lambda former: fold(former.name_vi))
