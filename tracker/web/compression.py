"""Smaller answers for readers with slow lines: gzip where the browser takes it and nothing secret is at stake."""

from __future__ import annotations

import zlib

from flask import Flask, Response, request, session

_KINDS = frozenset(
    ("text/html", "text/csv", "text/javascript", "application/json", "application/geo+json", "image/svg+xml")
)
_LEAST = 1024  # below this many bytes gzip saves nothing
_GZIP = 16 + zlib.MAX_WBITS


def attach(app: Flask) -> None:
    """Compress finished answers; attached first, so that it sees an answer last."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _KINDS or request.endpoint == "static":
            return response
        response.vary.add("Accept-Encoding")
        if _may(response):
            body = response.get_data()
            if len(body) > _LEAST:
                squeeze = zlib.compressobj(5, wbits=_GZIP)
                response.set_data(squeeze.compress(body) + squeeze.flush())
                response.content_encoding = "gzip"
                tag, _weak = response.get_etag()
                if tag is not None:
                    response.set_etag(tag, weak=True)  # the same content, not the same bytes
        return response


def _may(response: Response) -> bool:
    """Return whether an answer may be compressed.

    Where there is a session, pages hold secrets (tokens) beside words of the address, and the length of a
    compressed page would tell one from the other (BREACH).
    """
    return (
        response.status_code == 200
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and request.accept_encodings.quality("gzip") > 0
        and not session
        and not getattr(session, "token", None)
    )
