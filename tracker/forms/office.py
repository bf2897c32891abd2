"""What may come in about the office itself: its names, province, contact, and its logo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form
from wtforms.validators import ValidationError

from . import uploads
from .fields import Choice, Line, Whole, options
from .users import is_email

LARGEST_LOGO = 512 * 1024
_PICTURES = ("image/png", "image/jpeg")
_WEBSITE = re.compile(r"https?://[^\s/?#@\\<>\"']+\.[^\s/?#@\\<>\"']+(?:/[^\s<>\"'\\]*)?", re.I)


class OfficeForm(Form):  # type: ignore[misc]
    """The settings of the office."""

    office_name_vi = Line(
        _l("Name of the office in Vietnamese"), length=120, required=_l("Enter the name of the office.")
    )
    office_name_en = Line(
        _l("Name of the office in English"), length=120, required=_l("Enter the name of the office.")
    )
    home_province = Choice(
        _l("Home province"),
        required=_l("Choose a province."),
        description=_l("The plan board opens with it and new projects start in it."),
    )
    stale_months = Whole(
        _l("Months without news after which a project is stale"),
        low=1,
        high=120,
        description=_l("Stale projects stand on the desk of the staff; their published status does not change."),
    )
    office_address_vi = Line(_l("Address in Vietnamese"), length=300)
    office_address_en = Line(_l("Address in English"), length=300)
    office_phone = Line(_l("Telephone"), length=60)
    office_email = Line(_l("E-mail address"), length=200)
    office_website = Line(_l("Website"), length=200, description=_l("With https:// in front."))

    def __init__(self, *args: Any, provinces: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home_province.choices = options(provinces)

    def validate_stale_months(self, field: Whole) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Enter a number of months."))

    def validate_office_phone(self, field: Line) -> None:
        if field.data and not re.fullmatch(r"[0-9+().\-–/ ]{6,60}", field.data):
            raise ValidationError(_("Enter a telephone number in digits, for example +84 234 3822 538."))

    def validate_office_email(self, field: Line) -> None:
        if field.data and not is_email(field.data):
            raise ValidationError(_("Enter an e-mail address, for example binh@example.vn."))

    def validate_office_website(self, field: Line) -> None:
        if field.data and not _WEBSITE.fullmatch(field.data):
            raise ValidationError(_("Enter an address that begins with https://."))

    def values(self) -> dict[str, Any]:
        """Return the settings by name."""
        return {
            name: field.code if isinstance(field, Choice) else field.data for name, field in self._fields.items()
        }


class LogoForm(Form):  # type: ignore[misc]
    """A picture for the head of every page."""

    logo = FileField(
        _l("Logo"),
        description=_l("PNG or JPEG of at most 512 kB, square or nearly so."),
        render_kw={"accept": "image/png,image/jpeg"},
    )


def picture(stream: BinaryIO, name: str | None) -> str:
    """Return the media type of a logo, told by its content; raises uploads.UploadRefused."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > LARGEST_LOGO:
        raise uploads.UploadRefused(_("The picture is larger than 512 kB. Send a smaller one."), status=413)
    found = uploads.check(stream, name, most_bytes=LARGEST_LOGO)
    if found.media_type not in _PICTURES:
        raise uploads.UploadRefused(_("Send a PNG or a JPEG picture."))
    return found.media_type
