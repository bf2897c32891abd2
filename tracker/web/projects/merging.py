"""Merging two projects that are the same: side by side, a choice for each field, a look at the result, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...domain import Project
from ...forms.conflicts import same
from ...services import documents, merging, projects
from ...services.transactions import write
from ..access import actor, requires
from . import views, words

CHOOSE = "choose-"
_SECTIONS = ("units", "sites", "links", "parties", "milestones", "documents", "sources", "actions")
_FIELDS = (
    "name_vi", "name_en", "name_other", "summary_vi", "summary_en", "status", "status_as_of", "province_code",
    "invest_vnd_bn", "invest_usd_m", "invest_year", "land_ha", "land_status", "jobs", "cod_first_planned",
    "cod_latest_planned", "cod_actual", "grid_voltage_kv", "grid_substation", "grid_line_km", "grid_agreement",
    "confidence", "last_checked", "call", "remarks_internal", "contact_internal",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One field or section of both projects in words, and what is chosen."""

    name: str
    label: str
    keep: list[str]
    other: list[str]
    section: bool
    chosen: str


@views.get("/<code>/merge")
@requires("approver")
def merge(code: str) -> Response | str:
    """Show both projects field by field, or ask which one to merge."""
    keep = projects.find(code)
    other = _other(keep, request.args.get("with"))
    if other is None:
        return render_template("projects/merge_ask.html", project=keep, asked=request.args.get("with"))
    return _page(keep, other, {})


@views.post("/<code>/merge")
@requires("approver")
def do_merge(code: str) -> Response:
    """Show what the merged project would be, or merge."""
    keep = projects.find(code)
    other = _other(keep, request.form.get("with"))
    if other is None:
        asked = request.form.get("with")
        return make_response(render_template("projects/merge_ask.html", project=keep, asked=asked), 400)
    choices = {
        name.removeprefix(CHOOSE): value for name, value in request.form.items() if name.startswith(CHOOSE)
    }
    if request.form.get("action") != "merge":
        return make_response(_page(keep, other, choices, preview=request.form.get("action") == "preview"))
    codes = keep.code, other.code
    expected = {one: request.form.get(f"version-{one}", 0, type=int) for one in codes}
    reason = " ".join(request.form.get("reason", "").split())[:2000] or None
    try:
        with write(actor=actor(), action="merge projects", reason=reason or f"{codes[1]} → {codes[0]}") as revision:
            merging.merge(*codes, choices=choices, expected=expected, revision=revision)
    except (projects.EditConflict, merging.CannotMerge):
        flash(_("Somebody has changed one of the two projects since you opened them. Look at them again."), "warn")
        return make_response(_page(projects.find(codes[0]), projects.find(codes[1]), choices), 409)
    flash(_("Merged. %(other)s leads here from now on. Publish to show it to the public.", other=codes[1]), "good")
    return redirect(url_for("projects.show", code=codes[0]), 303)


@views.post("/<code>/unmerge")
@requires("approver")
def unmerge(code: str) -> Response:
    """Bring a merged project back under its own code."""
    project = projects.find(code)
    if project.merged_into_id is None:
        return make_response(
            render_template("projects/refused.html", project=project, message=_("This project is not merged.")), 409
        )
    stored = project.code
    with write(actor=actor(), action="unmerge projects", reason=None):
        merging.take_apart(stored)
    flash(
        _("%(code)s is a draft of its own again. What the other project took over stays there: take it out by hand or "
          "restore an earlier version.", code=stored),
        "good",
    )
    return redirect(url_for("projects.show", code=stored), 303)


def _other(keep: Project, code: str | None) -> Project | None:
    """Return the project to merge; None when there is none of that code, or it cannot be merged."""
    if not code or not projects.exists(code.strip()):
        return None
    other = projects.find(code.strip())
    apart = other.id != keep.id
    usable = all(p.merged_into_id is None and p.archived_at is None for p in (keep, other))
    return other if apart and usable else None


def _page(keep: Project, other: Project, chosen: dict[str, str], *, preview: bool = False) -> str:
    one, two = documents.full(keep), documents.full(other)
    result = merging.combined(one, two, chosen)
    return render_template(
        "projects/merge.html",
        keep=keep,
        other=other,
        choices=_choices(one, two, chosen),
        preview=preview,
        result=[
            (words.label(name), words.lines(name, result[name]))
            for name in (*_FIELDS, *_SECTIONS)
            if result[name] not in (None, "", [])
        ],
        twice=merging.counted_twice(result),
        other_public=projects.published(other) is not None,
        keep_public=projects.published(keep) is not None,
    )


def _choices(one: dict[str, Any], two: dict[str, Any], chosen: dict[str, str]) -> list[Choice]:
    """Return what differs; the first choice is what is there, else what the other project has."""
    found = []
    for name in (*_FIELDS, *_SECTIONS):
        if same(one[name], two[name]) or two[name] in (None, "", []):
            continue
        section = name in _SECTIONS
        first = merging.KEEP if one[name] not in (None, "", []) else merging.BOTH if section else merging.OTHER
        found.append(
            Choice(
                name, words.label(name), words.lines(name, one[name]), words.lines(name, two[name]), section,
                chosen.get(name, first),
            )
        )
    return found
