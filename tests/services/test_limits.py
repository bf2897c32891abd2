"""Counters and used codes are one for all processes; on both databases."""

from __future__ import annotations

import os
import subprocess
import sys

import pyotp
from flask import Flask

from tracker.domain.dates import utc_now
from tracker.services import second_factor

PROCESS = """
import sys
from datetime import datetime
from tracker.services import limits, second_factor
from tracker.settings import Settings
from tracker.web import create_app

secret, code, moment = sys.argv[1:]
now = datetime.fromisoformat(moment)
with create_app(Settings.from_environment()).app_context():
    for _ in range(4):
        print("allowed" if limits.hit("guess", limit=6, window_seconds=900, now=now) else "refused")
    print(second_factor.check(1, secret, code, now=now))
"""


def test_four_processes_at_once_share_their_counters_and_used_codes(both: Flask) -> None:
    settings = both.config["TRACKER"]
    environment = {**os.environ, "TRACKER_HOME": str(settings.home), "DATABASE_URL": settings.database_url}
    secret, now = second_factor.new_secret(), utc_now()
    arguments = [sys.executable, "-c", PROCESS, secret, pyotp.TOTP(secret).at(now), now.isoformat()]
    running = [
        subprocess.Popen(
            arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 4, answers
    words = " ".join(out for out, _ in answers).split()
    assert words.count("allowed") == 6
    assert words.count("refused") == 10
    assert (words.count("good"), words.count("used")) == (1, 3)
