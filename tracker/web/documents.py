"""Files of legal documents: taken in for a project, given back to staff as downloads and never as pages."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from ..forms import uploads
from ..forms.documents import UploadForm
from ..services import attachments, documents, portfolio, projects
from ..services.transactions import write
from .access import actor, current_user, requires

views = Blueprint("documents", __name__)
log = logging.getLogger("tracker")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_MARGIN = 64 * 1024  # of the fields beside the file


def attach(app: Flask) -> None:
    """Take larger requests for uploads of those who may upload; stands before the token of the form is read."""

    @app.before_request
    def make_room() -> None:
        user = current_user()
        if request.endpoint == "documents.upload" and user is not None and user.may("editor"):
            request.max_content_length = _most_bytes() + _MARGIN


@views.get("/projects/<code>/documents")
@requires("editor")
def new(code: str) -> Response | str:
    """Show the documents of a project and the form to upload another."""
    project = projects.find(code)
    if project.code != code:
        return redirect(url_for("documents.new", code=project.code), 301)
    return _page(code, UploadForm())


@views.post("/projects/<code>/documents")
@requires("editor")
def upload(code: str) -> Response:
    """Add a document with its file to a project."""
    project = projects.find(code)
    try:
        form, sent = UploadForm(request.form), request.files.get("file")
    except RequestEntityTooLarge:
        raise
    except OSError as error:  # the passing copy of a large request lies on the disk
        return _failed(project.code, UploadForm(), error)
    well = form.validate()
    problem: uploads.UploadRefused | None = None
    found: uploads.Upload | None = None
    try:
        found = uploads.check(*_content(sent), most_bytes=_most_bytes())
    except uploads.UploadRefused as error:
        problem = error
    if not well or found is None or sent is None:
        status = problem.status if well and problem else 400
        return make_response(_page(project.code, form, problem=str(problem) if problem else ""), status)
    try:
        _store(project.code, form.values(), sent, found)
    except (OSError, OperationalError) as error:
        return _failed(project.code, form, error)
    flash(_("The file is stored with the document."), "good")
    return redirect(url_for("projects.show", code=project.code), 303)


@views.get("/files/<sha256>/<name>")
@requires("viewer")
def give(sha256: str, name: str) -> Response:
    """Give a file back: as a download, whatever it is, so that nothing in it runs here."""
    found = attachments.find(sha256, name, home=_home())
    if found is None:
        abort(404)
    answer = send_file(found.path, mimetype=found.media_type, as_attachment=True, download_name=name, etag=False)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _content(sent: FileStorage | None) -> tuple[Any, str | None]:
    return (sent.stream, sent.filename) if sent is not None else (None, None)


def _store(code: str, values: dict[str, Any], sent: FileStorage, found: uploads.Upload) -> None:
    """Put the file in its place and its document at the end of the project's list, in one block."""
    home = _home()
    with attachments.staged(sent.stream, home=home) as copy:  # type: ignore[arg-type]
        try:
            with write(actor=actor(), action="attach document") as _revision:
                project = projects.find(code)
                kept = attachments.settle(copy, media_type=found.media_type, home=home)
                stored = documents.full(project)["documents"]
                number = max((item["ordinal"] for item in stored), default=0) + 1
                added = values | {"id": None, "ordinal": number, "file_sha256": kept.sha256, "file_name": found.name}
                projects.put(project, {"documents": [*stored, added]})
                if project.review_state != "returned":
                    project.review_state = "draft"
        except BaseException:
            attachments.forget_unused(copy.sha256, home=home)
            raise


def _failed(code: str, form: UploadForm, error: Exception) -> Response:
    """Say that the disk is full; any other failure is an error of the program."""
    full = error.errno in _FULL if isinstance(error, OSError) else "disk is full" in str(error)
    if not full:
        raise error
    log.error("no room on the disk for an upload: %s", error)
    words = _("The disk of the server is full. Nothing was stored. Tell the administrator, then try again.")
    return make_response(_page(code, form, problem=words), 507)


def _page(code: str, form: UploadForm, *, problem: str = "") -> str:
    found = portfolio.document(code, audience="staff")
    if found is None:
        abort(404)
    return render_template(
        "projects/documents.html",
        p=found,
        form=form,
        problem=problem,
        most_mb=_most_bytes() // 1_000_000,
        kinds=", ".join(kind for kind in uploads.MEDIA_TYPES if kind != "jpeg"),
        accept=",".join(f".{kind}" for kind in uploads.MEDIA_TYPES),
    )


def _home() -> Path:
    home: Path = current_app.config["TRACKER"].home
    return home


def _most_bytes() -> int:
    return int(current_app.config["TRACKER"].upload_mb) * 1_000_000
