"""Changes in words: who did what to which record, before → after.

Codes of vocabularies become their labels, numbers and days are written as the reader writes them, ids become names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.text import Text
from ..services import portfolio
from ..services.differences import Change, title_of
from ..services.history import SECTION_OF, Event
from ..services.history_names import REFERS, Names
from ..services.places import formers
from . import formats, phrases
from .history_words import (
    ACTIONS,
    DATES,
    FIELDS,
    GONE,
    HIDDEN,
    KINDS,
    NO_NUMBER,
    PLACE_FIELDS,
    REFERENCE,
    SHAPES,
    VOCABULARIES,
    YES_NO,
)

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
_FIELDS_NAMED = {"citation", "citations", "fact_change", "fact_changes"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field before → after in words. `staff` marks what never leaves the office."""

    title: str
    before: str
    after: str
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one part of a project: its name, what became of it (changed | added | removed), its fields."""

    title: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is needed to put values into words: language, places, names of what ids mean."""

    lang: str
    places: Mapping[tuple[str, str], Text]
    names: Names

    @classmethod
    def of(cls, lang: str, names: Names | None = None) -> Speaker:
        """Return a speaker that knows the places of today and the names given."""
        places: dict[tuple[str, str], Text] = {}
        for code, province in portfolio.provinces().items():
            places["province_code", code] = Text(province.label["vi"], province.label["en"])
        for former in formers():
            places["former_province_code", former.code] = Text(former.name_vi, former.name_en)
        for code, zone in portfolio.zones().items():
            places["zone_code", code] = Text(zone.label["vi"], zone.label["en"])
        return cls(lang, places, names or {})

    def value(self, section: str, field: str, value: Any) -> str:
        """Return a value of a field in words; what is not known in the words for it."""
        lang = self.lang
        if value is None or value == "":
            return formats.unknown(lang)
        if isinstance(value, bool):
            return YES_NO[value][lang]
        if isinstance(value, dict):
            return self._object(field, value)
        if isinstance(value, list):
            return "; ".join(self.value(section, field, item) for item in value)
        if isinstance(value, int | float):
            return self._figure(field, value)
        return self._text(section, field, str(value))

    def _text(self, section: str, field: str, value: str) -> str:
        lang = self.lang
        if field in PLACE_FIELDS:
            place = self.places.get((field, value))
            return place[lang] if place else value
        if field == "instrument_code":
            return phrases.instrument(value, lang)
        if field == "field" and section in _FIELDS_NAMED:
            return _title_of_any(value)[lang]
        if field in DATES:
            return _date(value, lang)
        if _MOMENT.match(value):
            return formats.datetime_vn(datetime.fromisoformat(value), lang)
        term = VOCABULARIES[field].get(value) if field in VOCABULARIES else None
        if term is None and field in ("before", "after"):
            term = VOCABULARIES["status"].get(value)
        return term.label[lang] if term else value[:12] if field == "file_sha256" else value

    def _figure(self, field: str, value: float) -> str:
        if field in REFERS:
            return self.name(REFERS[field], int(value))
        if field in NO_NUMBER or field.endswith(("_id", "ordinal", "_year", "revision")):
            return str(value)
        return formats.number(value, self.lang, max_digits=6 if field in ("lon", "lat") else formats.DIGITS)

    def _object(self, field: str, value: Mapping[str, Any]) -> str:
        if field == "target":
            return self._row_of_plan(value)
        if "coordinates" in value or "geometries" in value:
            shape = SHAPES.get(str(value.get("type")))
            return shape[self.lang] if shape else str(value.get("type"))
        return self._called(value) or ", ".join(f"{key}: {item}" for key, item in value.items())

    def _row_of_plan(self, target: Mapping[str, Any]) -> str:
        called = self._called(target)
        return " · ".join([*phrases.plan_parts(target, self.lang), *([called] if called else [])])

    def _called(self, values: Mapping[str, Any]) -> str:
        vi, en = values.get("name_vi"), values.get("name_en")
        first, second = (vi, en) if self.lang == "vi" else (en, vi)
        return str(first or second or values.get("name") or "")

    def name(self, kind: str, number: int) -> str:
        """Return the name of what an id means, marked when it is gone; the number where nothing is known of it."""
        known = self.names.get((kind, number))
        if known is None:
            return f"{KINDS[kind][self.lang]} {number}"
        if "instrument_code" in known:
            return self._row_of_plan(known)
        words = " – ".join(str(part) for part in (known.get("code"), self._called(known)) if part)
        return f"{words} ({GONE[self.lang]})" if known.get("gone") else words

    def part(self, section: str, values: Mapping[str, Any] | None) -> str:
        """Return the name of a part: "Tổ máy 2: Điện gió trên bờ"; section is a list of the document or a table."""
        kind = KINDS[section][self.lang] if section in KINDS else section.replace("_", " ")
        if not values:
            return kind
        number = values.get("ordinal") if section in ("units", "sites", "sources") else None
        head = f"{kind} {number}" if number else kind
        said = self._told(section, values)
        return f"{head}: {said}" if said else head

    def _told(self, section: str, values: Mapping[str, Any]) -> str:
        for field in ("target", "organisation", "organisation_id", "entry_id", "allocation_id", "technology", "stage",
                      "commune", "text", "citation", "title", "number", "code", "other_id", "value", "check", "field",
                      "name_vi", "email", "instrument_code", "province_code", "old_code", "key"):  # fmt: skip
            value = values.get(field)
            if value not in (None, "", 0):
                words = self.value(section, field, value)
                return words if len(words) <= 120 else words[:119] + "…"
        return ""


def action(code: str, lang: str) -> str:
    """Return what somebody did in words; the stored word itself where none are known."""
    return ACTIONS[code][lang] if code in ACTIONS else code


def groups(changes: Sequence[Change], speaker: Speaker) -> list[Group]:
    """Return the differences of two documents by part, in their order."""
    found: list[tuple[Any, Change, list[Line]]] = []
    for change in changes:
        key = (change.section, id(change.part))
        if not found or found[-1][0] != key:
            found.append((key, change, []))
        found[-1][2].append(_line(change, speaker))
    return [Group(speaker.part(first.section, first.part), first.kind, tuple(lines)) for _, first, lines in found]


def _line(change: Change, speaker: Speaker) -> Line:
    before, after = (speaker.value(change.section, change.field, value) for value in (change.before, change.after))
    return Line(change.title[speaker.lang], before, after, change.audience == "staff")


def part_of(event: Event, speaker: Speaker) -> str:
    """Return the name of the record that an event is about."""
    return speaker.part(SECTION_OF.get(event.entity, event.entity), event.values)


def lines(event: Event, speaker: Speaker) -> list[Line]:
    """Return the fields that an event changed in words, those that only the program needs left out."""
    section = SECTION_OF.get(event.entity, event.entity)
    if event.entity in REFERENCE and event.operation == "insert":
        return []
    return [
        Line(
            title(event.entity, field)[speaker.lang],
            speaker.value(section, field, before),
            speaker.value(section, field, after),
        )
        for field, (before, after) in event.changes.items()
        if field not in HIDDEN and not (event.operation == "insert" and field == "ordinal")
    ]


def title(entity: str, field: str) -> Text:
    """Return the title of a field of a table: that of its column, else the words known here."""
    found = title_of(SECTION_OF[entity], field) if entity in SECTION_OF else Text(field, field)
    plain = field.replace("_", " ")
    return found if found.vi != field else FIELDS.get(field, Text(plain, plain))


def _title_of_any(field: str) -> Text:
    found = (title_of(section, field) for section in ("project", "units", "sites", "call"))
    return next((one for one in found if one.vi != field), Text(field, field))


def _date(value: str, lang: str) -> str:
    try:
        return formats.date(value, lang)
    except ValueError:
        return value
