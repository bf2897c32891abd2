"""A text in both languages of the office, and the folding used to search it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LANGUAGES = ("vi", "en")
# They turn the text that follows around; no Vietnamese or English text needs them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and English."""

    vi: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


def fold(text: str | None) -> str:
    """Return `text` in lower case without Vietnamese marks, đ → d, runs of white space as one blank.

    NFC and NFD spellings give the same result; `fold("Điện gió") == "dien gio"`.
    """
    if not text:
        return ""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.replace("đ", "d").split())


def without_marks(text: str) -> str:
    """Return a Vietnamese name as English texts print it: "Thừa Thiên Huế" → "Thua Thien Hue"."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def tidy(text: str | None) -> str | None:
    """Return `text` as NFC without surrounding white space; None when empty.

    Control characters and marks that turn the direction of writing are removed.
    """
    if text is None:
        return None
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    clean = "".join(c for c in kept if c not in _TURNING)
    return clean.strip() or None
