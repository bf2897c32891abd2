"""A text in both languages of the office, and the folding used to search it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LANGUAGES = ("vi", "en")


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


def tidy(text: str | None) -> str | None:
    """Return `text` as NFC without surrounding white space, control characters removed; None when empty."""
    if text is None:
        return None
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return clean.strip() or None
