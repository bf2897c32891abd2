"""The plan from the command line."""

from __future__ import annotations

import click


@click.group()
def plan() -> None:
    """The power development plan: what it gives, what stands against it."""
