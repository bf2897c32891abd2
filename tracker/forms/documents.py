"""Legal documents of a project: number, date, issuer, title, and where to read them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from ..domain import Document
from .fields import Day, Key, Line, Row, longest
from .fields import title as heading
from .sources import url_problem


class DocumentRow(Row):
    """One document. Its file is uploaded apart from the form and stays with the row."""

    id = Key()
    ordinal = Key()
    number = Line(
        heading(Document, "number"), length=longest(Document, "number"), description=_l("For example 768/QĐ-TTg.")
    )
    issued_on = Day(heading(Document, "issued_on"))
    issuer = Line(heading(Document, "issuer"), length=longest(Document, "issuer"))
    title = Line(heading(Document, "title"), length=longest(Document, "title"))
    url = Line(heading(Document, "url"), length=longest(Document, "url"))

    def validate_number(self, field: Line) -> None:
        if not field.data and not self["title"].data:
            raise ValidationError(_("Enter the number or the title of the document."))

    def validate_url(self, field: Line) -> None:
        problem = url_problem(field.data) if field.data else None
        if problem:
            raise ValidationError(problem)

    def values(self) -> dict[str, Any]:
        """Return the document in document shape, without its file."""
        return {name: self[name].data for name in ("id", "ordinal", "number", "issued_on", "issuer", "title", "url")}


class UploadForm(DocumentRow):
    """What is said of a document whose file is uploaded; number or title must be there."""

    @property
    def blank(self) -> bool:
        return False
