"""Draws the news pictures: one scene per motif (a file in ``scenes``), in six variants of light, as SVG."""

import re
from pathlib import Path
from string import Template

SCENES_DIR = Path(__file__).parent / "scenes"
NAME = re.compile(r"([a-z]+(?:-[a-z]+)*)-([0-9])")

# Sky top, sky bottom, ground, accent: morning, noon, afternoon, dusk, overcast, after rain.
LIGHTS = (
    ("#f6d5a7", "#fdf1dc", "#8a9a5b", "#b3562a"),
    ("#7fb7e0", "#dceffa", "#7d9b55", "#c0392b"),
    ("#e8b06a", "#f8e3c0", "#a0915a", "#1f5f8b"),
    ("#4b5d8c", "#d99a7c", "#5b5a4a", "#d98c2b"),
    ("#b8c0c6", "#e6eaec", "#7f8a78", "#3d6b8e"),
    ("#8fb3c4", "#eef3ee", "#6f9468", "#a8442f"),
)

_FRAME = Template(
    """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 484" width="860" height="484">
<defs><linearGradient id="langit" x1="0" y1="0" x2="0" y2="1">
<stop stop-color="$sky"/><stop offset="1" stop-color="$haze"/></linearGradient></defs>
<rect width="860" height="484" fill="url(#langit)"/>
<circle cx="$sun" cy="96" r="34" fill="#fff" opacity=".55"/>
<path d="M0 320 Q150 250 330 290 T640 230 T860 280 V320 Z" fill="$ground" opacity=".45"/>
<rect y="320" width="860" height="164" fill="$ground"/>
<g transform="$mirror">$scene</g>
</svg>
"""
)


class UnknownPictureError(LookupError):
    """No motif or variant of that name."""


def draw(name: str) -> str:
    """The SVG of ``<motif>-<variant>``; every second variant is mirrored."""
    found = NAME.fullmatch(name)
    if found is None or int(found.group(2)) >= len(LIGHTS):
        raise UnknownPictureError(name)
    file = SCENES_DIR / f"{found.group(1)}.svg"
    if not file.is_file():
        raise UnknownPictureError(name)
    variant = int(found.group(2))
    sky, haze, ground, accent = LIGHTS[variant]
    return _FRAME.substitute(
        sky=sky,
        haze=haze,
        ground=ground,
        sun=140 + 110 * variant,
        mirror="translate(860) scale(-1 1)" if variant % 2 else "translate(0)",
        scene=Template(file.read_text(encoding="utf-8")).substitute(accent=accent),
    )
