"""Where facts come from: sources, citations of single values, legal documents, identifiers elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model, UtcDateTime, public, staff
from .text import Text as Label
from .vocabulary import Term, Vocabulary

LICENCES: Vocabulary[Term] = Vocabulary(
    "licence",
    Term(
        "odbl",
        Label(
            "© những người đóng góp OpenStreetMap, giấy phép ODbL 1.0",
            "© OpenStreetMap contributors, ODbL 1.0",
        ),
    ),
    Term("cc_by_4", Label("Global Energy Monitor, giấy phép CC BY 4.0", "Global Energy Monitor, CC BY 4.0")),
    Term("legal_text", Label("Văn bản pháp luật", "Legal text")),
    Term("press", Label("Báo chí, trích dẫn số liệu", "Press, facts cited")),
    Term("office", Label("Hồ sơ của cơ quan", "Files of the office")),
    Term("mit", Label("Giấy phép MIT", "MIT licence")),
)


class Source(Model):
    """Where facts of a project come from. `checked_original` False reads "chưa đối chiếu bản gốc" on screen."""

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_project_id_ordinal", "project_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = public(default=1, vi="Thứ tự", en="Order")
    citation: Mapped[str] = public(Text, vi="Nguồn", en="Source")
    url: Mapped[str | None] = public(String(500), vi="Liên kết", en="Link")
    licence: Mapped[str | None] = public(String(16), vi="Giấy phép dữ liệu", en="Licence")
    dated: Mapped[str | None] = public(String(10), vi="Ngày của nguồn", en="Date of the source")
    confidence: Mapped[str | None] = public(String(10), vi="Độ tin cậy", en="Confidence")
    checked_original: Mapped[bool] = public(default=False, vi="Đã đối chiếu bản gốc", en="Checked against the original")


class Citation(Model):
    """One value's own source and date, e.g. field `capacity_mw` of unit 2."""

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_project_id", "project_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    field: Mapped[str] = public(String(60), vi="Trường dữ liệu", en="Field")
    unit_ordinal: Mapped[int | None] = public(vi="Tổ máy số", en="Unit number")
    site_ordinal: Mapped[int | None] = public(vi="Địa điểm số", en="Site number")
    source_ordinal: Mapped[int] = public(vi="Nguồn số", en="Source number")
    dated: Mapped[str | None] = public(String(10), vi="Tính đến", en="As of")
    quote: Mapped[str | None] = public(Text, vi="Trích nguyên văn", en="As printed")


class Document(Model):
    """A legal document of a project: number, date, issuer, link or file."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_project_id_ordinal", "project_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = public(default=1, vi="Thứ tự", en="Order")
    number: Mapped[str | None] = public(String(120), vi="Số văn bản", en="Number")
    issued_on: Mapped[date | None] = public(vi="Ngày ban hành", en="Date")
    issuer: Mapped[str | None] = public(String(200), vi="Cơ quan ban hành", en="Issuer")
    title: Mapped[str | None] = public(String(400), vi="Trích yếu", en="Title")
    url: Mapped[str | None] = public(String(500), vi="Liên kết", en="Link")
    file_sha256: Mapped[str | None] = staff(ForeignKey("attachment.sha256"), vi="Tệp đính kèm", en="Attached file")
    file_name: Mapped[str | None] = staff(String(200), vi="Tên tệp", en="File name")


class Attachment(Model):
    """A stored file, once for all documents that have the same bytes. The bytes lie outside the web root."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(120))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


REGISTERS: Vocabulary[Term] = Vocabulary(
    "register",
    Term("gem_location", Label("Mã GEM (địa điểm)", "GEM location ID")),
    Term("gem_unit", Label("Mã GEM (tổ máy)", "GEM unit ID")),
    Term("osm", Label("OpenStreetMap", "OpenStreetMap")),
)


class ExternalId(Model):
    """The identifier that another register uses for a project, a unit of it or an organisation."""

    __tablename__ = "external_id"
    __table_args__ = (UniqueConstraint("scheme", "value"), Index("ix_external_id_project_id", "project_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    unit_ordinal: Mapped[int | None] = public(vi="Tổ máy số", en="Unit number")
    scheme: Mapped[str] = public(String(40), vi="Hệ thống", en="Register")
    value: Mapped[str] = public(String(120), vi="Mã", en="Identifier")
