"""What every way in has in common: whence somebody comes, too many attempts, and where it leads."""

from __future__ import annotations

import hashlib
import ipaddress
import math
from datetime import UTC, datetime

from flask import Response, redirect, request, session, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from ..domain import User, db
from ..services import office
from . import sessions
from .redirects import local

QUARTER_HOUR = 15 * 60
_HALF = "half_way_in"
_PATIENCE = 10 * 60  # seconds to find the telephone


def network() -> str:
    """Return the address that one visitor has: of IPv6 the /64, as every line owns that many."""
    address = request.remote_addr
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)  # a server that listens on `::` sees all of IPv4 within one /64
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def wait(seconds: int) -> str:
    """Return the words for a refusal that ends after `seconds`."""
    minutes = math.ceil(seconds / 60)
    return str(
        ngettext(
            "Too many attempts. Try again in %(num)d minute.",
            "Too many attempts. Try again in %(num)d minutes.",
            minutes,
        )
    )


def refuse(page: Response, seconds: int) -> Response:
    """Make `page` the answer to too many attempts."""
    page.status_code = 429
    page.headers["Retry-After"] = str(seconds)
    return page


def onward() -> str:
    """Return the page of this site that the person wanted."""
    target = local(request.values.get("next"), url_for("projects.index"))
    # no page: it only takes forms
    return url_for("home.index") if target.partition("?")[0].rstrip("/") == url_for("accounts.sign_out") else target


def proceed(user: User, target: str) -> BaseResponse:
    """Let in whoever gave the right password, after a code where the account asks for one."""
    if user.totp_secret is None:
        return enter(user, target)
    session[_HALF] = {"user": user.id, "mark": _mark(user), "at": _now(), "next": target}
    return redirect(url_for("second_factor.ask"), 303)


def half_way() -> tuple[User, str] | None:
    """Return who gave the password in this browser and still owes a code, and the page that was wanted."""
    found = session.get(_HALF)
    if not found or not 0 <= _now() - found["at"] <= _PATIENCE:
        return None
    user = db.session.get(User, found["user"])
    if user is None or not user.active or user.totp_secret is None or _mark(user) != found["mark"]:
        return None
    return user, local(found["next"], url_for("projects.index"))


def enter(user: User, target: str) -> BaseResponse:
    """Begin the session; the first administrator of a new installation is led to the settings once."""
    sessions.sign_in(user)
    if user.role == "administrator" and office.offer_settings():
        target = url_for("settings.index", first=1)
    return redirect(target, 303)


def _mark(user: User) -> str:
    """A sign of the present password: a half-way sign-in ends when it changes."""
    return hashlib.sha256((user.password_hash or "").encode()).hexdigest()[:16]


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
