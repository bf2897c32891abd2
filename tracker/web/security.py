"""Headers of every answer and protection of every form."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_babel import gettext as _
from flask_wtf import CSRFProtect
from werkzeug.sansio.utils import host_is_trusted

csrf = CSRFProtect()


def policy(tile_url: str) -> str:
    """Return the content-security policy; only a configured tile server is an outside source of images."""
    images = "'self' data:"
    if tile_url:
        parts = urlsplit(tile_url)
        images += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        f"img-src {images}; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def answers_to(host: str, names: Sequence[str]) -> bool:
    """Return whether `host` (name or address, port or none) is well formed and one of `names`, if there are any.

    `.example.vn` stands for a domain with all its sub-domains. An empty host was malformed.
    """
    # werkzeug cuts names at the first colon, and so knows no address of IPv6
    return host_is_trusted(host, names) or (host.startswith("[") and host[: host.find("]") + 1] in names)


def attach(app: Flask) -> None:
    """Send the headers and check the token of every unsafe request."""

    @app.before_request
    def known_host() -> None:
        # addresses in files and mails are built from it
        if not answers_to(request.host, app.config["TRUSTED_NAMES"]):
            abort(400, _("This server does not go by the host name of the request."))

    csrf.init_app(app)
    settings = app.config["TRACKER"]
    csp = policy(settings.tile_url)
    referrer = "strict-origin-when-cross-origin" if settings.tile_url else "same-origin"

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", csp)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = referrer
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
        if settings.secure_cookies:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response
