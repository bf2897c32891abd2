"""Records with honest defaults: every fixed value is plain to see and can be given by keyword."""

from __future__ import annotations

from typing import Any

from tracker.domain import Project, User
from tracker.services import projects
from tracker.services.transactions import SYSTEM, Actor, write

Values = dict[str, Any]
HUE = "46"


def unit(technology: str = "solar_ground", **values: Any) -> Values:
    """Return a unit; MW only where the technology is measured in MW."""
    if technology not in ("lng_terminal", "green_hydrogen", "biofuel"):
        values.setdefault("capacity_mw", 50.0)
    return {"technology": technology} | values


def site(**values: Any) -> Values:
    """Return a place in Huế, as sure as its coordinates."""
    return {"province_code": HUE, "lon": 107.43, "lat": 16.69, "accuracy": "approximate"} | values


def party(name: str = "Công ty Điện sạch", **values: Any) -> Values:
    """Return an investor."""
    return {"organisation": {"name_vi": name}, "role": "investor"} | values


def document(**values: Any) -> Values:
    """Return a project in the shape of `services.documents`: one solar unit of 50 MW in Huế, under
    construction.
    """
    return {
        "name_vi": "Điện mặt trời Phong Hòa",
        "name_en": "Phong Hoa Solar",
        "status": "construction",
        "province_code": HUE,
        "units": [unit()],
        "sites": [site()],
    } | values


def make_project(*, publish: bool = True, actor: Actor = SYSTEM, **values: Any) -> str:
    """Enter a project, published unless told otherwise; returns its code. `values` as of `document`."""
    with write(actor=actor, action="test") as revision:
        project = projects.put(None, document(**values))
        if publish:
            projects.publish(project, revision=revision)
        code: str = project.code
    return code


def edit(code: str, /, *, publish: bool = False, **values: Any) -> None:
    """Change a project's working copy, and publish it when asked to."""
    with write(actor=SYSTEM, action="test") as revision:
        project = projects.find(code)
        if values:
            projects.put(project, values)
        if publish:
            projects.publish(project, revision=revision)


def working_copy(code: str) -> Project:
    """Return the project's record for looking at."""
    return projects.find(code)


def make_user(
    *,
    role: str = "editor",
    email: str | None = None,
    name: str = "Nguyễn Văn Thử",
    password: str | None = None,
) -> User:
    """Make an account; without a password it can only be signed in by a test."""
    from tracker.services import accounts

    with write(actor=SYSTEM, action="test"):
        user = accounts.add_user(
            email=email or f"{role}@example.org", name=name, role=role, password=password
        )
    return user
