"""Install the pinned Python packages of a lock into this environment, with progress and retries.

    python .ci/install.py requirements.txt

Every file is checked against the hash in the lock. The whole answer of pip is kept in `.build/install.log`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LOG = PROJECT / ".build" / "install.log"
ATTEMPTS = 4
# pip's line for a package from an index or already there, and for one from a folder of wheels.
PACKAGE = re.compile(
    r"^(?:Collecting|Requirement already satisfied:) ([\w.-]+)==([\w.+!-]+)"
    r"|^Processing \S*/([\w.]+)-([^-]+)-\S+\.whl"
)


def pinned(lock: Path) -> int:
    """How many packages a lock names."""
    return sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if re.match(r"^[A-Za-z0-9]", line))


def install(lock: Path) -> bool:
    """Run pip once and say how far it is; whether it succeeded."""
    total, seen, live = pinned(lock), 0, sys.stdout.isatty()
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--require-hashes", "-r", str(lock)]
    LOG.parent.mkdir(exist_ok=True)
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip,
    ):
        if pip.stdout is None:
            raise RuntimeError("pip was started without a pipe")
        for line in pip.stdout:
            log.write(line)
            if found := PACKAGE.match(line):
                seen += 1
                name, version = filter(None, found.groups())
                note = f"  {seen} of {total}: {name} {version}"
                if live:
                    print(f"\r{note:<60}", end="", flush=True)
                elif seen % 10 == 0:
                    print(note, flush=True)
            elif line.startswith("Ignoring "):  # a package for another system or another Python
                total -= 1
            elif line.startswith("Installing collected packages"):
                print(f"{chr(13) if live else ''}{'  all fetched; putting them in place':<60}", flush=True)
    return pip.returncode == 0


def main(lock: Path) -> int:
    """Exit code 0 when everything of the lock is installed, 1 with a message otherwise."""
    for number in range(1, ATTEMPTS + 1):
        if install(lock):
            return 0
        if number < ATTEMPTS:
            pause = 3 * number
            print(f"\n  no success; trying again in {pause} s ({number + 1} of {ATTEMPTS})", flush=True)
            time.sleep(pause)
    last = "\n".join(f"    {line}" for line in LOG.read_text(encoding="utf-8").splitlines()[-15:])
    print(
        f"\nThe Python packages of {lock.name} could not be installed. The last answer of pip was:\n{last}\n"
        f"All of it is in {LOG.relative_to(PROJECT)}. Check the connection to the package index (and its "
        "proxy or certificate), then run the same command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(PROJECT / sys.argv[1]))
