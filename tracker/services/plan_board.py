"""The plan board: what is allotted, named, taken without a row and left, by technology and period.

Four figures and never one: left = allocated − named − taken, where all three are known. What the plan prints
for a region, for both periods together or in lists that mix earlier and new plants stands beside, undivided.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.technologies import TECHNOLOGIES
from .plan_counting import Counting
from .plan_figures import Board
from .plan_heads import heads, list_heads
from .plan_lines import Lines, Pile
from .plan_links import Links, links
from .plan_registry import registry
from .plan_rows import Registry
from .portfolio import Portfolio

Part = tuple[str, str | None]


def board(
    *,
    instrument_code: str,
    province_code: str | None,
    portfolio: Portfolio,
    technologies: Sequence[str] = (),
) -> Board:
    """Return the board of a province (None: the country) as the audience of `portfolio` may see it.

    Raises KeyError for an instrument or a province that is not known.
    """
    plan = registry()
    instrument = plan.instruments[instrument_code]
    province = plan.provinces[province_code] if province_code else None
    counting = Counting(plan, instrument_code)
    found = links(portfolio)
    piles = _piles(plan, instrument_code, province_code, counting, found)
    printed = heads(plan, instrument_code)
    groups = []
    for (technology, subset), pile in piles.items():
        if technologies and not pile.technologies(technology).intersection(technologies):
            continue
        maker = Lines(plan, counting, found, printed, instrument.issued_on, technology, subset, province_code)
        groups.append(maker.group(pile))
    groups.sort(key=lambda group: (not group.allotted, TECHNOLOGIES.order(group.technology)))
    shown = {(group.technology, group.subset) for group in groups}
    return Board(
        instrument_code,
        province_code,
        province,
        plan.formers.get(province_code or "", ()),
        tuple(groups),
        tuple(head for head in printed if (head.technology, head.subset) in shown),
        tuple(
            head
            for head in list_heads(plan, instrument_code, province_code=province_code)
            if head.technology in {technology for technology, _ in shown}
        ),
        counting.periods,
    )


def _piles(
    plan: Registry, instrument_code: str, province_code: str | None, counting: Counting, found: Links
) -> dict[Part, Pile]:
    """Return what belongs to each technology and subset; allotted ones first, in the order of the document.

    A potential or backup row without a province is shown in the provinces of the projects that stand at it.
    """
    piles: dict[Part, Pile] = {}
    for row in plan.allocations.get(instrument_code, ()):
        if row.kind == "added" and row.area_kind == "province" and province_code in (None, row.province_code):
            piles.setdefault((row.technology, row.subset), Pile()).allocations.append(row)
    for entry in plan.entries.get(instrument_code, ()):
        if entry.superseded or not (
            province_code in (None, entry.province_code)
            or (
                entry.province_code is None
                and entry.list_kind != "listed"
                and any(link.province_code == province_code for link in found.entries.get(entry.key, ()))
            )
        ):
            continue
        counted = counting.of(entry)
        if counted.against is None:
            part: Part = (entry.technology, None)
        else:
            technology, subset = counted.against[2:]
            known = [part for part in piles if part[0] == technology and subset in (None, part[1])]
            part = known[0] if known else (technology, subset)
        pile = piles.setdefault(part, Pile())
        if counted.how in ("named", "list") and entry.list_kind == "listed":
            pile.named.append(entry)
        else:
            how = counted.how if entry.list_kind == "listed" else entry.list_kind
            pile.beside.setdefault((entry.key[1], entry.table_no, how), []).append(entry)
    return piles
