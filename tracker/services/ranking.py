"""Which of the found projects stand first: marks count where they were typed, whole words before parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from ..domain.text import fold
from .rows import Row

_WORD = re.compile(r"[^\W_]+")
Words = tuple[str, ...]


def by_relevance(rows: Sequence[Row], q: str) -> list[Row]:
    """Return `rows`, found by the words of `q`, the nearest first; equally near ones keep their order.

    Code or name alike, then the words in a row in a name, then each a word of a name, then each a word of
    anything that is searched, then parts of words: each as it was typed before without marks.
    """
    typed, plain = _typed(q), _plain(q)
    if not plain:
        return list(rows)
    return sorted(rows, key=lambda row: _distance(row, typed, plain))


def _distance(row: Row, typed: Words, plain: Words) -> int:
    names = [name for name in (row.name_vi, row.name_en) if name]
    exact = [_typed(name) for name in names]
    folded = [_plain(name) for name in (*names, row.code)]
    steps: tuple[Callable[[], bool], ...] = (
        lambda: typed in exact,
        lambda: plain in folded,
        lambda: any(_run(typed, words) for words in exact),
        lambda: any(set(typed) <= set(words) for words in exact),
        lambda: any(_run(plain, words) for words in folded),
        lambda: any(set(plain) <= set(words) for words in folded),
        lambda: set(plain) <= _searched(row.search),
    )
    return next((place for place, step in enumerate(steps) if step()), len(steps))


def _run(wanted: Words, words: Words) -> bool:
    """Return whether `wanted` stand one after the other in `words`."""
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


# names come again with every search: of tens of thousands of rows each is cut into words once
@lru_cache(maxsize=100_000)
def _typed(text: str) -> Words:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


@lru_cache(maxsize=100_000)
def _plain(text: str) -> Words:
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=50_000)
def _searched(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))
