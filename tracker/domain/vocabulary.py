"""Closed lists of terms as data: code, label in both languages, definition, order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from .text import Text


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list."""

    code: str
    label: Text
    definition: Text | None = None


T = TypeVar("T", bound=Term)


class Vocabulary(Generic[T]):
    """An ordered closed list, looked up by code."""

    def __init__(self, name: str, *terms: T) -> None:
        self.name = name
        self._terms = {term.code: term for term in terms}
        if len(self._terms) != len(terms):
            raise ValueError(f"{name}: a code stands twice")

    def __getitem__(self, code: str) -> T:
        return self._terms[code]

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def __iter__(self) -> Iterator[T]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def get(self, code: str | None) -> T | None:
        """Return the term, or None when the code is empty or unknown."""
        return self._terms.get(code) if code else None

    def codes(self) -> tuple[str, ...]:
        """Return all codes in order."""
        return tuple(self._terms)

    def order(self, code: str) -> int:
        """Return the place of `code` in the list; unknown codes come last."""
        return list(self._terms).index(code) if code in self._terms else len(self._terms)
