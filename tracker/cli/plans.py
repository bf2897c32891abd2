"""The plan from the command line: the board, its rows, its targets."""

from __future__ import annotations

import json
from typing import Any

import click
from flask_babel import gettext as _
from flask_babel import pgettext

from ..domain.base import PUBLIC, STAFF
from .database import require_current
from .instance import Unreadable, application, say, spoken

_instrument = click.option("--instrument", help="Code or number of the decision, as in qd-768-2025 or 768.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_province = click.option(
    "--province", help="Code of one of the 34 (Huế = 46); all or none: the whole country."
)
_technology = click.option("--technology", multiple=True, help="Technology or family; may be repeated.")


_staff = click.option("--staff", is_flag=True, help="Working copies instead of the published versions.")


@click.group()
def plan() -> None:
    """The power development plan: what it gives, what stands against it."""


@plan.command("board")
@_province
@_instrument
@_technology
@_staff
@_json
def show_board(
    province: str | None, instrument: str | None, technology: tuple[str, ...], staff: bool, as_json: bool
) -> None:
    """Print allocated, named, taken without a row and left, by technology and period (MW)."""
    from ..outputs import plans as words
    from ..services import plans, portfolio

    with application() as app:
        require_current(app)
        chosen = _chosen(instrument)
        board = plans.board(
            instrument_code=chosen.code,
            province_code=_known_province(province),
            portfolio=portfolio.current(audience=STAFF if staff else PUBLIC),
            technologies=_technologies(technology),
        )
        if as_json:
            _print(words.board_json(board, chosen))
            return
        place = board.province[spoken()] if board.province else _("the whole country")
        say(f"{chosen.number} · {place}")
        _table(
            [_("Technology"), _("Period"), _("Allocated"), _("Named"), _("Taken without a row"), _("Left")],
            [
                [
                    words.group_label(group)[spoken()],
                    words.period_text(line.period.label),
                    _mw(line.allocated_mw),
                    _mw(line.named_mw),
                    _mw(line.taken_mw),
                    _left(line.left_mw) if group.allotted else "",
                ]
                for group in board.groups
                for line in group.lines
            ],
        )
        for group in board.groups:
            label = words.group_label(group)[spoken()]
            for note in group.notes:
                say(f"{label}: {words.note_text(note, spoken())}")
            for line in group.lines:
                for note in line.notes:
                    period = words.period_text(line.period.label)
                    say(f"{label}, {period}: {words.note_text(note, spoken())}")


@plan.command("entries")
@_province
@_instrument
@_technology
@click.option("--q", default="", help="Words of the name or place, marks do not matter.")
@click.option("--linked/--unlinked", default=None, help="Only rows with, or without, a project.")
@_staff
@_json
def show_entries(
    province: str | None,
    instrument: str | None,
    technology: tuple[str, ...],
    q: str,
    linked: bool | None,
    staff: bool,
    as_json: bool,
) -> None:
    """Print the rows of the plan with the projects at them."""
    from ..outputs import formats
    from ..outputs import plans as words
    from ..services import plans, portfolio

    with application() as app:
        require_current(app)
        rows = plans.entries(
            instrument_code=_chosen(instrument).code,
            portfolio=portfolio.current(audience=STAFF if staff else PUBLIC),
            province_code=_known_province(province),
            technology=_technologies(technology),
            q=q,
            linked=linked,
        )
        if as_json:
            _print(words.entries_json(rows))
            return
        lang = spoken()
        _table(
            [
                _("Table"),
                _("Row"),
                pgettext("of a plan row", "Name"),
                _("Province"),
                "MW",
                _("Period"),
                _("p. %(page)s", page=""),
                _("Projects"),
            ],
            [
                [
                    f"{e.row.key[1]}.{e.row.table_no}",
                    e.row.row_no or "",
                    e.row.name(lang),
                    e.province[lang] if e.province else "",
                    formats.number_range(e.row.mw_low, e.row.mw_high, e.row.mw_text, "", lang),
                    words.period_text(e.row.period_label),
                    str(e.row.page or ""),
                    " ".join(dict.fromkeys(link.code for link in e.linked)),
                ]
                for e in rows
            ],
        )


@plan.command("targets")
@_instrument
@click.option("--year", type=int, help="Only this year.")
@_json
def show_targets(instrument: str | None, year: int | None, as_json: bool) -> None:
    """Print the targets as published; items are not to be added up."""
    from ..outputs import formats
    from ..outputs import plans as words
    from ..services import plans

    with application() as app:
        require_current(app)
        rows = plans.targets(instrument_code=_chosen(instrument).code, year=year)
        if as_json:
            _print(words.targets_json(rows))
            return
        lang = spoken()
        _table(
            [_("Year"), _("Source of power"), _("Target"), _("Window"), _("Confidence")],
            [
                [
                    str(t.year),
                    t.label[lang],
                    formats.number_range(t.low, t.high, None, t.unit.lower(), lang),
                    t.window,
                    t.confidence or "",
                ]
                for t in rows
            ],
        )
        say(_("The items must not be added up."))


def _chosen(given: str | None) -> Any:
    from ..services import plans

    if given is None:
        found = plans.default_instrument()
        if found is None:
            raise Unreadable(_("No plan is loaded. Run: tracker init"))
        return found
    try:
        return plans.instrument(given)
    except plans.InstrumentNotFound as error:
        raise Unreadable(_("No such decision. Choose one from the list, for example 768.")) from error


def _known_province(code: str | None) -> str | None:
    from ..services import portfolio

    if code in (None, "", "all"):
        return None
    if code not in portfolio.provinces():
        raise Unreadable(_("No province has the code %(code)s.", code=code))
    return code


def _technologies(codes: tuple[str, ...]) -> tuple[str, ...]:
    from ..domain.technologies import expand

    try:
        return expand(codes)
    except KeyError as error:
        raise Unreadable(_("No technology has the code %(code)s.", code=error.args[0])) from error


def _mw(value: float | None) -> str:
    from ..outputs import formats

    return _("not printed") if value is None else formats.number(value, spoken())


def _left(value: float | None) -> str:
    return _("cannot be told") if value is None else _mw(value)


def _print(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=2))


def _table(head: list[str], rows: list[list[str]]) -> None:
    """Print columns of equal width."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
