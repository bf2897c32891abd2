"""The list of entries: its pages, and the filters in force with the way to take each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import g
from flask_babel import gettext as _

from ...domain.plan_terms import LIST_KINDS
from ...domain.technologies import FAMILIES, TECHNOLOGIES
from ...forms.plans import WITHOUT_PERIOD, PlanQuery
from ...forms.selection import PAGE_SIZE
from ...outputs.plans import period_text
from ..presentation import url_with

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a list a page shows, counted from 1."""

    number: int
    pages: int
    total: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address without it."""

    label: str
    value: str
    url: str


def pages(rows: Sequence[T], number: int) -> tuple[Page, Sequence[T]]:
    """Return page `number` of `rows`, the last one when there are fewer."""
    count = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(number, count)
    start = (number - 1) * PAGE_SIZE
    shown = rows[start : start + PAGE_SIZE]
    return Page(number, count, len(rows), start + 1 if shown else 0, start + len(shown)), shown


def filters(query: PlanQuery) -> list[Chip]:
    """Return the filters of the entries in words."""
    found: list[Chip] = []
    if query.q:
        found.append(Chip(_("Search"), query.q, url_with(q=None, page=None)))
    for code in query.technology:
        term = TECHNOLOGIES.get(code) or FAMILIES[code]
        rest = [other for other in query.technology if other != code]
        found.append(Chip(_("Technology"), term.label[g.lang], url_with(technology=rest or None, page=None)))
    for code in query.list_kind:
        rest = [other for other in query.list_kind if other != code]
        found.append(
            Chip(_("List"), LIST_KINDS[code].label[g.lang], url_with(list_kind=rest or None, page=None))
        )
    if query.period:
        words = _("not printed") if query.period == WITHOUT_PERIOD else period_text(query.period)
        found.append(Chip(_("Period"), words, url_with(period=None, page=None)))
    if query.table:
        found.append(Chip(_("Table"), query.table, url_with(table=None, page=None)))
    if query.linked is not None:
        words = _("with a project") if query.linked else _("without a project")
        found.append(Chip(_("Projects"), words, url_with(linked=None, page=None)))
    if query.investor is not None:
        words = _("investor known") if query.investor else _("no investor known")
        found.append(Chip(_("Investor"), words, url_with(investor=None, page=None)))
    return found
