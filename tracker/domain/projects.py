"""A project, its units and everything it carries: the working copy that staff edit.

What the public reads is a frozen copy (`tracker.domain.versions`). Every column declares its audience.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Model, UtcDateTime, public, staff
from .calls import InvestmentCall
from .checks import FactChange, Override
from .milestones import Milestone, NextAction
from .organisations import Party
from .plan_links import PlanLink
from .sites import Site
from .sources import Citation, Document, ExternalId, Source


class Project(Model):
    """One project under its public code, which is given at birth, kept for ever and means nothing later."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("invest_vnd_bn IS NULL OR invest_vnd_bn >= 0", name="invest_vnd_bn_not_negative"),
        CheckConstraint("invest_usd_m IS NULL OR invest_usd_m >= 0", name="invest_usd_m_not_negative"),
        CheckConstraint("land_ha IS NULL OR land_ha >= 0", name="land_ha_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = public(String(24), unique=True, vi="Mã dự án", en="Project code")
    name_vi: Mapped[str | None] = public(String(300), vi="Tên tiếng Việt", en="Vietnamese name")
    name_en: Mapped[str | None] = public(String(300), vi="Tên tiếng Anh", en="English name")
    name_other: Mapped[str | None] = public(String(600), vi="Tên khác, tên cũ", en="Other or former names")
    summary_vi: Mapped[str | None] = public(Text, vi="Tóm tắt tiếng Việt", en="Summary in Vietnamese")
    summary_en: Mapped[str | None] = public(Text, vi="Tóm tắt tiếng Anh", en="Summary in English")
    status: Mapped[str] = public(String(20), default="unknown", vi="Tình trạng", en="Status")
    status_as_of: Mapped[str | None] = public(String(10), vi="Tình trạng tính đến", en="Status as of")
    province_code: Mapped[str | None] = public(ForeignKey("province.code"), vi="Tỉnh, thành phố", en="Province")

    invest_vnd_bn: Mapped[float | None] = public(vi="Tổng vốn đầu tư (tỷ đồng)", en="Total investment (VND billion)")
    invest_usd_m: Mapped[float | None] = public(vi="Tổng vốn đầu tư (triệu USD)", en="Total investment (USD million)")
    invest_year: Mapped[int | None] = public(vi="Năm của số vốn", en="Year of the investment figure")
    land_ha: Mapped[float | None] = public(vi="Diện tích đất (ha)", en="Land area (ha)")
    land_status: Mapped[str | None] = public(String(20), vi="Hiện trạng đất", en="Land status")
    jobs: Mapped[int | None] = public(vi="Số lao động", en="Jobs")

    cod_first_planned: Mapped[str | None] = public(String(10), vi="COD dự kiến ban đầu", en="COD first planned")
    cod_latest_planned: Mapped[str | None] = public(String(10), vi="COD dự kiến mới nhất", en="COD latest planned")
    cod_actual: Mapped[str | None] = public(String(10), vi="COD thực tế", en="COD actual")

    grid_voltage_kv: Mapped[float | None] = public(vi="Điện áp đấu nối (kV)", en="Grid voltage (kV)")
    grid_substation: Mapped[str | None] = public(String(200), vi="Trạm đấu nối", en="Substation")
    grid_line_km: Mapped[float | None] = public(vi="Đường dây đấu nối (km)", en="Connection line (km)")
    grid_agreement: Mapped[str | None] = public(String(300), vi="Thỏa thuận đấu nối", en="Grid connection agreement")

    confidence: Mapped[str | None] = public(String(10), vi="Độ tin cậy", en="Confidence")
    last_checked: Mapped[date | None] = public(vi="Kiểm tra lần cuối", en="Last checked")
    sample: Mapped[bool] = public(default=False, vi="Dữ liệu mẫu", en="Sample data")

    remarks_internal: Mapped[str | None] = staff(Text, vi="Ghi chú nội bộ", en="Internal remarks")
    contact_internal: Mapped[str | None] = staff(
        Text, vi="Liên hệ nhà đầu tư (nội bộ)", en="Investor contact (internal)"
    )
    review_state: Mapped[str] = staff(String(12), default="draft", vi="Trạng thái duyệt", en="Review state")
    review_comment: Mapped[str | None] = staff(Text, vi="Ý kiến duyệt", en="Review comment")
    archived_at: Mapped[datetime | None] = staff(UtcDateTime, vi="Lưu trữ lúc", en="Archived at")
    archive_reason: Mapped[str | None] = staff(Text, vi="Lý do lưu trữ", en="Reason for archiving")
    merged_into_id: Mapped[int | None] = staff(ForeignKey("project.id"), vi="Gộp vào dự án", en="Merged into")

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column(default=1)

    units: Mapped[list[Unit]] = relationship(
        order_by="Unit.ordinal", cascade="all, delete-orphan", back_populates="project"
    )
    sites: Mapped[list[Site]] = relationship(order_by=Site.ordinal, cascade="all, delete-orphan")
    links: Mapped[list[PlanLink]] = relationship(order_by=PlanLink.id, cascade="all, delete-orphan")
    parties: Mapped[list[Party]] = relationship(order_by=Party.ordinal, cascade="all, delete-orphan")
    milestones: Mapped[list[Milestone]] = relationship(order_by=Milestone.ordinal, cascade="all, delete-orphan")
    documents: Mapped[list[Document]] = relationship(order_by=Document.ordinal, cascade="all, delete-orphan")
    sources: Mapped[list[Source]] = relationship(order_by=Source.ordinal, cascade="all, delete-orphan")
    citations: Mapped[list[Citation]] = relationship(order_by=Citation.id, cascade="all, delete-orphan")
    external_ids: Mapped[list[ExternalId]] = relationship(order_by=ExternalId.id, cascade="all, delete-orphan")
    actions: Mapped[list[NextAction]] = relationship(order_by=NextAction.id, cascade="all, delete-orphan")
    fact_changes: Mapped[list[FactChange]] = relationship(order_by=FactChange.id, cascade="all, delete-orphan")
    overrides: Mapped[list[Override]] = relationship(order_by=Override.id, cascade="all, delete-orphan")
    call: Mapped[InvestmentCall | None] = relationship(cascade="all, delete-orphan", uselist=False)
    relations: Mapped[list[ProjectRelation]] = relationship(
        foreign_keys="ProjectRelation.project_id", order_by="ProjectRelation.id", cascade="all, delete-orphan"
    )

    # the number also rises when only a part of the project changes, so the service sets it
    __mapper_args__ = {"version_id_col": lock_version, "version_id_generator": False}


class Unit(Model):
    """A unit or phase of a project. Quantities carry their unit in the name; unlike units are never added."""

    __tablename__ = "unit"
    __table_args__ = (
        *(
            CheckConstraint(f"{name} IS NULL OR {name} >= 0", name=f"{name}_not_negative")
            for name in (
                "capacity_mw",
                "capacity_mwp",
                "storage_mwh",
                "lng_mtpa",
                "electrolyser_mw",
                "hydrogen_kt_per_year",
                "biofuel_kt_per_year",
                "biofuel_million_litres_per_year",
                "waste_t_per_day",
                "turbine_mw",
            )
        ),
        Index("ix_unit_project_id_ordinal", "project_id", "ordinal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = public(default=1, vi="Thứ tự", en="Order")
    name_vi: Mapped[str | None] = public(String(200), vi="Tên tổ máy, giai đoạn", en="Unit or phase name (vi)")
    name_en: Mapped[str | None] = public(String(200), vi="Tên tiếng Anh", en="Unit or phase name (en)")
    technology: Mapped[str] = public(String(24), vi="Công nghệ", en="Technology")
    status: Mapped[str | None] = public(String(20), vi="Tình trạng", en="Status")
    site_ordinal: Mapped[int | None] = public(vi="Địa điểm số", en="Site number")
    capacity_mw: Mapped[float | None] = public(vi="Công suất (MW)", en="Capacity (MW)")
    capacity_low_mw: Mapped[float | None] = public(vi="Công suất thấp nhất (MW)", en="Lowest capacity (MW)")
    capacity_high_mw: Mapped[float | None] = public(vi="Công suất cao nhất (MW)", en="Highest capacity (MW)")
    capacity_mwp: Mapped[float | None] = public(vi="Công suất đỉnh (MWp)", en="Peak capacity (MWp)")
    storage_mwh: Mapped[float | None] = public(vi="Dung lượng lưu trữ (MWh)", en="Storage (MWh)")
    turbine_count: Mapped[int | None] = public(vi="Số tua-bin", en="Turbines")
    turbine_mw: Mapped[float | None] = public(vi="Công suất mỗi tua-bin (MW)", en="Capacity of one turbine (MW)")
    lng_mtpa: Mapped[float | None] = public(vi="Công suất LNG (triệu tấn/năm)", en="LNG (mtpa)")
    electrolyser_mw: Mapped[float | None] = public(vi="Công suất điện phân (MW)", en="Electrolyser (MW)")
    hydrogen_kt_per_year: Mapped[float | None] = public(vi="Hydrogen (nghìn tấn/năm)", en="Hydrogen (kt/year)")
    biofuel_kt_per_year: Mapped[float | None] = public(vi="Nhiên liệu sinh học (nghìn tấn/năm)", en="Biofuel (kt/year)")
    biofuel_million_litres_per_year: Mapped[float | None] = public(
        vi="Nhiên liệu sinh học (triệu lít/năm)", en="Biofuel (million litres/year)"
    )
    waste_t_per_day: Mapped[float | None] = public(vi="Rác xử lý (tấn/ngày)", en="Waste (t/day)")
    quantity_text: Mapped[str | None] = public(String(300), vi="Quy mô như đã công bố", en="Size as announced")
    cod_planned: Mapped[str | None] = public(String(10), vi="COD dự kiến", en="COD planned")
    cod_actual: Mapped[str | None] = public(String(10), vi="COD thực tế", en="COD actual")
    confidence: Mapped[str | None] = public(String(10), vi="Độ tin cậy của quy mô", en="Confidence of the size")

    project: Mapped[Project] = relationship(back_populates="units")


class ProjectRelation(Model):
    """A tie between two projects: supplies, co-located, replaces, same complex."""

    __tablename__ = "project_relation"
    __table_args__ = (UniqueConstraint("project_id", "other_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    kind: Mapped[str] = public(String(16), vi="Quan hệ", en="Relation")
    other_id: Mapped[int] = public(ForeignKey("project.id"), vi="Dự án liên quan", en="Related project")

    other: Mapped[Project] = relationship(foreign_keys=[other_id])


class CodeRedirect(Model):
    """The code of a merged project and the project that answers for it now."""

    __tablename__ = "code_redirect"

    old_code: Mapped[str] = mapped_column(String(24), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
