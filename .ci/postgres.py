"""A private PostgreSQL with PostGIS for the tests: a folder of its own, a free port, thrown away afterwards.

    python .ci/postgres.py run -- COMMAND …    start it, run the command with TEST_DATABASE_URL set, stop it
    python .ci/postgres.py start               start it and print DATABASE_URL
    python .ci/postgres.py stop                stop the one that `start` started and delete its data

A PostgreSQL that the machine happens to run is never touched.
"""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import system

STATE = Path(__file__).resolve().parents[1] / ".build" / "postgres.json"
DATABASE = "tracker_test"
USER = "tracker"
START_ATTEMPTS = 3

# Durability is given up for speed: the data lives as long as the tests.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "jit": "off",
}


class Failed(Exception):
    """Carries what the program that failed had said."""


@dataclass(frozen=True)
class Cluster:
    """A running server: its programs, its folder, its port and its password."""

    binaries: str
    folder: str
    port: int
    password: str

    @property
    def url(self) -> str:
        """SQLAlchemy address of the database, PostGIS in it; its user may create further databases."""
        return f"postgresql+psycopg://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"


def identity() -> dict[str, Any]:
    """Arguments that make a child an ordinary user: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Failed("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.")


def call(program: Path, *arguments: str, folder: Path, env: dict[str, str] | None = None) -> None:
    """Run one of PostgreSQL's programs to its end; raises Failed with its output."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        # A file, not a pipe: the server keeps its parent's output open for as long as it runs.
        answer = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **(env or {})},
            check=False,
            **identity(),
        )
        if answer.returncode:
            output.seek(0)
            log = folder / "log"
            said = output.read() + (log.read_text(errors="replace") if log.exists() else "")
            raise Failed(f"{program.name} failed:\n" + "\n".join(said.strip().splitlines()[-15:]))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def new_folder() -> Path:
    """An empty folder that belongs to the user the server runs as."""
    owner = identity()
    # Root's own TMPDIR may be closed to the other user.
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgres-", dir="/tmp" if owner else None))  # noqa: S108 - mkdtemp is private
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    return folder


def start() -> Cluster:
    """Make and start a cluster with an empty database that has PostGIS; raises Failed."""
    try:
        binaries = system.ensure_postgres()
    except system.Missing as missing:
        raise Failed(str(missing)) from missing
    folder = new_folder()
    try:
        cluster = launch(binaries, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        login = {"PGPASSWORD": cluster.password}
        psql = ["-X", "-q", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", USER, "-v", "ON_ERROR_STOP=1"]
        for database, statement in (
            ("postgres", f"CREATE DATABASE {DATABASE}"),
            (DATABASE, "CREATE EXTENSION postgis"),
        ):
            call(binaries / "psql", *psql, "-d", database, "-c", statement, folder=folder, env=login)
    except BaseException:
        stop(cluster)
        raise
    return cluster


def launch(binaries: Path, folder: Path) -> Cluster:
    """Initialise the folder and bring its server up, on another port if one is taken meanwhile."""
    data, password, secret = folder / "data", secrets.token_hex(16), folder / "password"
    secret.write_text(password, encoding="utf-8")
    # `--auth` closes the port to other users of the machine: a database superuser can run programs.
    initdb = ["-D", str(data), "-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "-N"]
    call(binaries / "initdb", *initdb, "--locale=C.UTF-8", folder=folder)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
    for number in range(1, START_ATTEMPTS + 1):
        port = free_port()
        try:
            pg_ctl = [
                "start",
                "-D",
                str(data),
                "-l",
                str(folder / "log"),
                "-w",
                "-t",
                "60",
                "-o",
                f"-p {port}",
            ]
            call(binaries / "pg_ctl", *pg_ctl, folder=folder)
            break
        except Failed:
            if number == START_ATTEMPTS:
                raise
    return Cluster(str(binaries), str(folder), port, password)


def stop(cluster: Cluster) -> None:
    """Stop a cluster and delete its data; one that is gone already is fine."""
    folder = Path(cluster.folder)
    if folder.exists():
        try:
            pg_ctl = ["-D", str(folder / "data"), "-m", "immediate", "-w", "stop"]
            call(Path(cluster.binaries) / "pg_ctl", *pg_ctl, folder=folder)
        except Failed as failure:
            print(failure, file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str]) -> int:
    """Run a command beside a cluster of its own, which ends however that ends; the command's exit code."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    cluster = start()
    try:
        env = {**os.environ, "TEST_DATABASE_URL": cluster.url}
        return subprocess.run(command, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        stop(cluster)


def main(arguments: list[str]) -> int:
    """Exit code of the command that was run; 0 or 1 for start and stop; 2 for a call not understood."""
    try:
        match arguments:
            case ["run", "--", *command] if command:
                return run(command)
            case ["start"]:
                stop_recorded()
                cluster = start()
                STATE.parent.mkdir(exist_ok=True)
                STATE.touch(mode=0o600)
                STATE.write_text(json.dumps(asdict(cluster)), encoding="utf-8")
                print(cluster.url)
                return 0
            case ["stop"]:
                stop_recorded()
                return 0
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except Failed as failure:
        print(f"The test database could not be started. {failure}", file=sys.stderr)
        return 1


def stop_recorded() -> None:
    """Stop the cluster that `start` left running, if there is one."""
    if STATE.exists():
        stop(Cluster(**json.loads(STATE.read_text(encoding="utf-8"))))
        STATE.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
