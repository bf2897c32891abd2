"""Measuring speed from the command line."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from .instance import Failure, say, settings


@click.command()
@click.option("--projects", default=1000, show_default=True, type=click.IntRange(10, 200_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def bench(projects: int, as_json: bool) -> None:
    """Measure pages and files on a made-up portfolio in a temporary folder; touches nothing else."""
    from ..bench import measures

    try:
        found = measures.run(settings(), projects=projects, say=lambda text: click.echo(text, err=True))
    except measures.BenchFailed as error:
        raise Failure(str(error)) from error
    if as_json:
        say(json.dumps({"projects": projects, "measures": [asdict(measure) for measure in found]}, indent=1))
        return
    for measure in found:
        size = f"{measure.size / 1000:10.1f} kB" if measure.size else ""
        say(f"{measure.what:50} {measure.best * 1000:9.1f} ms {measure.median * 1000:9.1f} ms {size}")
