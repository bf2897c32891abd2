"""Units of a project: technology and the quantities that it is measured in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from ..domain import Unit
from ..domain.statuses import CONFIDENCES, STATUSES
from ..domain.technologies import QUANTITIES, TECHNOLOGIES
from ..domain.text import Text
from .fields import Choice, Key, Line, Number, PartialDate, Row, Whole, longest, options, spoken, title

RANGE = ("capacity_low_mw", "capacity_high_mw")


def applies(quantity: str, technology: str | None) -> bool:
    """Return whether units of a technology are measured in a quantity; any, before a technology is chosen."""
    found = TECHNOLOGIES.get(technology)
    return found is None or ("capacity_mw" if quantity in RANGE else quantity) in found.quantities


def technologies_of(quantity: str) -> list[str]:
    """Return the codes of the technologies measured in a quantity."""
    return [term.code for term in TECHNOLOGIES if applies(quantity, term.code)]


def _hint(quantity: str) -> Any:
    """Return what a quantity is and, unless nearly all have it, for which technologies."""
    term = QUANTITIES[quantity]
    codes = technologies_of(quantity)
    vi = [term.definition.vi] if term.definition else []
    en = [term.definition.en] if term.definition else []
    if len(codes) < len(TECHNOLOGIES) // 2:
        vi.append("Dùng cho: " + "; ".join(TECHNOLOGIES[code].label.vi for code in codes) + ".")
        en.append("For: " + "; ".join(TECHNOLOGIES[code].label.en for code in codes) + ".")
    return spoken(Text(" ".join(vi), " ".join(en)))


def _quantity(code: str) -> Any:
    term = QUANTITIES[code]
    kind = Whole if term.whole else Number
    return kind(spoken(term.label), description=_hint(code), high=1_000_000)


class UnitRow(Row):
    """One unit or phase."""

    presets = frozenset()

    id = Key()
    ordinal = Key()
    technology = Choice(
        title(Unit, "technology"),
        required=_l("Choose the technology of the unit."),
        choices=options(TECHNOLOGIES, empty=_l("Choose a technology")),
    )
    name_vi = Line(title(Unit, "name_vi"), length=longest(Unit, "name_vi"))
    name_en = Line(title(Unit, "name_en"), length=longest(Unit, "name_en"))
    status = Choice(title(Unit, "status"), choices=options(STATUSES, empty=_l("As the project")))
    site_ordinal = Choice(title(Unit, "site_ordinal"))
    capacity_mw = _quantity("capacity_mw")
    capacity_low_mw = Number(
        title(Unit, "capacity_low_mw"), high=1_000_000, description=_l("Only where the source gives a range.")
    )
    capacity_high_mw = Number(title(Unit, "capacity_high_mw"), high=1_000_000)
    capacity_mwp = _quantity("capacity_mwp")
    storage_mwh = _quantity("storage_mwh")
    turbine_count = _quantity("turbine_count")
    turbine_mw = _quantity("turbine_mw")
    lng_mtpa = _quantity("lng_mtpa")
    electrolyser_mw = _quantity("electrolyser_mw")
    hydrogen_kt_per_year = _quantity("hydrogen_kt_per_year")
    biofuel_kt_per_year = _quantity("biofuel_kt_per_year")
    biofuel_million_litres_per_year = _quantity("biofuel_million_litres_per_year")
    waste_t_per_day = _quantity("waste_t_per_day")
    quantity_text = Line(
        title(Unit, "quantity_text"),
        length=longest(Unit, "quantity_text"),
        description=_l("As printed in the source, for example “about 20,287 MW” or “2 × 750 MW”."),
    )
    cod_planned = PartialDate(title(Unit, "cod_planned"))
    cod_actual = PartialDate(title(Unit, "cod_actual"))
    confidence = Choice(title(Unit, "confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that no quantity stands that the technology does not have."""
        if self.blank:
            return True
        good = bool(super().validate(extra_validators))
        term = TECHNOLOGIES.get(self.technology.code)
        for name in (*QUANTITIES.codes(), *RANGE):
            field = self[name]
            if term is not None and field.data is not None and not applies(name, term.code):
                field.errors = [
                    *field.errors,
                    _(
                        "%(technology)s has no such quantity. Empty the field or choose another technology.",
                        technology=spoken(term.label),
                    ),
                ]
                good = False
        return good

    def validate_capacity_high_mw(self, field: Number) -> None:
        low = self.capacity_low_mw.data
        if low is not None and field.data is not None and low > field.data:
            raise ValidationError(_("The highest capacity is below the lowest."))

    def values(self) -> dict[str, Any]:
        """Return the unit in document shape."""
        plain = (
            "id",
            "ordinal",
            "name_vi",
            "name_en",
            *QUANTITIES.codes(),
            *RANGE,
            "quantity_text",
            "cod_planned",
            "cod_actual",
        )
        found: dict[str, Any] = {name: self[name].data for name in plain}
        found |= {name: self[name].code for name in ("technology", "status", "confidence")}
        found["site_ordinal"] = int(self.site_ordinal.code) if self.site_ordinal.code else None
        return found
