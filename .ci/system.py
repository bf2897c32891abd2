"""The parts of the system that the tests need beside Python: Chromium, and PostgreSQL with PostGIS.

python .ci/system.py               make sure that both are there; install them where apt and root allow
python .ci/system.py --chromium    print the browser's path
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Where Debian, Red Hat and Homebrew put the servers, which are not on PATH.
POSTGRES_HOMES = (
    "usr/lib/postgresql/*",
    "usr/pgsql-*",
    "opt/homebrew/opt/postgresql*",
    "usr/local/opt/postgresql*",
)
ATTEMPTS = 3


class Missing(Exception):
    """A part is not there and could not be installed; carries what the person can do."""


def works(program: str) -> bool:
    """Whether a program starts. (Ubuntu's `chromium-browser` may be a stub that only points to a shop.)"""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def browsers_of_playwright() -> list[str]:
    """Chromium that Playwright downloaded for this user, the newest first."""
    folder = "Library/Caches" if platform.system() == "Darwin" else ".cache"
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / folder / "ms-playwright")
    return [str(path) for path in sorted(home.glob("chromium-*/chrome-*/chrome"), reverse=True)]


@cache
def chromium() -> str | None:
    """Path of a browser that starts, or None."""
    named = [path for name in CHROMIUMS if (path := shutil.which(name))]
    return next(filter(works, [*named, str(MAC_CHROME), *browsers_of_playwright()]), None)


def postgres_binaries() -> Path | None:
    """Folder of the newest PostgreSQL that has initdb, pg_ctl, psql and the PostGIS extension, or None."""
    folders = {Path(path).resolve().parent for name in ("initdb", "pg_ctl") if (path := shutil.which(name))}
    for pattern in POSTGRES_HOMES:
        folders.update(path.parent.resolve() for path in Path("/").glob(f"{pattern}/bin/initdb"))
    return max(filter(is_complete, folders), key=version_of, default=None)


def is_complete(binaries: Path) -> bool:
    """Whether a folder holds all the programs that a private cluster needs, and PostGIS for them."""
    return all((binaries / name).exists() for name in ("initdb", "pg_ctl", "psql")) and has_postgis(binaries)


def has_postgis(binaries: Path) -> bool:
    """Whether the PostgreSQL of this folder finds PostGIS's control file."""
    shared = [binaries.parent / "share", Path("/usr/share/postgresql") / binaries.parent.name]
    pg_config = binaries / "pg_config"
    if pg_config.exists():
        succeeded, folder = call([str(pg_config), "--sharedir"])
        shared += [Path(folder)] if succeeded else []
    endings = ("extension/postgis.control", "postgresql/extension/postgis.control")
    return any((folder / ending).exists() for folder in shared for ending in endings)


def version_of(binaries: Path) -> int:
    """Major version of the PostgreSQL in a folder."""
    found = re.search(r"\d+", call([str(binaries / "pg_ctl"), "--version"])[1])
    return int(found[0]) if found else 0


def call(command: list[str], env: dict[str, str] | None = None) -> tuple[bool, str]:
    """Run a command without input; whether it succeeded, and everything it said."""
    answer = subprocess.run(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return answer.returncode == 0, answer.stdout.strip()


def apt() -> list[str] | None:
    """How to call apt-get here as its administrator, or None."""
    if shutil.which("apt-get") is None:
        return None
    options = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    if os.geteuid() == 0:
        return ["apt-get", *options]
    sudo = shutil.which("sudo")
    if sudo and call([sudo, "-n", "true"])[0]:
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options]
    return None


def apt_install(packages: list[str], *, what: str, otherwise: str) -> None:
    """Install Debian or Ubuntu packages; raises Missing with `otherwise` where that is not possible."""
    command = apt()
    if command is None:
        raise Missing(otherwise)
    print(f"  installing {what} with apt-get ({', '.join(packages)}); this takes a minute or two", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    succeeded, output = False, ""
    for number in range(1, ATTEMPTS + 1):
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            succeeded, output = call([*command, "-q", *step], env=env)
        if succeeded:
            return
        if number < ATTEMPTS:
            time.sleep(5 * number)
    last = "\n".join(f"    {line}" for line in output.splitlines()[-12:])
    raise Missing(f"apt-get could not install {what}:\n{last}\n{otherwise}")


def postgres_packages() -> list[str]:
    """Names of the packages: PostGIS for the PostgreSQL that is installed, else for the newest on offer."""
    _, names = call(["apt-cache", "search", "--names-only", "^postgresql-[0-9]+-postgis-3$"])
    offered = {int(number) for number in re.findall(r"^postgresql-(\d+)-postgis-3 ", names, re.MULTILINE)}
    installed = {int(path.parents[1].name) for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")}
    versions = (offered & installed) or offered
    if not versions:
        return ["postgresql", "postgresql-postgis"]
    return [f"postgresql-{max(versions)}", f"postgresql-{max(versions)}-postgis-3"]


def ensure_chromium() -> str:
    """A browser's path, installed if need be; raises Missing."""
    if found := chromium():
        return found
    otherwise = (
        "The browser tests need Chromium or Google Chrome.\n"
        "  Debian:          apt-get install chromium\n"
        "  elsewhere:       .venv/bin/playwright install --with-deps chromium"
    )
    try:
        apt_install(["chromium"], what="Chromium", otherwise=otherwise)
    except Missing:
        # Ubuntu ships Chromium as a snap, which does not start in a container.
        playwright = Path(sys.executable).with_name("playwright")
        if apt() is None or not playwright.exists():
            raise
        call([str(playwright), "install", "--with-deps", "chromium"])
    chromium.cache_clear()
    if found := chromium():
        return found
    raise Missing(otherwise)


def ensure_postgres() -> Path:
    """Folder of PostgreSQL's programs, installed with PostGIS if need be; raises Missing."""
    if found := postgres_binaries():
        return found
    otherwise = (
        "The tests run on PostgreSQL with PostGIS too; they start a private one and need its programs.\n"
        "  Debian, Ubuntu:  apt-get install postgresql postgresql-postgis\n"
        "  macOS:           brew install postgresql postgis"
    )
    if command := apt():
        call([*command, "-q", "update"])
    apt_install(postgres_packages(), what="PostgreSQL with PostGIS", otherwise=otherwise)
    if found := postgres_binaries():
        return found
    raise Missing(otherwise)


def main(arguments: list[str]) -> int:
    """Exit code 0 when everything is there, 1 with what to do otherwise."""
    if arguments == ["--chromium"]:
        print(chromium() or "")
        return 0 if chromium() else 1
    problems = []
    for ensure in (ensure_chromium, ensure_postgres):
        try:
            ensure()
        except Missing as missing:
            problems.append(str(missing))
    if problems:
        print("\n" + "\n\n".join(problems), file=sys.stderr)
        print("\nThe quick tests need neither: make fast", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
