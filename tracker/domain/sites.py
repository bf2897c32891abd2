"""Where a project stands: place, how sure it is, what was typed, and how much of it the public may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Geom, Model, public, staff


class Site(Model):
    """A place of a project. `geom` is WGS84 (longitude, latitude): point, line or polygon, several parts allowed.

    `lon`, `lat` are a point that stands for the geometry, kept for plain indexes on both databases.
    """

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("lat IS NULL OR (lat >= -90 AND lat <= 90)", name="lat_range"),
        CheckConstraint("lon IS NULL OR (lon >= -180 AND lon <= 180)", name="lon_range"),
        Index("ix_site_lon_lat", "lon", "lat"),
        Index("ix_site_project_id_ordinal", "project_id", "ordinal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = public(default=1, vi="Thứ tự", en="Order")
    name: Mapped[str | None] = public(String(200), vi="Tên địa điểm", en="Site name")
    province_code: Mapped[str | None] = public(ForeignKey("province.code"), vi="Tỉnh, thành phố", en="Province")
    former_province_code: Mapped[str | None] = public(
        ForeignKey("former_province.code"), vi="Tỉnh trước 01/7/2025", en="Province before 1 July 2025"
    )
    commune: Mapped[str | None] = public(String(120), vi="Xã, phường", en="Commune or ward")
    zone_code: Mapped[str | None] = public(ForeignKey("zone.code"), vi="Khu kinh tế, khu công nghiệp", en="Zone")
    accuracy: Mapped[str] = public(String(12), default="approximate", vi="Độ chính xác vị trí", en="Accuracy")
    geom: Mapped[Any | None] = public(Geom("Geometry", 4326), vi="Hình dạng", en="Geometry")
    lon: Mapped[float | None] = public(vi="Kinh độ (WGS84)", en="Longitude (WGS84)")
    lat: Mapped[float | None] = public(vi="Vĩ độ (WGS84)", en="Latitude (WGS84)")
    area_ha: Mapped[float | None] = public(vi="Diện tích (ha)", en="Area (ha)")
    at_sea: Mapped[bool] = public(default=False, vi="Trên biển", en="At sea")
    entered_text: Mapped[str | None] = staff(String(4000), vi="Tọa độ như đã nhập", en="Coordinates as entered")
    entered_crs: Mapped[str | None] = staff(String(60), vi="Hệ tọa độ khi nhập", en="Coordinate system as entered")
    public_precision: Mapped[str] = staff(
        String(12), default="exact", vi="Mức công khai vị trí", en="Public precision of the place"
    )
    source_ordinal: Mapped[int | None] = public(vi="Nguồn vị trí số", en="Source number of the place")
