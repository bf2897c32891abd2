"""Measuring speed from the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from .instance import Failure, say, settings

if TYPE_CHECKING:
    from ..bench.measures import Measure


@click.group(invoke_without_command=True)
@click.option("--projects", default=1000, show_default=True, type=click.IntRange(10, 200_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.pass_context
def bench(context: click.Context, projects: int, as_json: bool) -> None:
    """Measure pages and files on a made-up portfolio in a temporary folder; touches nothing else."""
    from ..bench import measures

    if context.invoked_subcommand:
        return
    try:
        found = measures.run(settings(), projects=projects, say=_aside)
    except measures.BenchFailed as error:
        raise Failure(str(error)) from error
    _print(found, {"projects": projects}, as_json)


@bench.command()
@click.option("--edits", default=10_000, show_default=True, type=click.IntRange(10, 200_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def history(edits: int, as_json: bool) -> None:
    """Measure the project page and the history after many edits, in a temporary folder."""
    from ..bench import history as long_history
    from ..bench import measures

    try:
        found = long_history.run(settings(), edits=edits, say=_aside)
    except measures.BenchFailed as error:
        raise Failure(str(error)) from error
    _print(found, {"edits": edits}, as_json)


def _aside(text: str) -> None:
    click.echo(text, err=True)


def _print(found: Sequence[Measure], asked: dict[str, int], as_json: bool) -> None:
    if as_json:
        say(json.dumps(asked | {"measures": [asdict(measure) for measure in found]}, indent=1))
        return
    for measure in found:
        size = f"{measure.size / 1000:10.1f} kB" if measure.size else ""
        say(f"{measure.what:70} {measure.best * 1000:9.1f} ms {measure.median * 1000:9.1f} ms {size}")
