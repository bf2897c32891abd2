"""The tie of a project or unit to the plan, chosen by a person."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from ..domain import PlanLink
from ..domain.statuses import RELATIONS
from .fields import Choice, Key, Number, Paragraph, Row, options, title

_COLUMNS = {"entry": "entry_id", "allocation": "allocation_id", "instrument": "instrument_code"}


def target_key(link: dict[str, Any]) -> str:
    """Return what a stored link points to: `entry:12`, `allocation:3` or `instrument:qd-768-2025`."""
    for kind, column in _COLUMNS.items():
        if link.get(column) is not None:
            return f"{kind}:{link[column]}"
    return ""


def target_columns(key: str) -> dict[str, Any]:
    """Return the columns of a link for such a value."""
    found: dict[str, Any] = dict.fromkeys(_COLUMNS.values())
    kind, _colon, value = key.partition(":")
    found[_COLUMNS[kind]] = value if kind == "instrument" else int(value)
    return found


class LinkRow(Row):
    """One tie to a row of the plan, or to the decision as a whole."""

    presets = frozenset({"relation"})

    id = Key()
    target = Choice(
        _l("Row of the plan"), required=_l("Choose a row of the plan or the decision as a whole.")
    )
    relation = Choice(title(PlanLink, "relation"), choices=options(RELATIONS), default="listed")
    unit_ordinal = Choice(title(PlanLink, "unit_ordinal"))
    mw_share = Number(
        title(PlanLink, "mw_share"),
        high=1_000_000,
        description=_l("Leave empty when the source does not tell."),
    )
    note = Paragraph(title(PlanLink, "note"))
    reason = Paragraph(title(PlanLink, "reason"))

    def values(self) -> dict[str, Any]:
        """Return the link in document shape."""
        return target_columns(self.target.code or "") | {
            "id": self["id"].data,
            "relation": self.relation.code,
            "mw_share": self.mw_share.data,
            "unit_ordinal": int(self.unit_ordinal.code) if self.unit_ordinal.code else None,
            "note": self.note.data,
            "reason": self.reason.data,
        }
