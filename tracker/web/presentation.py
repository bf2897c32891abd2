"""What every template may use: words of the vocabularies, numbers and dates in the reader's language, addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for

from ..domain import statuses, technologies
from ..domain.sources import LICENCES, REGISTERS
from ..domain.users import ROLES
from ..outputs import formats, phrases


def url_with(**changes: Any) -> str:
    """Return the present address with query values replaced; None takes a value out."""
    query = request.args.to_dict(flat=False)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
    encoded = urlencode(query, doseq=True)
    return request.path + ("?" + encoded if encoded else "")


def two_languages(vi: str | None, en: str | None) -> str | None:
    """Return the text in the reader's language, the other one when it is missing, None when both are."""
    first, second = (vi, en) if g.get("lang", "vi") == "vi" else (en, vi)
    return first or second


def attach(app: Flask) -> None:
    """Register filters and globals."""
    filters = app.jinja_env.filters
    filters["label"] = lambda term: term.label[g.get("lang", "vi")] if term is not None else ""
    filters["number"] = lambda value, **kw: formats.number(value, g.get("lang", "vi"), **kw)
    filters["quantity"] = lambda value, unit: formats.quantity(value, unit, g.get("lang", "vi"))
    filters["country"] = lambda code: formats.country(code, g.get("lang", "vi"))
    filters["old_province"] = lambda name: phrases.old_province(name, g.get("lang", "vi"))
    filters["stored"] = lambda totals: phrases.stored(totals, g.get("lang", "vi"))
    filters["partial_date"] = lambda value: formats.date(value, g.get("lang", "vi"))
    app.jinja_env.globals.update(
        url_with=url_with, two_languages=two_languages, formats=formats, TECHNOLOGIES=technologies.TECHNOLOGIES,
        FAMILIES=technologies.FAMILIES, QUANTITIES=technologies.QUANTITIES, STATUSES=statuses.STATUSES,
        STAGES=statuses.STAGES, ACCURACIES=statuses.ACCURACIES, RELATIONS=statuses.RELATIONS,
        UNLINKED=statuses.UNLINKED, CONFIDENCES=statuses.CONFIDENCES, REVIEW_STATES=statuses.REVIEW_STATES,
        ROLES_OF_PARTIES=statuses.ROLES_OF_PARTIES, PROJECT_RELATIONS=statuses.PROJECT_RELATIONS,
        LAND_STATUSES=statuses.LAND_STATUSES, SELECTION_FORMS=statuses.SELECTION_FORMS, LICENCES=LICENCES,
        REGISTERS=REGISTERS, ROLES=ROLES, static=_static)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def for_every_page() -> dict[str, Any]:
        return {"lang": g.get("lang", "vi"), "current_user": g.get("user")}


def _static(path: str) -> str:
    return url_for("static", filename=path)
