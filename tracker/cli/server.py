"""Serving the portfolio."""

from __future__ import annotations

import ipaddress
from typing import Any

import click
from flask import Flask
from flask_babel import gettext as _

from .database import require_current
from .instance import Failure, application, say


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def run(host: str, port: int, workers: int) -> None:
    """Serve the portfolio until interrupted."""
    with application() as app:
        require_current(app)
        announce(app, host=host, port=port)
    serve(app, host=host, port=port, workers=workers)


def announce(app: Flask, *, host: str, port: int) -> None:
    """Say where the pages are; fails when the port is taken."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failure(
                _(
                    "Cannot listen on %(host)s, port %(port)s: %(reason)s. Choose another with --port.",
                    host=host,
                    port=port,
                    reason=error.strerror or str(error),
                )
            ) from error
    guard_host(app, host=host)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  compared, not bound
    say(_("Tracker is at %(url)s (stop with Ctrl+C)", url=f"http://{shown}:{port}/"))


def guard_host(app: Flask, *, host: str) -> None:
    """Answer only to the names of this machine when only this machine can ask and nobody set TRUSTED_HOSTS."""
    if app.config["TRUSTED_NAMES"]:
        return
    try:
        inward = ipaddress.ip_address(host).is_loopback
    except ValueError:
        inward = host == "localhost"
    if inward:
        own = f"[{host}]" if ":" in host else host
        app.config["TRUSTED_NAMES"] = list(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", own)))
    else:
        say(_("Warning: TRUSTED_HOSTS is not set, so any host name in a request is believed."))


def serve(app: Flask, *, host: str, port: int, workers: int) -> None:
    """Run gunicorn: several processes, threads in each, requests under way are finished when it stops."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    from ..domain import db

    with app.app_context():
        db.engine.dispose()  # connections must not be shared with the processes to come

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "timeout": 60,
                "graceful_timeout": 30,
                "keepalive": 5,
                "loglevel": "warning",
                "control_socket_disable": True,
                "umask": 0o077,
                "preload_app": True,
            }
            for name, value in chosen.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    Server().run()
