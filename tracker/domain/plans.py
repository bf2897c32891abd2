"""The plan registry: instruments, their tables, targets, allocations, entries and rules.

Nothing here knows PDP8's numbers; the next plan is other rows in the same tables.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Json, Model


class Instrument(Model):
    """A decision, resolution, law or plan, with its source and how far it was checked."""

    __tablename__ = "instrument"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    title_vi: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)
    issuer_vi: Mapped[str | None] = mapped_column(String(200))
    issuer_en: Mapped[str | None] = mapped_column(String(200))
    issued_on: Mapped[date | None]
    in_force_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(20), default="unknown")
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    note_vi: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str | None] = mapped_column(String(10))
    checked_original: Mapped[bool] = mapped_column(default=False)

    relations: Mapped[list[InstrumentRelation]] = relationship(
        foreign_keys="InstrumentRelation.from_code", cascade="all, delete-orphan"
    )


class InstrumentRelation(Model):
    """`from` adjusts, implements, replaces, supplements or amends `to`."""

    __tablename__ = "instrument_relation"
    __table_args__ = (UniqueConstraint("from_code", "to_code", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_code: Mapped[str] = mapped_column(ForeignKey("instrument.code", ondelete="CASCADE"))
    to_code: Mapped[str] = mapped_column(ForeignKey("instrument.code"))
    kind: Mapped[str] = mapped_column(String(20))

    to: Mapped[Instrument] = relationship(foreign_keys=[to_code])


class PlanTable(Model):
    """A table of an instrument's appendix: what it is, its columns, its pages."""

    __tablename__ = "plan_table"
    __table_args__ = (UniqueConstraint("instrument_code", "appendix", "table_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_code: Mapped[str] = mapped_column(ForeignKey("instrument.code", ondelete="CASCADE"))
    appendix: Mapped[str] = mapped_column(String(10))
    table_no: Mapped[str] = mapped_column(String(10))
    title_vi: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(40))
    page_from: Mapped[int | None]
    page_to: Mapped[int | None]
    technologies: Mapped[Any] = mapped_column(Json, default=list)
    columns: Mapped[Any | None] = mapped_column(Json)
    counted_in: Mapped[str | None] = mapped_column(String(20))  # the table that contains this one's figures
    note: Mapped[str | None] = mapped_column(Text)


class Target(Model):
    """A capacity or output target of an instrument for a year, low to high, in `unit`. Never summed."""

    __tablename__ = "plan_target"
    __table_args__ = (UniqueConstraint("instrument_code", "source_code", "year", "window"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_code: Mapped[str] = mapped_column(ForeignKey("instrument.code", ondelete="CASCADE"))
    year: Mapped[int]
    window: Mapped[str] = mapped_column(String(20), default="")
    technology: Mapped[str | None] = mapped_column(String(24))
    source_code: Mapped[str] = mapped_column(String(60))
    label_vi: Mapped[str] = mapped_column(String(200))
    label_en: Mapped[str] = mapped_column(String(200))
    low: Mapped[float | None]
    high: Mapped[float | None]
    unit: Mapped[str] = mapped_column(String(20))
    is_total: Mapped[bool] = mapped_column(default=False)
    scope: Mapped[str | None] = mapped_column(String(20))  # total | component | sub_item | outside_total
    covers: Mapped[Any] = mapped_column(Json, default=list)  # our technology codes that the item includes
    confidence: Mapped[str | None] = mapped_column(String(10))
    note_vi: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)


class Allocation(Model):
    """MW given to a province, region or the country for one technology and period.

    One row per period, so a figure that covers several periods keeps its own `period_label` and is never divided.
    `kind`: added (Appendix II: on top of the approved implementation plan), head (sub-total of a list), total.
    """

    __tablename__ = "plan_allocation"
    __table_args__ = (
        UniqueConstraint("instrument_code", "appendix", "table_no", "ordinal", "period_label"),
        Index("ix_plan_allocation_province_code_technology", "province_code", "technology"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_code: Mapped[str] = mapped_column(ForeignKey("instrument.code", ondelete="CASCADE"))
    appendix: Mapped[str] = mapped_column(String(10))
    table_no: Mapped[str] = mapped_column(String(10))
    ordinal: Mapped[int]
    technology: Mapped[str] = mapped_column(String(24))
    subset: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    area_kind: Mapped[str] = mapped_column(String(20))
    area_vi: Mapped[str | None] = mapped_column(String(120))
    area_en: Mapped[str | None] = mapped_column(String(120))
    province_old: Mapped[str | None] = mapped_column(String(60))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    period_label: Mapped[str] = mapped_column(String(20))
    period_from: Mapped[int | None]
    period_to: Mapped[int | None]
    mw: Mapped[float | None]
    page: Mapped[int | None]
    check: Mapped[str | None] = mapped_column(String(200))


class Entry(Model):
    """A numbered row of a plan table. Row numbers restart in each province and period: identity needs them all."""

    __tablename__ = "plan_entry"
    __table_args__ = (
        UniqueConstraint("instrument_code", "appendix", "table_no", "ordinal"),
        Index("ix_plan_entry_province_code_technology", "province_code", "technology"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_code: Mapped[str] = mapped_column(ForeignKey("instrument.code", ondelete="CASCADE"))
    appendix: Mapped[str] = mapped_column(String(10))
    table_no: Mapped[str] = mapped_column(String(10))
    ordinal: Mapped[int]
    section: Mapped[str | None] = mapped_column(String(200))
    row_no: Mapped[str | None] = mapped_column(String(20))
    technology: Mapped[str] = mapped_column(String(24))
    name_vi: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    name_vi_confidence: Mapped[str | None] = mapped_column(String(10))
    name_folded: Mapped[str] = mapped_column(Text, default="")
    province_old: Mapped[str | None] = mapped_column(String(60))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    region_text: Mapped[str | None] = mapped_column(Text)
    mw_low: Mapped[float | None]
    mw_high: Mapped[float | None]
    mw_text: Mapped[str | None] = mapped_column(String(60))
    period_label: Mapped[str | None] = mapped_column(String(20))
    period_from: Mapped[int | None]
    period_to: Mapped[int | None]
    mw_split: Mapped[Any | None] = mapped_column(Json)
    list_kind: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str | None] = mapped_column(String(10))
    can_accelerate: Mapped[bool] = mapped_column(default=False)
    page: Mapped[int | None]
    check: Mapped[str | None] = mapped_column(String(200))
    confidence: Mapped[str | None] = mapped_column(String(10))
    source: Mapped[str | None] = mapped_column(Text)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("plan_entry.id"))

    instrument: Mapped[Instrument] = relationship()


class PlanRule(Model):
    """A rule printed in a plan: tolerance, storage duty, meaning of a mark, backup condition; with its page."""

    __tablename__ = "plan_rule"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    instrument_code: Mapped[str] = mapped_column(ForeignKey("instrument.code", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    appendix: Mapped[str | None] = mapped_column(String(10))
    tables: Mapped[Any] = mapped_column(Json)
    pages: Mapped[Any] = mapped_column(Json, default=list)
    value: Mapped[Any] = mapped_column(Json)
    text_vi: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    applies_to: Mapped[str | None] = mapped_column(Text)
    check: Mapped[str | None] = mapped_column(String(200))

    @property
    def page(self) -> int | None:
        """The first page that states the rule."""
        return self.pages[0] if self.pages else None
