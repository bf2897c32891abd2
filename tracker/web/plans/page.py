"""The plan page and the same figures as JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, g, jsonify, make_response, redirect, render_template, request

from ...domain.dates import today
from ...domain.plan_terms import CHECKS, COUNTINGS, LIST_KINDS, checks
from ...domain.technologies import TECHNOLOGIES, expand
from ...forms.plans import PlanQuery, read
from ...forms.selection import SelectionError, is_tracking
from ...outputs import plans as words
from ...services import office, plans, portfolio
from ...services.plan_rows import InstrumentRow
from ...services.portfolio import Portfolio
from ..access import audience, everyone
from ..selections import check_bytes
from . import views
from .bars import comparison, pictured
from .listing import filters, pages

ROWS_UNDER_BOARD = 60
"""A board shows its rows below when they are this few; else a link leads to them."""


@views.get("/plan")
@everyone
def index() -> str:
    """Show the board, the targets, the entries or the rules of a decision."""
    query = _query()
    instrument = _instrument(query)
    known = portfolio.current(audience=audience(), as_of=query.as_of)
    province = _province(query)
    shown: dict[str, Any] = {
        "query": query,
        "instrument": instrument,
        "province_code": province,
        "instruments": sorted(plans.instruments(), key=lambda row: row.kind != plans.POWER_PLAN),
        "provinces": portfolio.provinces(),
        "technologies": plans.technologies_of(instrument.code),
        "TECHNOLOGY_TERMS": TECHNOLOGIES,
        "words": words,
        "checks": checks,
        "CHECKS": CHECKS,
        "COUNTINGS": COUNTINGS,
        "LIST_KINDS": LIST_KINDS,
        "portfolio_revision": known.revision,
        "as_of": query.as_of,
        "today": today().isoformat(),
    }
    sections = {"board": _board, "targets": _targets, "entries": _entries, "rules": _rules}
    return render_template(
        "plans/index.html", **shown, **sections[query.tab](query, instrument, province, known)
    )


@views.get("/plan.json")
@everyone
def data() -> Response:
    """Give the board and the targets of the same selection."""
    query = _query()
    instrument = _instrument(query)
    known = portfolio.current(audience=audience(), as_of=query.as_of)
    board = plans.board(
        instrument_code=instrument.code,
        province_code=_province(query),
        portfolio=known,
        technologies=expand(query.technology),
    )
    return jsonify(
        {
            "revision": known.revision,
            "provenance": instrument.source,
            "checked_original": instrument.checked_original,
            "board": words.board_json(board, instrument),
            "targets": words.targets_json(plans.targets(instrument_code=instrument.code)),
        }
    )


def _query() -> PlanQuery:
    """Return what the address asks for; answers 400 naming what cannot be read, sends tracking away."""
    check_bytes()
    pairs = list(request.args.items(multi=True))
    if any(is_tracking(name) for name, _ in pairs):
        kept = [(name, value) for name, value in pairs if not is_tracking(name)]
        abort(redirect(request.path + ("?" + urlencode(kept) if kept else ""), 302))
    names = {key: row.code for row in plans.instruments() for key in (row.code, row.short)}
    try:
        return read(pairs, instruments=names, provinces=portfolio.provinces())
    except SelectionError as error:
        abort(make_response(render_template("errors/400.html", error=None, problems=error.problems), 400))


def _instrument(query: PlanQuery) -> InstrumentRow:
    found = plans.instrument(query.instrument) if query.instrument else plans.default_instrument()
    if found is None:
        abort(404)
    return found


def _province(query: PlanQuery) -> str | None:
    return (office.home_province() if query.province is None else query.province) or None


def _board(
    query: PlanQuery, instrument: InstrumentRow, province: str | None, known: Portfolio
) -> dict[str, Any]:
    technologies = expand(query.technology)
    board = plans.board(
        instrument_code=instrument.code, province_code=province, portfolio=known, technologies=technologies
    )
    rows = plans.entries(
        instrument_code=instrument.code, portfolio=known, province_code=province, technology=technologies
    )
    few = len(rows) <= ROWS_UNDER_BOARD
    return {
        "board": board,
        "groups": [pictured(group, query, instrument, province) for group in board.groups],
        "rows": rows if few else (),
        "row_count": len(rows),
        "gaps": [row for row in rows if not row.linked],
        "titles": {(t.appendix, t.table_no): t for t in plans.tables(instrument_code=instrument.code)},
    }


def _targets(
    query: PlanQuery, instrument: InstrumentRow, province: str | None, known: Portfolio
) -> dict[str, Any]:
    other = plans.instrument(query.compare) if query.compare and query.compare != instrument.code else None
    targets = plans.targets(instrument_code=instrument.code)
    others = plans.targets(instrument_code=other.code) if other else ()
    years = sorted({t.year for t in (*targets, *others)})
    return {
        "other": other,
        "years": [comparison(year, targets, others) for year in years],
        "linked_here": plans.linked_to_instrument(known, instrument.code),
        "lang_now": g.lang,
    }


def _entries(
    query: PlanQuery, instrument: InstrumentRow, province: str | None, known: Portfolio
) -> dict[str, Any]:
    rows = plans.entries(
        instrument_code=instrument.code,
        portfolio=known,
        province_code=province,
        technology=expand(query.technology),
        q=query.q,
        list_kind=query.list_kind,
        period=query.period,
        table=query.table,
        linked=query.linked,
        investor=query.investor,
    )
    page, shown = pages(rows, query.page)
    tables = plans.tables(instrument_code=instrument.code)
    return {
        "rows": shown,
        "pager": page,
        "row_count": len(rows),
        "chips": filters(query),
        "tables": tables,
        "titles": {(t.appendix, t.table_no): t for t in tables},
        "periods": plans.periods(instrument_code=instrument.code),
        "mw_by_period": plans.mw_by_period(rows) if query.technology or query.table else (),
    }


def _rules(
    query: PlanQuery, instrument: InstrumentRow, province: str | None, known: Portfolio
) -> dict[str, Any]:
    found = plans.rules(instrument_code=instrument.code)
    return {
        "printed": [rule for rule in found if rule.kind != "counting"],
        "counting": [rule for rule in found if rule.kind == "counting"],
        "tables": plans.tables(instrument_code=instrument.code),
    }
