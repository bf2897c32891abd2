"""What the form of a project offers to choose from, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from ...domain import Allocation, Entry, Instrument
from ...forms.projects import Known
from ...outputs import formats, phrases
from ...services import places, plan_choices, portfolio, projects


def known(*, province_code: str | None, technologies: Iterable[str], chosen: Iterable[str]) -> Known:
    """Return what may be referred to; rows of the plan are those that suit province and technologies."""
    found = plan_choices.candidates(province_code=province_code, technologies=technologies, also=chosen)
    return Known(
        provinces=list(portfolio.provinces().values()),
        formers=places.formers(),
        zones=list(portfolio.zones().values()),
        plan_rows=_plan_rows(found),
        plan_kinds=_kinds(found),
        is_project=projects.exists,
    )


def _kinds(found: plan_choices.Candidates) -> dict[str, str]:
    return {
        **{f"entry:{row.id}": row.list_kind for row in found.entries},
        **{f"allocation:{row.id}": "allocation" for row in found.allocations},
        **{f"instrument:{row.code}": row.kind for row in found.instruments},
    }


def _plan_rows(found: plan_choices.Candidates) -> list[SelectChoice]:
    numbers = {row.code: row.number or phrases.instrument(row.code, g.lang) for row in found.instruments}
    return [
        *(
            SelectChoice(
                f"entry:{row.id}",
                _entry(row),
                optgroup=_(
                    "Named in %(number)s", number=numbers.get(row.instrument_code, row.instrument_code)
                ),
            )
            for row in found.entries
        ),
        *(
            SelectChoice(
                f"allocation:{row.id}",
                _allocation(row),
                optgroup=_(
                    "Allocations of %(number)s", number=numbers.get(row.instrument_code, row.instrument_code)
                ),
            )
            for row in found.allocations
        ),
        *(
            SelectChoice(f"instrument:{row.code}", _instrument(row), optgroup=_("The decision as a whole"))
            for row in found.instruments
        ),
    ]


def _entry(row: Entry) -> str:
    first, second = (row.name_vi, row.name_en) if g.lang == "vi" else (row.name_en, row.name_vi)
    parts = [
        first or second or "",
        _size(row.mw_low, row.mw_high, row.mw_text),
        phrases.old_province(row.province_old, g.lang),
        row.period_label,
        _place(row),
        _("No. %(number)s", number=row.row_no) if row.row_no else None,
    ]
    return " · ".join(part for part in parts if part)


def _allocation(row: Allocation) -> str:
    first, second = (row.area_vi, row.area_en) if g.lang == "vi" else (row.area_en, row.area_vi)
    place = first or second or phrases.old_province(row.province_old, g.lang)
    parts = [place, _size(row.mw, row.mw, None), row.period_label, _place(row)]
    return " · ".join(part for part in parts if part)


def _place(row: Entry | Allocation) -> str:
    return str(_("Appendix %(appendix)s, Table %(table)s", appendix=row.appendix, table=row.table_no))


def _instrument(row: Instrument) -> str:
    text = row.title_vi if g.lang == "vi" else row.title_en
    return f"{row.number} · {text[:110]}" if row.number else text[:130]


def _size(low: float | None, high: float | None, text: str | None) -> str | None:
    return (
        formats.number_range(low, high, text, "mw", g.lang)
        if low is not None or high is not None or text
        else None
    )
