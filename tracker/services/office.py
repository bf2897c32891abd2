"""The office that runs this instance: its name and home province, with defaults until they are set."""

from __future__ import annotations

from typing import Any

from ..domain import Setting, db

_DEFAULTS: dict[str, Any] = {
    "office_name_vi": "Cổng dự án năng lượng sạch",
    "office_name_en": "Clean-energy project portal",
    "home_province": "46",
}


def setting(key: str) -> Any:
    """Return a setting of the office, its default when it was never set. Raises KeyError for an unknown key."""
    found = db.session.get(Setting, key)
    return _DEFAULTS[key] if found is None or found.value in (None, "") else found.value


def name(lang: str) -> str:
    """Return the name of the office in `lang`."""
    return str(setting(f"office_name_{lang}"))


def home_province() -> str:
    """Return the code of the province that the office serves."""
    return str(setting("home_province"))
