"""Draws the news pictures: one scene per motif, in six variants of light, as SVG."""

import random
import re
from collections.abc import Callable

WIDTH, HEIGHT = 860, 484
HORIZON = 320
NAME = re.compile(r"([a-z]+(?:-[a-z]+)*)-([0-9]+)")

# Sky top, sky bottom, ground, accent: morning, noon, afternoon, dusk, overcast, after rain.
_LIGHTS = (
    ("#f6d5a7", "#fdf1dc", "#8a9a5b", "#b3562a"),
    ("#7fb7e0", "#dceffa", "#7d9b55", "#c0392b"),
    ("#e8b06a", "#f8e3c0", "#a0915a", "#1f5f8b"),
    ("#4b5d8c", "#d99a7c", "#5b5a4a", "#d98c2b"),
    ("#b8c0c6", "#e6eaec", "#7f8a78", "#3d6b8e"),
    ("#8fb3c4", "#eef3ee", "#6f9468", "#a8442f"),
)

Scene = Callable[[random.Random, str], str]


class UnknownPictureError(LookupError):
    """No motif or variant of that name."""


def draw(name: str) -> str:
    """The SVG of ``<motif>-<variant>``; the same name always gives the same picture."""
    found = NAME.fullmatch(name)
    scene = _SCENES.get(found.group(1)) if found else None
    if found is None or scene is None or int(found.group(2)) >= len(_LIGHTS):
        raise UnknownPictureError(name)
    sky, haze, ground, accent = _LIGHTS[int(found.group(2))]
    chance = random.Random(name)  # noqa: S311 - decoration, not security
    sun_x = chance.randrange(120, 740)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{sky}"/>'
        f'<stop offset="1" stop-color="{haze}"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#s)"/>'
        f'<circle cx="{sun_x}" cy="{chance.randrange(70, 150)}" r="34" fill="#fff" opacity=".55"/>'
        f"{_hills(chance, ground)}{_box(0, HORIZON, WIDTH, HEIGHT - HORIZON, ground)}{scene(chance, accent)}</svg>"
    )


def _box(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> str:
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" fill="{fill}" {extra}/>'


def _shape(points: str, fill: str, extra: str = "") -> str:
    return f'<polygon points="{points}" fill="{fill}" {extra}/>'


def _hills(chance: random.Random, fill: str) -> str:
    low, high = chance.randrange(230, 280), chance.randrange(200, 250)
    path = f"M0 {HORIZON} Q150 {low} 330 {HORIZON - 30} T640 {high} T{WIDTH} {HORIZON - 40} V{HORIZON} Z"
    return f'<path d="{path}" fill="{fill}" opacity=".45"/>'


def _windows(x: float, y: float, columns: int, rows: int, step_x: float, step_y: float) -> str:
    return "".join(
        _box(x + column * step_x, y + row * step_y, step_x * 0.55, step_y * 0.55, "#dcebf2")
        for column in range(columns)
        for row in range(rows)
    )


def _tree(x: float, y: float, size: float, fill: str = "#3f6b3a") -> str:
    trunk = _box(x - size * 0.06, y - size * 0.5, size * 0.12, size * 0.5, "#6b4a2f")
    return f'{trunk}<circle cx="{x:.0f}" cy="{y - size * 0.75:.0f}" r="{size * 0.36:.0f}" fill="{fill}"/>'


def _house(x: float, y: float, size: float, roof: str) -> str:
    walls = _box(x, y - size * 0.55, size, size * 0.55, "#f3ead8") + _box(x + size * 0.4, y - size * 0.35, size * 0.2, size * 0.35, "#7a5a3c")
    return walls + _shape(f"{x - 10:.0f},{y - size * 0.55:.0f} {x + size / 2:.0f},{y - size:.0f} {x + size + 10:.0f},{y - size * 0.55:.0f}", roof)


def _people(chance: random.Random, count: int, y: float) -> str:
    drawn = []
    for _ in range(count):
        x, tone = chance.randrange(60, 800), chance.choice(("#2f4858", "#86615c", "#4f6d7a", "#b5651d", "#5b7f5a"))
        drawn.append(_box(x, y, 18, 44, tone, 'rx="8"') + f'<circle cx="{x + 9}" cy="{y - 9}" r="9" fill="#8d5f42"/>')
    return "".join(drawn)


def _hospital(chance: random.Random, accent: str) -> str:
    main = _box(210, 130, 440, 230, "#f7f7f4") + _windows(240, 160, 9, 4, 44, 44)
    cross = _box(405, 60, 50, 70, "#fff") + _box(424, 70, 12, 50, accent) + _box(405, 89, 50, 12, accent)
    return main + cross + _box(380, 310, 100, 50, "#52707f") + _people(chance, 6, 380) + _tree(130, 370, 120) + _tree(730, 370, 140)


def _school(chance: random.Random, accent: str) -> str:
    wing = _box(120, 220, 620, 130, "#f4e7cf") + _shape("100,220 430,140 760,220", accent) + _windows(150, 245, 12, 1, 48, 70)
    flag = _box(420, 60, 4, 90, "#666") + _box(424, 60, 46, 15, "#d22") + _box(424, 75, 46, 15, "#fff")
    return wing + flag + _people(chance, 8, 385)


def _road(chance: random.Random, accent: str) -> str:
    road = _shape(f"390,{HORIZON} 470,{HORIZON} 720,484 140,484", "#55585c")
    marks = "".join(_shape(f"{428 - i},{330 + i * 28} {432 + i},{330 + i * 28} {436 + i * 2},{346 + i * 30} {424 - i * 2},{346 + i * 30}", "#f4f1e6") for i in range(5))
    car = _box(480, 380, 90, 40, accent, 'rx="10"') + _box(496, 360, 56, 26, "#cfe3ee", 'rx="8"')
    return road + marks + car + "".join(_tree(60 + i * 60, 330 + chance.randrange(30), 80) for i in range(4)) + _tree(760, 350, 130)


def _flood(chance: random.Random, accent: str) -> str:
    houses = "".join(_house(70 + i * 190, 370, 130, accent) for i in range(4))
    water = _box(0, 345, WIDTH, 139, "#8b7b5e", 'opacity=".9"')
    waves = "".join(f'<path d="M{chance.randrange(700)} {365 + i * 18} q30 -8 60 0 t60 0" stroke="#cbbd9d" fill="none" stroke-width="3"/>' for i in range(6))
    return houses + water + waves + _shape("330,420 530,420 500,450 360,450", "#d2691e") + _people(chance, 0, 0)


def _volcano(chance: random.Random, _accent: str) -> str:
    mountain = _shape(f"120,{HORIZON} 400,80 470,80 760,{HORIZON}", "#5d6470") + _shape("372,105 400,80 470,80 494,105 440,125", "#8a8f99")
    smoke = "".join(f'<circle cx="{430 + i * 18}" cy="{70 - i * 12}" r="{22 + i * 8}" fill="#d5d5d5" opacity=".7"/>' for i in range(4))
    return mountain + smoke + "".join(_tree(chance.randrange(20, 840), 400, 90) for _ in range(9))


def _paddy(chance: random.Random, _accent: str) -> str:
    rows = "".join(f'<path d="M0 {335 + i * 24} Q430 {322 + i * 26} {WIDTH} {338 + i * 24}" stroke="#{"9fb84f" if i % 2 else "6f9440"}" stroke-width="14" fill="none"/>' for i in range(7))
    return rows + "".join(f'<path d="M{x} 400 l26 -34 l26 34 z" fill="#c9a45c"/>' + _box(x + 18, 400, 16, 40, "#3d5a6c") for x in (200, 340, 610)) + _tree(90 + chance.randrange(50), 335, 100)


def _sea(chance: random.Random, accent: str) -> str:
    sea = _box(0, 300, WIDTH, 184, "#3f7f9c")
    boats = "".join(_shape(f"{x},{y} {x + 120},{y} {x + 95},{y + 28} {x + 20},{y + 28}", accent) + _box(x + 56, y - 70, 4, 70, "#eee") + _shape(f"{x + 62},{y - 68} {x + 62},{y - 8} {x + 104},{y - 8}", "#f5f0e1") for x, y in ((130, 360), (400, 390), (620, 345)))
    waves = "".join(f'<path d="M{chance.randrange(700)} {325 + i * 20} q30 -8 60 0 t60 0" stroke="#b9dbe6" fill="none" stroke-width="3"/>' for i in range(7))
    return sea + waves + boats


def _market(chance: random.Random, accent: str) -> str:
    stalls = ""
    for i in range(5):
        x = 40 + i * 162
        goods = "".join(f'<circle cx="{x + 18 + j * 22}" cy="345" r="10" fill="{chance.choice(("#c0392b", "#e59866", "#7d9b55", "#f4d03f"))}"/>' for j in range(6))
        stalls += _box(x, 350, 140, 60, "#9b7653") + goods + _shape(f"{x - 10},270 {x + 150},270 {x + 135},230 {x + 5},230", accent if i % 2 else "#3d6b8e") + _box(x, 270, 5, 80, "#555") + _box(x + 135, 270, 5, 80, "#555")
    return stalls + _people(chance, 7, 405)


def _office(chance: random.Random, accent: str) -> str:
    body = _box(180, 190, 500, 170, "#eee9dd") + _windows(210, 215, 10, 2, 46, 55) + _shape("150,190 260,120 600,120 710,190", accent)
    columns = "".join(_box(360 + i * 40, 300, 12, 60, "#fff") for i in range(4))
    return body + _box(350, 292, 160, 10, "#d9d2c0") + columns + _box(760, 110, 4, 250, "#777") + _box(764, 110, 50, 16, "#d22") + _box(764, 126, 50, 16, "#fff") + _people(chance, 4, 390)


def _forest(chance: random.Random, _accent: str) -> str:
    back = "".join(_tree(x, 340, 130, "#4f7f4a") for x in range(20, 860, 60))
    return back + "".join(_tree(chance.randrange(860), 430, 200, "#2f5a30") for _ in range(9))


def _bus(_chance: random.Random, accent: str) -> str:
    road = _box(0, 380, WIDTH, 104, "#54575b") + "".join(_box(x, 440, 60, 6, "#f4f1e6") for x in range(20, 860, 120))
    body = _box(190, 230, 480, 170, accent, 'rx="22"') + _box(190, 335, 480, 16, "#fff") + "".join(_box(215 + i * 74, 255, 60, 60, "#d8e9f1", 'rx="6"') for i in range(6))
    wheels = "".join(f'<circle cx="{x}" cy="402" r="30" fill="#222"/><circle cx="{x}" cy="402" r="12" fill="#aaa"/>' for x in (290, 570))
    return road + body + wheels


def _factory(chance: random.Random, accent: str) -> str:
    halls = "".join(_shape(f"{120 + i * 150},360 {120 + i * 150},240 {195 + i * 150},200 {195 + i * 150},240 {270 + i * 150},200 {270 + i * 150},360", "#a9adb1" if i % 2 else "#c2c5c8") for i in range(4))
    stacks = "".join(_box(x, 110, 26, 150, accent) + f'<circle cx="{x + 30}" cy="95" r="{20 + chance.randrange(12)}" fill="#ddd" opacity=".7"/>' for x in (170, 240))
    return stacks + halls + _people(chance, 8, 395)


def _post(chance: random.Random, accent: str) -> str:
    tents = "".join(_shape(f"{x},370 {x + 110},240 {x + 220},370", colour) + _shape(f"{x + 85},370 {x + 110},310 {x + 135},370", "#3a3a3a") for x, colour in ((80, accent), (320, "#e8e4d8"), (560, accent)))
    return tents + _people(chance, 9, 395)


def _cattle(chance: random.Random, accent: str) -> str:
    shed = _box(60, 210, 740, 20, accent) + "".join(_box(x, 230, 12, 130, "#7a5a3c") for x in range(80, 800, 140))
    cows = "".join(_box(x, 320, 100, 50, tone, 'rx="22"') + _box(x + 88, 305, 34, 30, tone, 'rx="10"') + _box(x + 14, 365, 10, 35, tone) + _box(x + 76, 365, 10, 35, tone) for x, tone in ((110, "#8b5a3c"), (280, "#efe8dc"), (450, "#5c4033"), (630, "#b08968")))
    return shed + cows + _people(chance, 1, 390)


def _village(chance: random.Random, accent: str) -> str:
    houses = "".join(_house(70 + i * 200, 340 + chance.randrange(50), 140, accent) for i in range(4))
    return houses + "".join(_tree(40 + i * 200, 380, 150, "#4c7a3d") for i in range(5))


def _city(chance: random.Random, _accent: str) -> str:
    towers = ""
    for i in range(11):
        height = chance.randrange(110, 270)
        x = 20 + i * 76
        towers += _box(x, 380 - height, 62, height, chance.choice(("#6f8394", "#8fa1ae", "#59697a", "#a3abb3"))) + _windows(x + 8, 390 - height, 3, max(1, height // 32 - 1), 17, 30)
    return towers + _box(0, 380, WIDTH, 104, "#54575b") + "".join(_box(x, 430, 60, 6, "#f4f1e6") for x in range(20, 860, 120))


_SCENES: dict[str, Scene] = {
    "rumah-sakit": _hospital,
    "sekolah": _school,
    "jalan": _road,
    "banjir": _flood,
    "gunung": _volcano,
    "sawah": _paddy,
    "laut": _sea,
    "pasar": _market,
    "kantor": _office,
    "hutan": _forest,
    "bus": _bus,
    "pabrik": _factory,
    "posko": _post,
    "ternak": _cattle,
    "desa": _village,
    "kota": _city,
}
