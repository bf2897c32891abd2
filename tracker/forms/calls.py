"""The call for investment of a project."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from ..domain import InvestmentCall
from ..domain.statuses import SELECTION_FORMS
from .fields import Choice, Line, Paragraph, Row, longest, options, title

_TEXTS = (
    "objective_vi",
    "objective_en",
    "land_clearance_vi",
    "land_clearance_en",
    "infrastructure_vi",
    "infrastructure_en",
    "incentives_vi",
    "incentives_en",
    "contact_office",
)
_LINES = ("incentives_basis", "period")


class CallForm(Row):
    """What the office offers to investors."""

    selection_form = Choice(
        title(InvestmentCall, "selection_form"), choices=options(SELECTION_FORMS, empty=_l("Not stated"))
    )
    objective_vi = Paragraph(title(InvestmentCall, "objective_vi"))
    objective_en = Paragraph(title(InvestmentCall, "objective_en"))
    land_clearance_vi = Paragraph(title(InvestmentCall, "land_clearance_vi"))
    land_clearance_en = Paragraph(title(InvestmentCall, "land_clearance_en"))
    infrastructure_vi = Paragraph(title(InvestmentCall, "infrastructure_vi"))
    infrastructure_en = Paragraph(title(InvestmentCall, "infrastructure_en"))
    incentives_vi = Paragraph(title(InvestmentCall, "incentives_vi"))
    incentives_en = Paragraph(title(InvestmentCall, "incentives_en"))
    incentives_basis = Line(
        title(InvestmentCall, "incentives_basis"), length=longest(InvestmentCall, "incentives_basis")
    )
    period = Line(
        title(InvestmentCall, "period"),
        length=longest(InvestmentCall, "period"),
        description=_l("For example 2026–2030."),
    )
    contact_office = Paragraph(title(InvestmentCall, "contact_office"))

    def values(self) -> dict[str, Any]:
        """Return the call in document shape."""
        return {name: self[name].data for name in (*_TEXTS, *_LINES)} | {
            "selection_form": self.selection_form.code
        }
