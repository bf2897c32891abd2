"""Every address of the program, taken from its own map of routes: a new route is walked without being named.

A route with an argument that is not known here fails the walk, so that somebody says what to put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from tracker.web.access import LOCK

SAFE = {"GET", "HEAD", "OPTIONS"}
# What a page reads from the address besides its path; each is walked too.
QUERIES: dict[str, tuple[str, ...]] = {
    "projects.merge": ("?with=HUE-SOL-002",),
    "plans.index": (
        "?tab=board&province=46",
        "?tab=targets&compare=500",
        "?tab=entries&province=all",
        "?tab=entries&province=46&list_kind=backup",
        "?tab=rules",
    ),
    "projects.index": ("?calling=1", "?sort=name&page=2", "?status=cancelled&status=shelved", "?q=khong-co-gi"),
    "maps.index": ("?province=46&z=10&lat=16.4&lon=107.6",),
    "desk.index": ("?who=office", "?who=office&show=contradictory&rule=planned_cod_past", "?show=silent"),
    "desk.list_actions": ("?who=office&state=done",),
}


# What to put for arguments other than a project's code; a record that does not exist answers like one.
ARGUMENTS: dict[str, tuple[Any, ...]] = {"sha256": ("0" * 64,), "name": ("quyet-dinh.pdf",), "revision": (2,)}
ARGUMENTS |= {"number": (1,), "form": ("new", "edit:HUE-SOL-001")}
ARGUMENTS |= {"user_id": (1,), "token": ("never-given",), "zone_code": ("phu-bai",)}
# Pages that refuse whoever just walks by, without being wrong.
REFUSING = r"status of 4(00|04|29).*/(invitation/|office/logo|sign-in/code|versions/|batches/)"


@dataclass(frozen=True, slots=True)
class Door:
    """One route and method. `lock`: everyone, a role, or None when the view carries no mark."""

    endpoint: str
    method: str
    path: str
    lock: str | None


def doors(app: Flask, *, codes: Sequence[str]) -> list[Door]:
    """Return every route with every method but HEAD and OPTIONS, arguments filled in, static files left out.

    `codes` are of projects; a route of one project is walked for each of them.
    """
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        lock = getattr(app.view_functions[rule.endpoint], LOCK, None)
        for path in _paths(app, rule, codes):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                found.append(Door(rule.endpoint, method, path, lock))
    return found


def pages(app: Flask, *, codes: Sequence[str], lang: str, public: bool) -> Iterator[str]:
    """Yield the address of everything that can be opened in a language, with its queries.

    `public` leaves out what asks for an account.
    """
    for door in doors(app, codes=codes):
        if door.method != "GET" or (public and door.lock != "everyone"):
            continue
        for query in ("", *QUERIES.get(door.endpoint, ())):
            yield f"{door.path}{query}{'&' if query else '?'}lang={lang}"


def _paths(app: Flask, rule: Rule, codes: Sequence[str]) -> Iterator[str]:
    choices: dict[str, Iterable[Any]] = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            choices[name] = sorted(converter.items)
        elif rule.rule.startswith("/projects/<code>") and name == "code":
            choices[name] = codes
        elif name in ARGUMENTS:
            choices[name] = ARGUMENTS[name]
        else:
            raise AssertionError(f"{rule.rule}: say in tests/walking.py what to put for <{name}>")
    adapter = app.url_map.bind("localhost")
    filled: list[dict[str, Any]] = [{}]
    for name, values in choices.items():
        filled = [values_so_far | {name: value} for values_so_far in filled for value in values]
    for values in filled:
        yield adapter.build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))
