"""Who takes part in a project, with which share of the capital."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..domain import Organisation, Party
from ..domain.statuses import CONFIDENCES, ROLES_OF_PARTIES
from .fields import Choice, Key, Line, Number, Row, language, longest, options, title
from .numbers import write_number


def share_problem(shares: Iterable[float | None]) -> str | None:
    """Return what is wrong with the shares of all investors together, in per cent."""
    total = round(sum(share or 0.0 for share in shares), 6)
    if total > 100:
        return str(
            _(
                "The shares add up to %(total)s %%. They may not exceed 100 %%.",
                total=write_number(total, language()),
            )
        )
    return None


class PartyRow(Row):
    """One organisation in one role."""

    presets = frozenset({"role"})

    id = Key()
    organisation = Line(
        title(Organisation, "name_vi"),
        length=longest(Organisation, "name_vi"),
        required=_l("Enter the name of the organisation."),
    )
    organisation_en = Line(
        title(Organisation, "name_en"),
        length=longest(Organisation, "name_en"),
        description=_l("Used when the organisation is new here."),
    )
    country = Line(title(Organisation, "country"), length=longest(Organisation, "country"))
    role = Choice(title(Party, "role"), choices=options(ROLES_OF_PARTIES), default="investor")
    share_percent = Number(title(Party, "share_percent"), high=100)
    note = Line(title(Party, "note"), length=longest(Party, "note"))
    confidence = Choice(title(Party, "confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))

    def values(self) -> dict[str, Any]:
        """Return the party in document shape; the organisation by its name."""
        return {
            "id": self["id"].data,
            "role": self.role.code,
            "share_percent": self.share_percent.data or None,
            "note": self.note.data,
            "confidence": self.confidence.code,
            "organisation": {
                "name_vi": self.organisation.data,
                "name_en": self.organisation_en.data,
                "country": self.country.data,
            },
        }
