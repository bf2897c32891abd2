"""Reading the files of the demo portfolio (data/portfolio)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class BadPortfolio(ValueError):
    """A file of the portfolio is missing, cannot be read or points to something that does not exist."""


def read_json(path: Path) -> Any:
    """Return what a JSON file holds. Raises BadPortfolio naming it."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadPortfolio(f"{path.name}: {error}") from error
