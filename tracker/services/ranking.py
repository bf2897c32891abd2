"""Which of the found projects stand first: marks count where they were typed, whole words before parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from ..domain.text import fold
from .rows import Row

_WORD = re.compile(r"[^\W_]+")


def by_relevance(rows: Sequence[Row], q: str) -> list[Row]:
    """Return `rows`, found by the words of `q`, the nearest first; equally near ones keep their order.

    Code or name alike, then the words in a row in a name, then each a word of a name, then each a word of
    anything that is searched, then parts of words: each as it was typed before without marks.
    """
    typed, plain = _words(_cased(q)), _words(fold(q))
    if not plain:
        return list(rows)
    return sorted(rows, key=lambda row: _distance(row, typed, plain))


def _distance(row: Row, typed: list[str], plain: list[str]) -> int:
    names = [name for name in (row.name_vi, row.name_en) if name]
    exact = [_words(_cased(name)) for name in names]
    folded = [_words(fold(name)) for name in (*names, row.code)]
    searched = set(_words(row.search))
    steps: tuple[Callable[[], bool], ...] = (
        lambda: typed in exact,
        lambda: plain in folded,
        lambda: any(_run(typed, words) for words in exact),
        lambda: any(set(typed) <= set(words) for words in exact),
        lambda: any(_run(plain, words) for words in folded),
        lambda: any(set(plain) <= set(words) for words in folded),
        lambda: set(plain) <= searched,
    )
    return next((place for place, step in enumerate(steps) if step()), len(steps))


def _run(wanted: list[str], words: list[str]) -> bool:
    """Return whether `wanted` stand one after the other in `words`."""
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _cased(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
