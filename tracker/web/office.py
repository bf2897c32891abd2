"""The settings of the office, for its administrators, and the logo that every page shows."""

from __future__ import annotations

from io import BytesIO

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..forms.office import LARGEST_LOGO, LogoForm, OfficeForm, picture
from ..forms.uploads import UploadRefused
from ..services import office, portfolio
from ..services.transactions import write
from .access import actor, everyone, requires

views = Blueprint("settings", __name__)


@views.get("/settings")
@requires("administrator")
def index() -> str:
    """Show the settings."""
    return _page(_form())


@views.post("/settings")
@requires("administrator")
def save() -> BaseResponse:
    """Store the settings."""
    form = OfficeForm(request.form, provinces=portfolio.provinces().values())
    if not form.validate():
        return make_response(_page(form), 400)
    with write(actor=actor(), action="change settings"):
        office.change(form.values())
    flash(_("The settings are saved."), "good")
    return redirect(url_for("settings.index"), 303)


@views.post("/settings/logo")
@requires("administrator")
def upload_logo() -> BaseResponse:
    """Take a picture as the logo; its content decides, not its name."""
    form = LogoForm(request.files)
    sent = request.files.get("logo")
    # one byte more than allowed is enough to refuse
    content = sent.stream.read(LARGEST_LOGO + 1) if sent is not None else b""
    try:
        mimetype = picture(BytesIO(content), sent.filename if sent is not None else None)
    except UploadRefused as refused:
        form.logo.errors = [str(refused)]
        return make_response(_page(_form(), form), 400)
    with write(actor=actor(), action="change logo"):
        office.store_logo(current_app.config["TRACKER"].home, content, mimetype=mimetype)
    flash(_("The logo is saved."), "good")
    return redirect(url_for("settings.index"), 303)


@views.post("/settings/logo/remove")
@requires("administrator")
def remove_logo() -> BaseResponse:
    """Show the emblem of the program again."""
    with write(actor=actor(), action="change logo"):
        office.remove_logo()
    flash(_("The logo is removed."), "good")
    return redirect(url_for("settings.index"), 303)


@views.get("/office/logo")
@everyone
def logo() -> Response:
    """Send the logo. Its address carries the hash, so a browser may keep it."""
    found = office.logo()
    content = office.logo_bytes(current_app.config["TRACKER"].home)
    if found is None or content is None:
        abort(404)
    answer = Response(content, mimetype=found.mimetype)
    answer.set_etag(found.digest[:24])
    answer.headers["Content-Disposition"] = "inline"
    known = request.args.get("v") == found.digest[:12]
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if known else "no-cache"
    answer.make_conditional(request)
    return answer


def _form() -> OfficeForm:
    return OfficeForm(data=office.everything(), provinces=portfolio.provinces().values())


def _page(form: OfficeForm, logo_form: LogoForm | None = None) -> str:
    return render_template(
        "settings/index.html", form=form, logo_form=logo_form or LogoForm(), first=bool(request.args.get("first"))
    )
