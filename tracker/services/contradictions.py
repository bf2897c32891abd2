"""What cannot be true at once in a project: listed for the office, never changed silently, never public.

Each rule is a pure function on a full document (see `services.documents`). It yields the form fields at which the
contradiction is mended, each with what the sentence names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.dates import span, today
from ..domain.statuses import ROLES_OF_PARTIES, STATUSES
from ..domain.text import Text

Document = dict[str, Any]
Hits = Iterator[tuple[str, dict[str, Any]]]

GOING_ON = ("announced", "pre_construction", "construction")
ENDED = tuple(term.code for term in STATUSES if not term.live)


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: the rule, the path of the form's field (`cod_actual`, `units-0-status`, `sources`), words."""

    code: str
    path: str
    text: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A contradiction by its code; `text` may name `{number}`, the place of a unit or organisation in the form."""

    code: str
    text: Text
    check: Callable[[Document, date], Hits]


def of(document: Document, *, day: date | None = None) -> list[Finding]:
    """Return the contradictions of a full document as they stand on `day` (today in Viet Nam when None)."""
    at = day or today()
    return [
        Finding(rule.code, path, Text(rule.text.vi.format(**named), rule.text.en.format(**named)))
        for rule in RULES
        for path, named in rule.check(document, at)
    ]


def _before(partial: str | None, day: date) -> bool:
    return bool(partial) and span(str(partial))[1] < day


def _after(partial: str | None, day: date) -> bool:
    return bool(partial) and span(str(partial))[0] > day


def _happened(document: Document, *stages: str) -> bool:
    return any(step["stage"] in stages and step["actual"] for step in document["milestones"])


def _operating_without_cod(document: Document, day: date) -> Hits:
    dated = document["cod_actual"] or any(unit["cod_actual"] for unit in document["units"])
    if document["status"] == "operating" and not dated and not _happened(document, "commissioning", "operating"):
        yield "cod_actual", {}


def _construction_without_start(document: Document, day: date) -> Hits:
    if document["status"] == "construction" and not _happened(document, "construction"):
        yield "milestones", {}


def _planned_cod_past(document: Document, day: date) -> Hits:
    if document["status"] not in GOING_ON:
        return
    name = "cod_latest_planned" if document["cod_latest_planned"] else "cod_first_planned"
    if _before(document[name], day):
        yield name, {}


def _actual_cod_future(document: Document, day: date) -> Hits:
    if _after(document["cod_actual"], day):
        yield "cod_actual", {}


def _cod_but_not_operating(document: Document, day: date) -> Hits:
    if document["status"] in GOING_ON and document["cod_actual"] and not _after(document["cod_actual"], day):
        yield "status", {}


def _step_in_future(document: Document, day: date) -> Hits:
    for number, step in enumerate(document["milestones"]):
        if _after(step["actual"], day):
            yield f"milestones-{number}-actual", {}


def _ended_with_future_step(document: Document, day: date) -> Hits:
    if document["status"] not in ("cancelled", "retired"):
        return
    for number, step in enumerate(document["milestones"]):
        if not step["actual"] and step["planned"] and not _before(step["planned"], day):
            yield f"milestones-{number}-planned", {}


def _status_date_future(document: Document, day: date) -> Hits:
    if _after(document["status_as_of"], day):
        yield "status_as_of", {}


def _unit_runs_project_not(document: Document, day: date) -> Hits:
    for number, unit in enumerate(document["units"]):
        if unit["status"] == "operating" and document["status"] != "operating":
            yield f"units-{number}-status", {"number": number + 1}


def _unit_goes_on_project_ended(document: Document, day: date) -> Hits:
    if document["status"] not in ENDED:
        return
    for number, unit in enumerate(document["units"]):
        if unit["status"] in GOING_ON:
            yield f"units-{number}-status", {"number": number + 1}


def _no_unit_bears_status(document: Document, day: date) -> Hits:
    stated = [unit["status"] for unit in document["units"]]
    status = document["status"]
    if status in ("construction", "operating") and stated and None not in stated and status not in stated:
        yield "status", {}


def _shares_over_100(document: Document, day: date) -> Hits:
    for role in ROLES_OF_PARTIES.codes():
        shares = [
            (number, party["share_percent"])
            for number, party in enumerate(document["parties"])
            if party["role"] == role and party["share_percent"] is not None
        ]
        if sum(share for _, share in shares) > 100.005:
            yield f"parties-{shares[-1][0]}-share_percent", {}


def _range_reversed(document: Document, day: date) -> Hits:
    for number, unit in enumerate(document["units"]):
        low, high = unit["capacity_low_mw"], unit["capacity_high_mw"]
        if low is not None and high is not None and low > high:
            yield f"units-{number}-capacity_low_mw", {"number": number + 1}


def _capacity_outside_range(document: Document, day: date) -> Hits:
    for number, unit in enumerate(document["units"]):
        low, mw, high = unit["capacity_low_mw"], unit["capacity_mw"], unit["capacity_high_mw"]
        if mw is not None and ((low is not None and mw < low) or (high is not None and mw > high)):
            yield f"units-{number}-capacity_mw", {"number": number + 1}


def _published_without_source(document: Document, day: date) -> Hits:
    if document.get("review_state") == "published" and not document["sources"]:
        yield "sources", {}


def _stage_operating_status_not(document: Document, day: date) -> Hits:
    if document["stage"] == "operating" and document["status"] not in ("operating", "retired"):
        yield "status", {}


def _stage_ended_status_not(document: Document, day: date) -> Hits:
    expected = {"suspended": ("shelved", "cancelled", "retired"), "terminated": ("cancelled", "retired")}
    if document["stage"] in expected and document["status"] not in expected[document["stage"]]:
        yield "status", {}


RULES: tuple[Rule, ...] = (
    Rule(
        "operating_without_cod",
        Text("Đang vận hành nhưng chưa có ngày COD thực tế", "Operating, but no actual COD is given"),
        _operating_without_cod,
    ),
    Rule(
        "construction_without_start",
        Text(
            "Đang xây dựng nhưng chưa có bước khởi công với ngày thực tế",
            "Under construction, but no dated start of construction is given",
        ),
        _construction_without_start,
    ),
    Rule(
        "planned_cod_past",
        Text(
            "COD dự kiến đã qua mà dự án chưa vận hành",
            "The planned COD has passed, but the project does not operate",
        ),
        _planned_cod_past,
    ),
    Rule(
        "actual_cod_future",
        Text("COD thực tế nằm trong tương lai", "The actual COD lies in the future"),
        _actual_cod_future,
    ),
    Rule(
        "cod_but_not_operating",
        Text(
            "Đã có COD thực tế nhưng tình trạng chưa phải đang vận hành",
            "An actual COD is given, but the status is not operating",
        ),
        _cod_but_not_operating,
    ),
    Rule(
        "step_in_future",
        Text("Ngày thực tế của một bước nằm trong tương lai", "The actual date of a step lies in the future"),
        _step_in_future,
    ),
    Rule(
        "ended_with_future_step",
        Text(
            "Đã hủy hoặc ngừng vận hành nhưng còn bước dự kiến trong tương lai",
            "Cancelled or retired, but a step is still planned",
        ),
        _ended_with_future_step,
    ),
    Rule(
        "status_date_future",
        Text("Ngày của tình trạng nằm trong tương lai", "The date of the status lies in the future"),
        _status_date_future,
    ),
    Rule(
        "unit_runs_project_not",
        Text(
            "Tổ máy {number} đang vận hành nhưng dự án thì không",
            "Unit {number} operates, but the project does not",
        ),
        _unit_runs_project_not,
    ),
    Rule(
        "unit_goes_on_project_ended",
        Text(
            "Dự án đã dừng hoặc kết thúc nhưng tổ máy {number} vẫn tiếp tục",
            "The project has stopped or ended, but unit {number} goes on",
        ),
        _unit_goes_on_project_ended,
    ),
    Rule(
        "no_unit_bears_status",
        Text(
            "Không tổ máy nào có tình trạng của dự án",
            "No unit has the status that the project has",
        ),
        _no_unit_bears_status,
    ),
    Rule(
        "shares_over_100",
        Text("Tổng tỷ lệ góp vốn vượt 100 %", "The shares add up to more than 100%"),
        _shares_over_100,
    ),
    Rule(
        "range_reversed",
        Text(
            "Tổ máy {number}: công suất thấp nhất lớn hơn công suất cao nhất",
            "Unit {number}: the lowest capacity is above the highest",
        ),
        _range_reversed,
    ),
    Rule(
        "capacity_outside_range",
        Text(
            "Tổ máy {number}: công suất nằm ngoài khoảng đã nêu",
            "Unit {number}: the capacity lies outside the range given",
        ),
        _capacity_outside_range,
    ),
    Rule(
        "published_without_source",
        Text("Đã công bố nhưng không có nguồn", "Published without a source"),
        _published_without_source,
    ),
    Rule(
        "stage_operating_status_not",
        Text(
            "Đã tới bước vận hành thương mại nhưng tình trạng chưa phải đang vận hành",
            "The step of commercial operation is reached, but the status is not operating",
        ),
        _stage_operating_status_not,
    ),
    Rule(
        "stage_ended_status_not",
        Text(
            "Thủ tục đã tạm dừng hoặc chấm dứt nhưng tình trạng dự án vẫn tiếp tục",
            "The procedure is suspended or terminated, but the status says that the project goes on",
        ),
        _stage_ended_status_not,
    ),
)
