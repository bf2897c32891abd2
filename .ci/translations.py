"""Check that every message of the program is translated, or bring the catalogues up to date.

    python .ci/translations.py            fails on a missing, fuzzy, obsolete or damaged translation
    python .ci/translations.py update     adds new messages, untranslated; drops what is no longer said

English is the language of the source, so it needs no catalogue.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parents[1]
TEMPLATE = PROJECT / ".build" / "messages.pot"
CATALOGUES = PROJECT / "tracker" / "translations"
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2", "lazy_npgettext:1c,2,3")


def extract() -> Catalog:
    """Every message of the sources and templates."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml"]
    command += [part for keyword in KEYWORDS for part in ("-k", keyword)]
    command += ["--sort-by-file", "-o", str(TEMPLATE), "tracker"]
    if subprocess.run(command, cwd=PROJECT, check=False).returncode:
        sys.exit("The messages could not be taken from the sources and templates: see above.")
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def key(message: Message) -> tuple[str | None, str | tuple[str, ...]]:
    """What makes a message the same message."""
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Everything about a catalogue that a reader of the pages would notice, one line each."""
    said = {key(message) for message in template if message.id}
    known = {key(message): message for message in catalogue if message.id}
    for missing in sorted(said - set(known), key=str):
        yield f"missing: {missing[1]!r}"
    for left_over in sorted(set(known) - said, key=str):
        yield f"the program no longer says: {left_over[1]!r}"
    for message in catalogue.obsolete.values():
        yield f"obsolete: {message.id!r}"
    for message in known.values():
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        if not all(strings):
            yield f"untranslated: {message.id!r}"
        else:
            for error in message.check(catalogue):
                yield f"damaged: {message.id!r}: {error}"


def main(arguments: list[str]) -> int:
    """Exit code 0 when every catalogue is complete or was updated, 1 otherwise, 2 for a wrong call."""
    if arguments not in ([], ["update"]):
        print(__doc__, file=sys.stderr)
        return 2
    template = extract()
    files = sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    if not files and any(message.id for message in template):
        print(f"There is no catalogue below {CATALOGUES.relative_to(PROJECT)}.", file=sys.stderr)
        return 1
    failed = False
    for path in files:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parents[1].name)
        if arguments:
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            with path.open("wb") as file:
                write_po(file, catalogue, width=110, include_lineno=False)
        found = list(problems(template, catalogue))
        name = path.relative_to(PROJECT)
        print(
            "\n".join(f"{name}: {problem}" for problem in found or [f"{len(catalogue)} messages, complete"])
        )
        failed = failed or (bool(found) and not arguments)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
