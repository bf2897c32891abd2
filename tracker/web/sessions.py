"""Sessions as rows on the server. The cookie carries a random token; a visitor without need gets neither."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import CallbackDict

from ..domain import User
from ..services import sessions

log = logging.getLogger("tracker")


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What a browser's session holds in this request."""

    def __init__(
        self,
        data: dict[str, Any] | None = None,
        *,
        token: str | None = None,
        user: User | None = None,
        stale: bool = False,
        cookie: bool = False,
    ) -> None:
        super().__init__(data or {}, _note_change)
        self.token = token
        self.user = user
        self.stale = stale
        self.cookie = cookie  # the browser sent one, good or not
        self.fresh = False  # begun in this request: the browser does not know its token yet
        self.modified = False
        self.accessed = True


def _note_change(changed: CallbackDict[str, Any]) -> None:
    changed.modified = True  # type: ignore[attr-defined]


class Rows(SessionInterface):
    """Opens and stores sessions through `services.sessions`."""

    session_class = ServerSession

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.get_cookie_name(app))
        if not token or _is_static(app, request):
            return ServerSession()
        try:
            found = sessions.load(token)
        except SQLAlchemyError:
            # the page says what is wrong with the database; a session must not be the reason for a blank one
            log.exception("a session could not be read")
            return ServerSession()
        if found is None:
            return ServerSession(cookie=True)
        return ServerSession(found.data, token=token, user=found.user, stale=found.stale, cookie=True)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, ServerSession) or _is_static(app, request):
            return
        response.vary.add("Cookie")
        if session.user is not None:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        try:
            cookie = self._store(session)
        except SQLAlchemyError:
            log.exception("a session could not be stored")
            return
        if session.token and cookie == "new":
            response.set_cookie(
                self.get_cookie_name(app),
                session.token,
                httponly=True,
                samesite="Lax",
                path="/",
                secure=self.get_cookie_secure(app),
            )
        elif cookie == "gone":
            response.delete_cookie(
                self.get_cookie_name(app),
                path="/",
                httponly=True,
                samesite="Lax",
                secure=self.get_cookie_secure(app),
            )

    def _store(self, session: ServerSession) -> str:
        """Return what becomes of the cookie: `new`, `same` or `gone`."""
        kept = "new" if session.fresh else "same"
        if session.token is None:
            if session.modified and session:
                session.token = sessions.start(
                    user_id=None,
                    data=session,
                    user_agent=request.user_agent.string,
                    address=request.remote_addr,
                )
                return "new"
            return "gone" if session.cookie else kept
        if session.modified:
            return kept if sessions.save(session.token, session) else "gone"
        if session.stale:
            sessions.refresh(session.token)
        return kept


def attach(app: Flask) -> None:
    """Use server-side sessions and learn from them who is signed in."""
    secure = app.config["TRACKER"].secure_cookies
    # the prefix makes browsers refuse the cookie from a sub-domain or over plain HTTP
    app.config.update(
        SESSION_COOKIE_NAME="__Host-tracker_session" if secure else "tracker_session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.session_interface = Rows()

    @app.before_request
    def note_user() -> None:
        g.user = _mine().user


def sign_in(user: User) -> None:
    """Begin a new session for `user`: the browser's id changes, the old session ends."""
    mine = _mine()
    mine.clear()
    mine.token = sessions.start(
        user_id=user.id,
        data={},
        user_agent=request.user_agent.string,
        address=request.remote_addr,
        instead_of=mine.token,
    )
    mine.modified, mine.fresh, mine.user = False, True, user
    g.user = user
    g.pop("csrf_token", None)


def sign_out() -> None:
    """End the session of this browser."""
    mine = _mine()
    if mine.token:
        sessions.end(mine.token)
    mine.clear()
    mine.token, mine.user, mine.modified, mine.fresh = None, None, False, False
    g.user = None
    g.pop("csrf_token", None)


def token() -> str | None:
    """Return the token of this browser's session."""
    return _mine().token


def _mine() -> ServerSession:
    found: ServerSession = session._get_current_object()  # type: ignore[attr-defined]
    return found


def _is_static(app: Flask, request: Request) -> bool:
    return request.path.startswith(f"{app.static_url_path}/")
