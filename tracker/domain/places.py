"""Provinces of today and before July 2025, and zones."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Json, Model
from .text import Text as Label
from .vocabulary import Term, Vocabulary

ZONE_KINDS: Vocabulary[Term] = Vocabulary(
    "zone_kind",
    Term("economic_zone", Label("Khu kinh tế", "Economic zone")),
    Term("border_gate_ez", Label("Khu kinh tế cửa khẩu", "Border-gate economic zone")),
    Term("ez_subarea", Label("Khu chức năng trong khu kinh tế", "Functional area of an economic zone")),
    Term("industrial_zone", Label("Khu công nghiệp", "Industrial zone")),
    Term("industrial_cluster", Label("Cụm công nghiệp", "Industrial cluster")),
    Term("hi_tech_zone", Label("Khu công nghệ cao", "Hi-tech zone")),
    Term("other", Label("Khu khác", "Other zone")),
)


class Province(Model):
    """One of the 34 provinces and cities of today (Resolution 202/2025/QH15)."""

    __tablename__ = "province"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    abbreviation: Mapped[str] = mapped_column(String(3), unique=True)
    name_vi: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    kinds: Mapped[Any] = mapped_column(Json)
    lon: Mapped[float | None]
    lat: Mapped[float | None]

    formers: Mapped[list[FormerProvince]] = relationship(back_populates="province", order_by="FormerProvince.code")

    @property
    def label(self) -> Label:
        return Label(self.name_vi, self.name_en)


class FormerProvince(Model):
    """One of the 63 provinces before 1 July 2025. Codes of the two lists are never joined."""

    __tablename__ = "former_province"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(60), unique=True)
    name_en: Mapped[str] = mapped_column(String(60))
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    central_meridian: Mapped[str | None] = mapped_column(String(12))

    province: Mapped[Province] = relationship(back_populates="formers")

    @property
    def ended_on(self) -> date | None:
        """The first day of the unit of today in its place; None for a province that stayed what it was.

        A province that merged with no other ended with its name: Thừa Thiên Huế became the city of Huế on
        1 January 2025 (Resolution 175/2024/QH15), half a year before the mergers.
        """
        if len(self.province.formers) == 1 and self.name_vi == self.province.name_vi:
            return None
        return date.fromisoformat(self.province.kinds[0]["since"])

    @property
    def label(self) -> Label:
        return Label(self.name_vi, self.name_en)


class Zone(Model):
    """An economic or industrial zone; a point with a circle of its area stands for it until a boundary is loaded."""

    __tablename__ = "zone"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(30))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("zone.code"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    communes: Mapped[str | None] = mapped_column(Text)
    former_location: Mapped[str | None] = mapped_column(Text)
    area_ha: Mapped[float | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy: Mapped[str | None] = mapped_column(String(12))
    source: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str | None] = mapped_column(String(10))
    note_vi: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)

    @property
    def label(self) -> Label:
        return Label(self.name_vi, self.name_en)
