"""How people reach the portfolio: each view reads the request, calls one verb and answers."""

from __future__ import annotations

from flask import Flask

from ..settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for `settings` (read from the environment when None)."""
    from . import (
        accounts,
        batches,
        bulk,
        compression,
        desk,
        documents,
        drafts,
        errors,
        health,
        history,
        home,
        invitations,
        language,
        maps,
        office,
        plans,
        presentation,
        projects,
        quality,
        second_factor,
        security,
        sessions,
        storage,
        users,
        zones,
    )

    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key, SQLALCHEMY_DATABASE_URI=settings.database_url, TRACKER=settings,
        TESTING=settings.testing, MAX_CONTENT_LENGTH=2 * 1024 * 1024, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=5000, TRUSTED_NAMES=list(settings.trusted_hosts), WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if hops := settings.trusted_proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    compression.attach(app)
    storage.attach(app)
    sessions.attach(app)
    language.attach(app)
    documents.attach(app)
    security.attach(app)
    presentation.attach(app)
    errors.attach(app)
    nouns = (
        home, projects, drafts, maps, plans, accounts, health, documents, users, invitations, second_factor,
        office, zones, history, desk, bulk, batches, quality,
    )
    for noun in nouns:
        app.register_blueprint(noun.views)
    return app
