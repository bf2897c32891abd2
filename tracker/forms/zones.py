"""What may come in about an economic or industrial zone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form

from ..domain import Zone
from ..domain.places import ZONE_KINDS
from ..domain.statuses import ACCURACIES, CONFIDENCES
from .fields import Choice, Line, Number, longest, options
from .sites import coordinate_problems


class ZoneForm(Form):  # type: ignore[misc]
    """One zone. A place is a pair of coordinates with a word on how exact they are."""

    name_vi = Line(
        _l("Name in Vietnamese"), length=longest(Zone, "name_vi"), required=_l("Enter the name of the zone.")
    )
    name_en = Line(
        _l("Name in English"), length=longest(Zone, "name_en"), required=_l("Enter the name of the zone.")
    )
    kind = Choice(_l("Kind"), choices=options(ZONE_KINDS), required=_l("Choose the kind of zone."))
    province_code = Choice(_l("Province"), required=_l("Choose a province."))
    parent_code = Choice(_l("Part of"))
    communes = Line(_l("Communes and wards"), length=1000)
    area_ha = Number(_l("Area"), high=1_000_000)
    lat = Number(
        _l("Latitude"), low=-180, high=180, description=_l("Decimal degrees, for example 16.4637.")
    )
    lon = Number(
        _l("Longitude"), low=-180, high=180, description=_l("Decimal degrees, for example 107.5909.")
    )
    accuracy = Choice(_l("How exact is the place?"), choices=options(ACCURACIES, empty=_l("Not stated")))
    source = Line(
        _l("Source"),
        length=1000,
        required=_l("Enter where this is from."),
        description=_l("Decision, page or map that says so."),
    )
    confidence = Choice(_l("Confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))

    def __init__(
        self, *args: Any, provinces: Iterable[Any], parents: Iterable[Any], code: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.province_code.choices = options(provinces)
        self._parents = {zone.code: zone for zone in parents if zone.parent_code is None and zone.code != code}
        self.parent_code.choices = options(self._parents.values(), empty=_l("No larger zone"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, the coordinates together, and that a part lies in the province of its zone."""
        good = bool(super().validate(extra_validators))
        problems: dict[str, str] = {}
        if not self.lat.errors and not self.lon.errors:
            problems |= coordinate_problems(self.lat.data, self.lon.data)
        if self.lat.data is not None and self.accuracy.code is None:
            problems["accuracy"] = _("Say how exact the place is.")
        parent = self._parents.get(self.parent_code.code or "")
        if parent is not None and parent.province_code != self.province_code.code:
            problems["parent_code"] = _("This zone lies in another province.")
        for name, message in problems.items():
            self[name].errors = [*self[name].errors, message]
        return good and not problems

    def values(self) -> dict[str, Any]:
        """Return the zone by column."""
        return {
            name: field.code if isinstance(field, Choice) else field.data for name, field in self._fields.items()
        }
