"""The tie of a project or unit to the plan, chosen by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from ..domain import PlanLink
from ..domain.statuses import RELATIONS
from .fields import Choice, Key, Number, Paragraph, Row, language, options, title

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


PLAN_KINDS = (
    "power_plan",
    "power_plan_implementation",
    "energy_plan",
    "hydrogen_strategy",
    "provincial_plan",
    "zone_plan",
    "emission_programme",
)
"""Kinds of instruments to which a project may be tied as a whole: plans, not laws or directives."""

_POWER_PLANS = ("power_plan", "power_plan_implementation")


def fitting(kind: str) -> tuple[str, ...]:
    """Return the relations that a target may have, the usual one first.

    `kind`: the list of a row (`listed`, `backup`, `potential`, `stopped`), `allocation`, or the kind of an
    instrument. Only what its list names is listed; what stands among the potential is no list for investment
    (Decision 768, Appendix III), and no other document than a power plan names or allots power projects.
    """
    if kind == "listed":
        return ("listed", "proposed")
    if kind in ("backup", "potential", "stopped"):
        return ("backup", "proposed", "outside")
    if kind == "allocation":
        return ("allocation", "proposed")
    if kind in _POWER_PLANS:
        return ("proposed", "outside", "listed", "allocation", "backup")
    return ("outside", "proposed")


def _called(kind: str) -> str:
    """Return what a kind of target is called in a sentence."""
    if kind == "listed":
        return str(_("a row that the plan lists"))
    if kind in ("backup", "potential", "stopped"):
        return str(_("a row of potential, backup or stopped projects"))
    if kind == "allocation":
        return str(_("an allocation to a province"))
    return str(_("a power plan as a whole") if kind in _POWER_PLANS else _("a document that is no power plan"))


class LinkRow(Row):
    """One tie to a row of the plan, or to the decision as a whole."""

    presets = frozenset({"relation"})

    id = Key()
    target = Choice(
        _l("Row of the plan"), required=_l("Choose a row of the plan or the decision as a whole.")
    )
    relation = Choice(
        title(PlanLink, "relation"),
        description=_l("Leave the default unless the source says otherwise."),
    )
    unit_ordinal = Choice(title(PlanLink, "unit_ordinal"))
    mw_share = Number(
        title(PlanLink, "mw_share"),
        high=1_000_000,
        description=_l("Leave empty when the source does not tell."),
    )
    note = Paragraph(title(PlanLink, "note"))
    reason = Paragraph(title(PlanLink, "reason"))

    kinds: Mapping[str, str] = {}  # of each target, see `fitting`; the form of the project fills it in

    def offer(self, kinds: Mapping[str, str]) -> None:
        """Say of what kind each target is, and offer the relations."""
        self.kinds = kinds
        self.relation.choices = options(RELATIONS, empty=_("As the chosen row says"))

    def validate_relation(self, field: Choice) -> None:
        kind = self.kinds.get(self.target.code or "")
        if kind is None or field.code is None or field.code in fitting(kind):
            return
        raise ValidationError(
            _(
                "“%(relation)s” does not go with %(row)s. Choose: %(fitting)s.",
                relation=RELATIONS[field.code].label[language()],
                row=_called(kind),
                fitting=", ".join(RELATIONS[code].label[language()] for code in fitting(kind)),
            )
        )

    def values(self) -> dict[str, Any]:
        """Return the link in document shape."""
        return target_columns(self.target.code or "") | {
            "id": self["id"].data,
            "relation": self.relation.code or fitting(self.kinds.get(self.target.code or "", "listed"))[0],
            "mw_share": self.mw_share.data,
            "unit_ordinal": int(self.unit_ordinal.code) if self.unit_ordinal.code else None,
            "note": self.note.data,
            "reason": self.reason.data,
        }
