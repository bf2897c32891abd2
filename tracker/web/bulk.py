"""One change for many projects: choose it, see what it does to each, then write all or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ..domain import statuses
from ..domain.base import STAFF
from ..domain.text import Text
from ..forms.bulk import APPROVERS_ONLY, FIELDS, MOST, BulkForm, Order
from ..forms.projects import Known
from ..outputs import formats
from ..services import batches, bulk, portfolio, projects
from ..services.bulk import Effect, Preview
from .access import actor, current_user, requires
from .selections import from_request

views = Blueprint("bulk", __name__)
_TERMS: dict[str, Any] = {
    "confidence": statuses.CONFIDENCES,
    "land_status": statuses.LAND_STATUSES,
    "publish": statuses.REVIEW_STATES,
}


@views.get("/bulk")
@requires("editor")
def choose() -> Response:
    """Show what can be done to the chosen projects: those named, or all of a selection with `all=1`."""
    selection = from_request(also=("code", "all"))
    if request.args.get("all"):
        codes = [row.code for row in portfolio.current(audience=STAFF).select(selection).rows]
    else:
        codes = list(dict.fromkeys(request.args.getlist("code")))
    return _page(codes, _form(""))


@views.post("/bulk")
@requires("editor")
def change() -> Response:
    """Show what the change does to each project; with `step=apply`, do it."""
    codes = list(dict.fromkeys(request.form.get("codes", "").split()))
    form = _form(request.form.get("field", ""))
    if form.chosen in APPROVERS_ONLY and not _may("approver"):
        abort(403)
    if not codes or len(codes) > MOST or not form.chosen:
        return _page(codes, form, status=400)
    if not form.validate():
        return _page(codes, form, status=400)
    order = form.order()
    seen = bulk.preview(codes, order)
    if request.form.get("step") != "apply" or not seen.changed:
        return _show(codes, form, order, seen)
    try:
        number = batches.apply(
            kind="bulk",
            title=_title(order),
            actor=actor(),
            changes=seen.changes,
            seen=max(0, min(request.form.get("seen", 0, type=int), seen.seen)),
            publish=order.field == "publish",
            reason=form.reason.data,
        )
    except batches.BatchRefused as refusal:
        return _show(codes, form, order, seen, later=refusal.later, status=409)
    except (projects.NotReady, projects.ProjectNotFound):
        return _show(codes, form, order, bulk.preview(codes, order), status=409)
    count = len(seen.changed)
    shown = formats.number(count, g.lang)
    flash(ngettext("%(shown)s project changed.", "%(shown)s projects changed.", count, shown=shown), "good")
    return redirect(url_for("batches.show", number=number), 303)


def _form(field: str) -> BulkForm:
    known = Known(provinces=list(portfolio.provinces().values()))
    return BulkForm(request.form if request.method == "POST" else None, known=known, field=field)


def _page(codes: Sequence[str], form: BulkForm, *, status: int = 200) -> Response:
    known = portfolio.current(audience=STAFF).by_code
    text = render_template(
        "bulk/choose.html",
        form=form,
        codes=codes,
        rows=[known[code] for code in codes if code in known],
        fields=[
            (name, _name(name), parts)
            for name, parts in FIELDS.items()
            if name not in APPROVERS_ONLY or _may("approver")
        ],
        most=MOST,
    )
    return make_response(text, status)


def _show(
    codes: Sequence[str],
    form: BulkForm,
    order: Order,
    seen: Preview,
    *,
    later: Sequence[batches.Later] = (),
    status: int = 200,
) -> Response:
    kept = [
        (name, value)
        for name, value in request.form.items()
        if name in (*FIELDS[order.field], "field", "reason") and value
    ]
    text = render_template(
        "bulk/preview.html",
        title=_title(order),
        seen=seen,
        later=later,
        codes=codes,
        kept=kept,
        said=lambda effect, value: _said(order, value),
        why=_why,
        form=form,
    )
    return make_response(text, status)


def _name(field: str) -> str:
    return str(
        {
            "status": _("Change the status"),
            "province_code": _("Set the province"),
            "confidence": _("Set the confidence"),
            "last_checked": _("Note that they were checked"),
            "land_status": _("Set the land status"),
            "source": _("Add a source"),
            "action": _("Add a next action"),
            "review_comment": _("Write a comment of review"),
            "call": _("End the call for investment"),
            "publish": _("Publish"),
        }[field]
    )


def _title(order: Order) -> str:
    """Return the change in one line, as it will stand in the list of batches."""
    values = order.values
    if order.field == "status":
        return f"{_name('status')}: {_said(order, (values['status'], values['status_as_of']))}"
    if order.field in ("source", "action"):
        return f"{_name(order.field)}: {values.get('source_citation') or values.get('action_text')}"
    if order.field in ("call", "publish"):
        return _name(order.field)
    return f"{_name(order.field)}: {_said(order, values[order.field])}"


def _said(order: Order, value: Any) -> str:
    """Return a value before or after the change in words."""
    name, lang = order.field, g.lang
    if name == "status":
        term = statuses.STATUSES.get(value[0])
        label = term.label[lang] if term else str(value[0])
        return f"{label} ({formats.date(value[1], lang)})" if value[1] else label
    if name == "source":
        return str(ngettext("%(shown)s source", "%(shown)s sources", value, shown=formats.number(value, lang)))
    if name == "action":
        return str(ngettext("%(shown)s action", "%(shown)s actions", value, shown=formats.number(value, lang)))
    if name == "call":
        return str(_("calls for investment") if value else _("does not call"))
    if value in (None, ""):
        return formats.unknown(lang)
    if name == "province_code":
        province = portfolio.provinces().get(value)
        label_of: Text | None = province.label if province else None
        return label_of[lang] if label_of else str(value)
    if name == "last_checked":
        return formats.date(value, lang)
    term = _TERMS[name].get(value) if name in _TERMS else None
    return str(term.label[lang]) if term else str(value)


def _why(effect: Effect) -> str:
    """Return in words why nothing can be done to a project."""
    if effect.refused == ("gone",):
        return str(_("There is no project with this code, or it is archived."))
    words = {"name_vi": _("a name"), "units": _("a unit"), "sources": _("a source")}
    missing = ", ".join(str(words.get(name, name)) for name in effect.refused)
    return str(_("Before it can be published, the project needs: %(what)s.", what=missing))


def _may(role: str) -> bool:
    user = current_user()
    return user is not None and user.may(role)
