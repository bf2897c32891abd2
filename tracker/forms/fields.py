"""Fields of forms that give back what was typed, and rows of them that may be left empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from ..domain.base import Model
from ..domain.text import Text, tidy
from . import numbers

NOTHING_CHOSEN = ""


def language() -> str:
    """Return the language in which the person writes."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "vi"


def spoken(text: Text) -> Any:
    """Return a text in both languages as one that is put into words when it is shown."""
    return LazyString(lambda: text[language()])


def title(model: type[Model], name: str) -> Any:
    """Return the title of a column as a label."""
    return spoken(model.__table__.columns[name].info["title"])


def longest(model: type[Model], name: str) -> int:
    """Return how many letters a column holds."""
    return getattr(model.__table__.columns[name].type, "length", None) or 20_000


def options(
    terms: Iterable[Any], *, empty: Any = None, value: Callable[[Any], str] | None = None
) -> list[SelectChoice]:
    """Return the choices of terms with `code` and `label`, after an empty one when `empty` names it."""
    found = [SelectChoice(NOTHING_CHOSEN, empty)] if empty is not None else []
    return found + [SelectChoice(value(term) if value else term.code, spoken(term.label)) for term in terms]


class Line(StringField):  # type: ignore[misc]
    """One line of text, tidied; None when empty."""

    def __init__(self, label: Any, *, length: int, required: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"maxlength": length})
        super().__init__(label, **kwargs)
        self.length, self.message = length, required
        if required is not None:
            self.flags.required = True

    def process_formdata(self, valuelist: list[str]) -> None:
        text = tidy(valuelist[0]) if valuelist else None
        self.data = " ".join(text.split()) if text else None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data or ""

    def pre_validate(self, form: Form) -> None:
        if self.data and len(self.data) > self.length:
            raise StopValidation(_("Write at most %(count)d characters.", count=self.length))
        if self.data is None and self.message is not None:
            raise StopValidation(str(self.message))


class Paragraph(TextAreaField):  # type: ignore[misc]
    """Several lines of text, tidied; None when empty."""

    def __init__(self, label: Any, *, length: int = 20_000, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.length = length

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tidy(valuelist[0]) if valuelist else None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data or ""

    def pre_validate(self, form: Form) -> None:
        if self.data and len(self.data) > self.length:
            raise StopValidation(_("Write at most %(count)d characters.", count=self.length))


class _Typed(StringField):  # type: ignore[misc]
    """Text that stands for a value; what was typed is shown again, readable or not."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (tidy(valuelist[0]) or "") if valuelist else ""
        self.data = self.read(text) if text else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.write(self.data) if self.data is not None else ""


class Number(_Typed):
    """A number in the person's language, between `low` and `high`."""

    def __init__(
        self, label: Any, *, low: float | None = 0, high: float | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label, **kwargs)
        self.low, self.high = low, high

    def read(self, text: str) -> Any:
        return numbers.read_number(text, language(), low=self.low, high=self.high)

    def write(self, value: Any) -> str:
        return numbers.write_number(value, language())


class Whole(Number):
    """A whole number."""

    def read(self, text: str) -> Any:
        return numbers.read_whole(
            text,
            language(),
            low=None if self.low is None else int(self.low),
            high=None if self.high is None else int(self.high),
        )


class PartialDate(_Typed):
    """A day, month, quarter or year."""

    def read(self, text: str) -> Any:
        return numbers.read_date(text)

    def write(self, value: Any) -> str:
        return numbers.write_date(value)


class Day(PartialDate):
    """A full day."""

    def read(self, text: str) -> Any:
        return numbers.read_day(text)


class Choice(SelectField):  # type: ignore[misc]
    """One of a closed list; None when nothing is chosen. `choices` may be set after the form is made."""

    def __init__(
        self, label: Any, *, choices: list[SelectChoice] | None = None, required: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(
            label,
            choices=choices or [],
            validate_choice=False,
            coerce=lambda value: str(value) if value is not None else NOTHING_CHOSEN,
            **kwargs,
        )
        self.message = required
        if required is not None:
            self.flags.required = True

    @property
    def code(self) -> str | None:
        """The chosen code."""
        return self.data or None

    def pre_validate(self, form: Form) -> None:
        if self.code is None and self.message is not None:
            raise StopValidation(str(self.message))
        if self.code is not None and self.code not in {choice.value for choice in self.choices or ()}:
            raise StopValidation(_("Choose one from the list."))


class Key(HiddenField):  # type: ignore[misc]
    """The number of a stored record or of a row, kept through the form; None for a new one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class Row(Form):  # type: ignore[misc]
    """One of several rows. An empty one is no mistake and no record."""

    presets: frozenset[str] = frozenset()  # fields that have a value before anybody touched the row

    @property
    def blank(self) -> bool:
        """Whether nothing was entered, presets and keys apart."""
        return not any(
            field.data or (field.raw_data and any(str(part).strip() for part in field.raw_data))
            for name, field in self._fields.items()
            if name not in self.presets and not isinstance(field, Key)
        )

    def validate(self, extra_validators: Any = None) -> bool:
        return True if self.blank else bool(super().validate(extra_validators))


def rows(field_list: Any) -> list[Any]:
    """Return the forms of the rows that hold something."""
    return [entry.form for entry in field_list if not entry.form.blank]
