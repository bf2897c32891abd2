"""Where the facts come from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from ..domain import Source
from ..domain.sources import LICENCES
from ..domain.statuses import CONFIDENCES
from .fields import Choice, Key, Line, Paragraph, PartialDate, Row, longest, options, title


def url_problem(url: str) -> str | None:
    """Return what is wrong with a link; only pages of the web may be linked."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() or ord(c) < 32 for c in url):
        return str(_("Write the whole address of a page, beginning with https:// or http://."))
    return None


class SourceRow(Row):
    """One source."""

    id = Key()
    ordinal = Key()
    citation = Paragraph(
        title(Source, "citation"),
        length=4000,
        description=_l("Title, issuer, number, page: enough to find it again."),
    )
    url = Line(title(Source, "url"), length=longest(Source, "url"))
    licence = Choice(title(Source, "licence"), choices=options(LICENCES, empty=_l("Not stated")))
    dated = PartialDate(title(Source, "dated"))
    confidence = Choice(title(Source, "confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))
    checked_original = BooleanField(title(Source, "checked_original"))

    def validate_citation(self, field: Paragraph) -> None:
        if not field.data:
            raise ValidationError(_("Say what the source is."))

    def validate_url(self, field: Line) -> None:
        problem = url_problem(field.data) if field.data else None
        if problem:
            raise ValidationError(problem)

    def values(self) -> dict[str, Any]:
        """Return the source in document shape."""
        return {
            name: self[name].data
            for name in ("id", "ordinal", "citation", "url", "dated", "checked_original")
        } | {"licence": self.licence.code, "confidence": self.confidence.code}
