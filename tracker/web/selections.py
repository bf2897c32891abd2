"""The selection of a request: read from the address once, the same for every page and file."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from ..forms.selection import Selection, SelectionError, is_tracking, parse
from ..services import portfolio


def from_request(*, also: Sequence[str] = ()) -> Selection:
    """Return the selection of the address; answers 400 naming what cannot be read, or redirects tracking away.

    `also` names parameters that the page reads itself.
    """
    pairs = list(request.args.items(multi=True))
    if request.method == "GET" and any(is_tracking(name) for name, _ in pairs):
        kept = [(name, value) for name, value in pairs if not is_tracking(name)]
        abort(redirect(request.path + ("?" + urlencode(kept) if kept else ""), 302))
    try:
        return parse(pairs, provinces=portfolio.provinces(), zones=portfolio.zones(), also=also)
    except SelectionError as error:
        abort(_refusal(error))


def _refusal(error: SelectionError) -> Response:
    return make_response(render_template("errors/400.html", error=None, problems=error.problems), 400)


def address(path: str, selection: Selection, **changes: object) -> str:
    """Return `path` with the query of a selection, `changes` applied to it."""
    encoded = urlencode(selection.pairs(**changes))
    return path + ("?" + encoded if encoded else "")
