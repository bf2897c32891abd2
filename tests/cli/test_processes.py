"""The command line as programs of their own: two at once, serving, a database that does not answer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

MAIN = [sys.executable, "-c", "from tracker.cli import main; main()"]


def test_two_inits_at_once_both_succeed(home):
    both = [
        subprocess.Popen([*MAIN, "init"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], answers


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en_GB", "Error: the database cannot be used"), ("vi_VN", "Lỗi: không dùng được cơ sở dữ liệu")],
)
def test_a_database_that_does_not_answer_is_one_line(home, lang, words):
    env = {**os.environ, "LC_ALL": f"{lang}.UTF-8", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    answer = subprocess.run([*MAIN, "check"], capture_output=True, text=True, env=env, check=False)
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert answer.stderr.startswith(words)


def test_run_serves_and_stops_gracefully(filled):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*MAIN, "run", "--port", str(port), "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                    assert answer.status == 200
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("does not serve")
        taken = subprocess.run(
            [*MAIN, "run", "--port", str(port)], capture_output=True, text=True, check=False
        )
        assert taken.returncode == 1
        assert "--port" in taken.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=30)[0]
    assert process.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
