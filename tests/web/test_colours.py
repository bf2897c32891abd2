"""The colours of the vocabulary and those of the stylesheet are the same."""

import re
from pathlib import Path

from tracker.domain.technologies import FAMILIES

TOKENS = Path(__file__).parents[2] / "tracker/web/static/css/tokens.css"


def test_each_family_has_the_colour_of_the_stylesheet():
    written: dict[str, str] = {}
    for name, colour in re.findall(r"--tech-([a-z_]+):\s*(#[0-9a-f]{6})", TOKENS.read_text()):
        written.setdefault(name, colour)  # the first is the normal one, the second that of high contrast
    for family in FAMILIES:
        assert written[family.code] == family.colour, family.code
