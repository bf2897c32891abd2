"""Who may enter: every view says so with one of these marks, and a test walks all routes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import abort, g, redirect, request, url_for

from ..domain import User
from ..domain.base import PUBLIC, STAFF
from ..services.transactions import Actor

View = TypeVar("View", bound=Callable[..., Any])
LOCK = "__tracker_lock__"


def everyone(view: View) -> View:
    """Mark a view that anybody may open."""
    setattr(view, LOCK, "everyone")
    return view


def requires(role: str) -> Callable[[View], View]:
    """Let only accounts with at least `role` in; others are asked to sign in, or told that they may not."""

    def lock(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            user = current_user()
            if user is None:
                if request.method != "GET":
                    abort(403)
                return redirect(
                    url_for("accounts.sign_in") + "?" + urlencode({"next": request.full_path.rstrip("?")})
                )
            if not user.may(role):
                abort(403)
            return view(*args, **kwargs)

        setattr(guarded, LOCK, role)
        return guarded  # type: ignore[return-value]

    return lock


def current_user() -> User | None:
    """Return the signed-in account of this request."""
    user: User | None = g.get("user")
    return user


def actor() -> Actor:
    """Return who writes in this request; only for views behind `requires`."""
    user = current_user()
    if user is None:
        abort(403)
    return Actor.of(user)


def audience() -> str:
    """Return whose eyes this request has: the office's when signed in, else the public's."""
    return STAFF if current_user() is not None else PUBLIC
