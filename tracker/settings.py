"""Settings from the environment: TRACKER_HOME holds all state of the embedded default, DATABASE_URL switches."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an instance of the program needs to know before it starts."""

    home: Path
    database_url: str
    secret_key: str = field(repr=False)
    secure_cookies: bool = False
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    tile_url: str = ""
    tile_attribution: str = ""
    upload_mb: int = 20
    data: Path = ROOT / "data"
    migrations: Path = ROOT / "migrations"
    testing: bool = False

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the environment; makes TRACKER_HOME and its secret key when they are not there.

        Raises ValueError when TRUSTED_PROXIES is no number.
        """
        home = Path(os.environ.get("TRACKER_HOME") or ROOT / ".tracker").resolve()
        _make_private(home)
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'tracker.sqlite3'}"
        hosts = tuple(host for host in os.environ.get("TRUSTED_HOSTS", "").replace(",", " ").split() if host)
        return cls(
            home=home,
            database_url=_with_driver(url),
            secret_key=_secret_key(home),
            secure_cookies=os.environ.get("SECURE_COOKIES", "") == "1",
            trusted_hosts=hosts,
            trusted_proxies=_proxies(os.environ.get("TRUSTED_PROXIES", "")),
            tile_url=os.environ.get("TILE_URL", ""),
            tile_attribution=os.environ.get("TILE_ATTRIBUTION", ""),
            upload_mb=int(os.environ.get("UPLOAD_MB") or 20),
        )


def _make_private(home: Path) -> None:
    """Make the folder, or take away what others may do in it when it is one of ours: it holds all state."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (home / "secret_key").exists() and home.stat().st_uid == os.getuid():
        home.chmod(0o700)
        for path in home.glob("*.sqlite3*"):
            path.chmod(0o600)


def _proxies(text: str) -> int:
    """How many proxies stand in front: so many entries of X-Forwarded-For are believed, from the right."""
    if not text.strip():
        return 0
    if not (text.strip().isascii() and text.strip().isdigit() and int(text) <= 10):
        raise ValueError("TRUSTED_PROXIES: write how many proxies stand in front, 0 to 10")
    return int(text)


def _with_driver(url: str) -> str:
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _secret_key(home: Path) -> str:
    """Return the instance's key, made once with exclusive creation so that two first starts agree on it."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = home / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
