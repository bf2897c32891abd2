"""The repository itself: what a clone on another machine relies on, and modules readable in one sitting."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ASSETS = "tracker/web/assets"
LOCKS = ("requirements.txt", "requirements-dev.txt", f"{ASSETS}/requirements-node.txt")

LONGEST = 300
# Modules that are longer, each with its reason.
LONGER: dict[str, str] = {
    "migrations/versions/0001_first_schema.py": "the whole first schema, one statement after another",
    "tests/services/test_plans.py": "the figures of the plan's board, one after another",
    "tests/web/test_editing.py": "one form from the first field to publication",
}

# Written so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:home|root|Users|work|tmp/w)/[\w.-]")


def tracked(*patterns: str) -> list[Path]:
    """Files that git keeps, as they are in the working tree."""
    # A clone made by another user is still only read here.
    command = ["git", "-c", f"safe.directory={PROJECT}", "ls-files", "-z", "--", *patterns]
    names = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout.decode().split("\0")
    return [path for name in names if name and (path := PROJECT / name).is_file()]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_every_package_with_hashes_and_names_no_address(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert not re.search(
        r"https?:|file:|^\s*(-|--)(f|i|find-links|index-url|extra-index-url)\b", text, re.MULTILINE
    )
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_development_lock_agrees_with_the_runtime_lock() -> None:
    runtime, development = (
        set(
            re.findall(
                r"^[a-z0-9-]+==.*?(?= \\$)", (PROJECT / name).read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for name in LOCKS[:2]
    )
    assert runtime
    assert runtime <= development


def test_front_end_lock_names_no_address_and_checks_every_package() -> None:
    packages = json.loads((PROJECT / ASSETS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(PROJECT)}:{n}" for n, line in enumerate(lines, 1) if MACHINE_PATH.search(line)
        ]
    assert found == []


def test_modules_can_be_read_in_one_sitting() -> None:
    lengths = {
        path.relative_to(PROJECT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST and name not in LONGER} == {}
    assert [name for name in LONGER if lengths.get(name, 0) <= LONGEST] == []
