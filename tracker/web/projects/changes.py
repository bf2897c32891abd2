"""What the form tells of a change of status or capacity: since when it holds, and who says so."""

from __future__ import annotations

from typing import Any

from flask import request

from ...forms.facts import ChangeForm
from ...services import facts


def noted(before: dict[str, Any] | None, values: dict[str, Any]) -> dict[str, Any]:
    """Return the section `fact_changes` of the values in this request; nothing for new projects and corrections."""
    told = ChangeForm(request.form, prefix="change-")
    if before is None or told.mistake.data:
        return {}
    return {"fact_changes": facts.note_changes(before, values, **told.values())}
