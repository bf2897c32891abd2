"""The selection of a request: read from the address once, the same for every page and file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import unquote_to_bytes, urlencode

from flask import abort, g, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..forms.selection import Problem, Selection, SelectionError, is_tracking, parse
from ..forms.typed import canonical
from ..services import portfolio

_PAGES = ("projects.index", "maps.index")  # the other addresses are asked for by scripts of these


def from_request(
    *,
    also: Sequence[str] = (),
    typed: bool = False,
    refuse: Callable[[SelectionError], Response] | None = None,
) -> Selection:
    """Return the selection of the address; answers 400 naming what cannot be read, or redirects tracking away.

    `also` names parameters that the page reads itself. `typed`: a form of the page sends what people write,
    so that it leads to the address that says the same as programs do. `refuse` makes the answer 400.
    """
    check_bytes()
    pairs = list(request.args.items(multi=True))
    if typed and (plain := canonical(pairs, lang=g.lang)) != pairs:
        if request.endpoint in _PAGES:
            abort(redirect(request.path + ("?" + urlencode(plain) if plain else ""), 302))
        pairs = plain
    if request.method == "GET" and any(is_tracking(name) for name, _value in pairs):
        kept = [(name, value) for name, value in pairs if not is_tracking(name)]
        abort(redirect(request.path + ("?" + urlencode(kept) if kept else ""), 302))
    try:
        return parse(pairs, provinces=portfolio.provinces(), zones=portfolio.zones(), also=also)
    except SelectionError as error:
        abort((refuse or _refusal)(error))


def check_bytes() -> None:
    """Answer 400 naming the values of the address whose bytes are no UTF-8; in `request.args` they stay escaped."""
    problems = []
    for part in request.query_string.split(b"&"):
        name, _sign, value = part.partition(b"=")
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError:
            shown = value.decode(errors="replace"), _("This text contains characters that cannot be read.")
            problems.append(Problem(name.decode(errors="replace"), *shown))
    if problems:
        abort(_refusal(SelectionError(problems)))


def _refusal(error: SelectionError) -> Response:
    return make_response(render_template("errors/400.html", error=None, problems=error.problems), 400)


def address(path: str, selection: Selection, **changes: object) -> str:
    """Return `path` with the query of a selection, `changes` applied to it."""
    encoded = urlencode(selection.pairs(**changes))
    return path + ("?" + encoded if encoded else "")
