"""A call for investment: what the office offers to investors for one project."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model, public


class InvestmentCall(Model):
    """The offer of one project, as in the list of projects calling for investment."""

    __tablename__ = "investment_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), unique=True)
    objective_vi: Mapped[str | None] = public(Text, vi="Mục tiêu, quy mô", en="Objective and scale (vi)")
    objective_en: Mapped[str | None] = public(Text, vi="Mục tiêu, quy mô (tiếng Anh)", en="Objective and scale (en)")
    selection_form: Mapped[str | None] = public(
        String(16), vi="Hình thức lựa chọn nhà đầu tư", en="Form of investor selection"
    )
    land_clearance_vi: Mapped[str | None] = public(Text, vi="Giải phóng mặt bằng", en="Land clearance (vi)")
    land_clearance_en: Mapped[str | None] = public(Text, vi="Giải phóng mặt bằng (tiếng Anh)", en="Land clearance (en)")
    infrastructure_vi: Mapped[str | None] = public(Text, vi="Hạ tầng, đấu nối", en="Infrastructure (vi)")
    infrastructure_en: Mapped[str | None] = public(Text, vi="Hạ tầng, đấu nối (tiếng Anh)", en="Infrastructure (en)")
    incentives_vi: Mapped[str | None] = public(Text, vi="Ưu đãi đầu tư", en="Incentives (vi)")
    incentives_en: Mapped[str | None] = public(Text, vi="Ưu đãi đầu tư (tiếng Anh)", en="Incentives (en)")
    incentives_basis: Mapped[str | None] = public(
        String(300), vi="Căn cứ pháp lý của ưu đãi", en="Legal source of incentives"
    )
    period: Mapped[str | None] = public(String(40), vi="Thời gian kêu gọi", en="Period of the call")
    contact_office: Mapped[str | None] = public(Text, vi="Cơ quan đầu mối", en="Contact office")
    sample: Mapped[bool] = public(default=False, vi="Dữ liệu mẫu", en="Sample data")
