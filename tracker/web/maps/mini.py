"""The small map of a project's page: what its template needs."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from ...geo.frames import family_of, spots_of
from ...services.rows import Row
from . import frame as frames
from .words import for_scripts


@dataclass(frozen=True, slots=True)
class Mini:
    """A project on its small map. `spots`: longitude, latitude, accuracy of each place that may be drawn."""

    frame: frames.Frame
    code: str
    name: str
    family: str
    status: str
    spots: list[tuple[float, float, str]]
    uncertain: bool
    words: dict[str, str]
    tile_url: str
    tile_attribution: str


def mini_map(row: Row, lang: str) -> Mini | None:
    """Return the small map of a project, None when it has no place that may be drawn as a point."""
    spots = spots_of(row)
    if not spots:
        return None
    settings = current_app.config["TRACKER"]
    return Mini(
        frame=frames.site(),
        code=row.code,
        name=row.name(lang),
        family=family_of(row),
        status=row.status,
        spots=spots,
        uncertain=any(accuracy != "exact" for _lon, _lat, accuracy in spots),
        words=for_scripts(),
        tile_url=settings.tile_url,
        tile_attribution=settings.tile_attribution,
    )
