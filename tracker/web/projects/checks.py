"""The doubts about a stored project on its page: warnings to accept, lookalikes to tell apart, what was merged in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...forms.plausibility import Warning, unanswered
from ...services import checks, documents, merging, projects
from ...services.rows import Row
from ...services.transactions import write
from ..access import actor, current_user, requires
from . import saving, views
from .duplicates import Lookalike, of_row


@dataclass(frozen=True, slots=True)
class Doubts:
    """What an editor is shown: open warnings, notes, accepted warnings, lookalikes, projects merged into this one."""

    open: Sequence[Warning]
    notes: Sequence[Warning]
    accepted: Sequence[dict[str, Any]]
    alike: Sequence[Lookalike]
    merged: Sequence[merging.Merged]

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.open or self.notes or self.accepted or self.alike or self.merged)


def of_page(row: Row, document: dict[str, Any]) -> Doubts | None:
    """Return the doubts for the page of a project; None for those who do not edit."""
    user = current_user()
    if user is None or not user.may("editor"):
        return None
    found = checks.doubts(document, data=saving.data_folder())
    overrides = document.get("overrides", [])
    still_open = unanswered(found, overrides)
    titles = {(w.check, w.path, w.value): w for w in found}
    accepted = [
        item | {"title": titles[key].title, "message": titles[key].message}
        for item in overrides
        if (key := (item["check"], item["path"], item["value"])) in titles
    ]
    notes = [w for w in found if w.level != "warning"]
    return Doubts(still_open, notes, accepted, of_row(row), merging.merged_into(row.id))


@views.post("/<code>/accept")
@requires("editor")
def accept(code: str) -> Response:
    """Accept warnings with a reason for each."""
    given = saving.reasons(request.form)
    who = actor()
    before = len(checks.open_doubts(documents.full(projects.find(code)), data=saving.data_folder()))
    if given:
        with write(actor=who, action="accept warning", reason="; ".join(given.values())) as _revision:
            project = projects.find(code)
            document = documents.full(project)
            decided = checks.decided(document, reasons=given, name=who.name, data=saving.data_folder())
            projects.put(project, {"overrides": decided})
    left = len(checks.open_doubts(documents.full(projects.find(code)), data=saving.data_folder()))
    if left < before:
        flash(_("Accepted. The reason stays with the project while the value stays the same."), "good")
    else:
        flash(_("Nothing was accepted: write a reason beside the warning."), "warn")
    return redirect(url_for("projects.show", code=code), 303)
