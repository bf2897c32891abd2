"""The data quality board: what is wanting, the largest first, each one click from where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, make_response, render_template, request, url_for
from flask_babel import gettext as _

from ..domain.dates import today
from ..domain.shortcomings import SHORTCOMINGS
from ..forms.selection import PAGE_SIZE, Problem
from ..outputs import files
from ..outputs import quality as lists
from ..outputs.tables import Words
from ..services import attachments, office, portfolio, quality
from ..services.quality import Board, Finding
from .access import requires

views = Blueprint("quality", __name__)
_WRITERS = {"xlsx": lists.write_xlsx, "csv": lists.write_csv}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a province or `all`, a shortcoming (empty: the first one), a page."""

    province: str
    kind: str
    page: int


@views.get("/quality")
@requires("viewer")
def index() -> Response:
    """Show the counts of every shortcoming and the projects of the one asked for."""
    asked = _asked()
    board = quality.board(province=asked.province)
    tallies = board.tallies
    code = asked.kind or next((tally.kind.code for tally in tallies if tally.projects), tallies[0].kind.code)
    found = board.found[code]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(asked.page, pages)
    start = (number - 1) * PAGE_SIZE
    shown = found[start : start + PAGE_SIZE]
    text = render_template(
        "quality/index.html",
        tallies=tallies,
        kind=SHORTCOMINGS[code],
        tally=next(tally for tally in tallies if tally.kind.code == code),
        findings=shown,
        page={"number": number, "pages": pages, "total": len(found), "first": start + 1, "last": start + len(shown)},
        province=asked.province,
        provinces=portfolio.provinces(),
        projects=board.projects,
        mend=mend,
        detail=lists.detail,
        list_url=lambda kind: _address("quality.index", province=asked.province, list=kind),
        downloads=[
            (name, url_for("quality.download", ending=ending, province=asked.province, list=code))
            for name, ending in (("Excel (xlsx)", "xlsx"), ("CSV", "csv"))
        ],
        usage=attachments.usage(),
        stale_months=office.setting("stale_months"),
    )
    answer = make_response(text)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@views.get("/quality.<any(xlsx, csv):ending>")
@requires("viewer")
def download(ending: str) -> Response:
    """Give one list as a file."""
    asked = _asked()
    board: Board = quality.board(province=asked.province)
    kind = SHORTCOMINGS[asked.kind or board.tallies[0].kind.code]
    root = request.host_url.rstrip("/")
    words = Words(g.lang, {code: place.label for code, place in portfolio.provinces().items()}, {}, root)
    body = _WRITERS[ending](kind, board.found[kind.code], words, lambda finding: root + mend(finding))
    answer = Response(body, content_type=files.FORMATS[ending])
    stem = "chat-luong" if g.lang == "vi" else "quality"
    name = f"{stem}-{kind.code.replace('_', '-')}-{today().isoformat()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def mend(finding: Finding) -> str:
    """Return the address at which a finding is mended: the field in the form, or the project's page."""
    if not finding.field:
        return url_for("projects.show", code=finding.row.code)
    return url_for("projects.edit", code=finding.row.code) + f"#{finding.field}"


def _asked() -> Asked:
    """Return what the address asks for; answers 400 naming what cannot be read."""
    province, kind = request.args.get("province", ""), request.args.get("list", "")
    page = request.args.get("page", "1")
    problems = []
    if province not in ("", quality.ALL) and province not in portfolio.provinces():
        problems.append(Problem("province", province, _("No such code. Choose one from the list of the filter.")))
    if kind and kind not in SHORTCOMINGS:
        problems.append(Problem("list", kind, _("No such code. Choose one from the list of the filter.")))
    if not (page.isascii() and page.isdigit() and 0 < int(page[:8]) < 1_000_000):
        problems.append(Problem("page", page, _("Write a page number from 1.")))
    if problems:
        abort(make_response(render_template("errors/400.html", error=None, problems=problems), 400))
    return Asked(province or office.home_province(), kind, int(page))


def _address(endpoint: str, **values: str) -> str:
    return url_for(endpoint) + "?" + urlencode(values)
