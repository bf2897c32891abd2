"""Where a visitor may be sent on to: never off the site."""

from __future__ import annotations

from urllib.parse import urlsplit


def local(target: str | None, default: str) -> str:
    """Return `target` when it is a path of this site, else `default`.

    Browsers read `//host`, `/\\host` and addresses with tabs or line breaks in them as other sites.
    """
    if (
        not target
        or not target.startswith("/")
        or target.startswith("//")
        or "\\" in target
        or len(target) > 2000
    ):
        return default
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
