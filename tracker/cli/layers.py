"""The map layers from the command line."""

from __future__ import annotations

import click
from flask_babel import gettext as _

from .instance import application, say, spoken


@click.group()
def layers() -> None:
    """Boundary layers of the map."""


@layers.command("list")
def list_layers() -> None:
    """List the layers that come with the program: what they show, how exact they are, source, licence."""
    from ..geo import layers as geography

    with application():
        for layer in geography.shipped():
            say(f"{layer.code}\t{layer.label[spoken()]}")
            say(
                "  "
                + _(
                    "%(features)s features, exact to about %(accuracy)s km",
                    features=layer.features,
                    accuracy=f"{layer.accuracy_km:g}",
                )
            )
            say(f"  {_('Source:')} {layer.source}")
            say(f"  {_('Licence:')} {layer.licence}")
