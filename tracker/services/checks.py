"""The doubts about a project: the ranges they come from, and what staff decided about each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..domain.dates import utc_now
from ..domain.text import Text
from ..forms.plausibility import Range, Warning, unanswered, warnings


@cache
def ranges(data: Path) -> tuple[Range, ...]:
    """Return the ranges of `data`/checks/plausibility.csv; read once."""
    with (data / "checks" / "plausibility.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Range(
                check=row["check"],
                technology=row["technology"],
                low=float(row["low"]),
                high=float(row["high"]),
                unit=row["unit"],
                source=row["source"],
                url=row["url"],
                confidence=row["confidence"],
                note=Text(row["note_vi"], row["note_en"]),
            )
            for row in csv.DictReader(file)
        )


def doubts(document: dict[str, Any], *, data: Path) -> list[Warning]:
    """Return all warnings and notes about a document."""
    return warnings(document, ranges(data))


def open_doubts(document: dict[str, Any], *, data: Path) -> list[Warning]:
    """Return the warnings that need a correction or a reason before a document is submitted or published."""
    return unanswered(doubts(document, data=data), document.get("overrides", []))


def decided(document: dict[str, Any], *, reasons: Mapping[str, str], name: str, data: Path) -> list[dict[str, Any]]:
    """Return the overrides of a document with its new `reasons` (by the key of the warning), signed by `name`.

    What was accepted for a value that has changed since falls away.
    """
    found = doubts(document, data=data)
    standing = {(w.check, w.path, w.value) for w in found}
    kept = [
        item
        for item in document.get("overrides", [])
        if (item["check"], item["path"], item["value"]) in standing
    ]
    now = utc_now().isoformat()
    return kept + [
        {
            "check": warning.check,
            "path": warning.path,
            "value": warning.value,
            "reason": reasons[warning.key],
            "decided_by": name,
            "decided_at": now,
        }
        for warning in unanswered(found, kept)
        if reasons.get(warning.key)
    ]
