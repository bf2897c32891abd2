"""The office that runs this instance: name, home province, contact, logo; with defaults until they are set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..domain import Setting, db
from .transactions import keep

_DEFAULTS: dict[str, Any] = {
    "office_name_vi": "Cổng dự án năng lượng sạch",
    "office_name_en": "Clean-energy project portal",
    "home_province": "46",
    "stale_months": 12,
    "inferred_shelved_months": 24,
    "inferred_cancelled_months": 48,
    "office_address_vi": None,
    "office_address_en": None,
    "office_phone": None,
    "office_email": None,
    "office_website": None,
    "office_logo": None,
}
FIELDS = tuple(name for name in _DEFAULTS if name != "office_logo")
_OFFERED = "settings_offered"


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture of the office: `digest` names the file and changes with it."""

    digest: str
    mimetype: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The office as every page shows it. `contact` has what is known of address, phone, email, website."""

    name: str
    contact: dict[str, str]
    logo: Logo | None


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


def stale_months() -> int:
    """Return after how many months without news a project counts as stale."""
    return int(setting("stale_months"))


def everything() -> dict[str, Any]:
    """Return all settings that a form asks for."""
    return {key: setting(key) for key in FIELDS}


def change(values: Mapping[str, Any]) -> None:
    """Store settings by name; None goes back to the default. Inside a write block. Raises KeyError."""
    for key, value in values.items():
        if key not in _DEFAULTS:
            raise KeyError(key)
        record = db.session.get(Setting, key)
        if record is None:
            db.session.add(Setting(key=key, value=value))
        elif record.value != value:
            record.value = value
    db.session.flush()


def profile(lang: str) -> Profile:
    """Return what every page says of the office, in one query."""
    stored = _DEFAULTS | {
        row.key: row.value for row in db.session.scalars(select(Setting)) if row.value not in (None, "")
    }
    other = "en" if lang == "vi" else "vi"
    known = {
        "address": stored[f"office_address_{lang}"] or stored[f"office_address_{other}"],
        "phone": stored["office_phone"],
        "email": stored["office_email"],
        "website": stored["office_website"],
    }
    return Profile(
        name=str(stored[f"office_name_{lang}"]),
        contact={key: str(value) for key, value in known.items() if value},
        logo=_logo(stored["office_logo"]),
    )


def offer_settings() -> bool:
    """Return True once, while nobody has set anything: an administrator is led to the settings then."""
    names = (*_DEFAULTS, _OFFERED)
    if db.session.scalar(select(Setting.key).where(Setting.key.in_(names)).limit(1)) is not None:
        return False
    with keep() as session:
        session.merge(Setting(key=_OFFERED, value=True))
    return True


def logo() -> Logo | None:
    """Return the logo of the office, None when it has none."""
    return _logo(setting("office_logo"))


def _logo(found: Any) -> Logo | None:
    return Logo(found["digest"], found["mimetype"]) if found else None


def store_logo(home: Path, content: bytes, *, mimetype: str) -> None:
    """Keep a checked picture as the logo, under `home`/office. Inside a write block.

    Files are named by their hash: an earlier logo stays readable for the history.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _folder(home) / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        partial = path.with_suffix(".part")
        partial.write_bytes(content)
        partial.replace(path)
    change({"office_logo": {"digest": digest, "mimetype": mimetype}})


def remove_logo() -> None:
    """Go back to the emblem of the program. Inside a write block."""
    change({"office_logo": None})


def logo_bytes(home: Path) -> bytes | None:
    """Return the logo's file, None when there is no logo or its file is gone."""
    found = logo()
    path = _folder(home) / found.digest if found else None
    return path.read_bytes() if path is not None and path.is_file() else None


def _folder(home: Path) -> Path:
    return home / "office"
