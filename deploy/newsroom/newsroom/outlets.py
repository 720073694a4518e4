"""The sample outlets, three of the press and an agency's own site: names, addresses, rubrics in their menus."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsroom.wib import in_wib

NOTICE = (
    "Situs contoh. Seluruh berita, kutipan, angka, dan nama di halaman ini adalah contoh untuk memperagakan "
    "pemantauan media; tidak menggambarkan peristiwa nyata."
)


class Outlet(StrEnum):
    """The closed set of outlets; the value is the slug used in files and in the source registry."""

    KABAR = "kabar-contoh"
    WARTA = "warta-contoh"
    SUARA = "suara-contoh"
    DINKES = "dinkes-contoh"


@dataclass(frozen=True)
class OutletCard:
    """What is printed about an outlet; ``own_of`` is the OPD whose own site it is, None for the press."""

    name: str
    tagline: str
    photo_credit: str
    own_of: str | None = None


CARDS: dict[Outlet, OutletCard] = {
    Outlet.KABAR: OutletCard("Kabar Contoh Jatim", "Berita contoh dari 38 kabupaten dan kota", "Kabar Contoh/Dok."),
    Outlet.WARTA: OutletCard("Warta Contoh", "Ringkas, runtut, rujukan contoh", "Dok. Warta Contoh"),
    Outlet.SUARA: OutletCard("Suara Contoh Timur", "Harian contoh dari ujung timur Jawa", "SCT/Arsip"),
    Outlet.DINKES: OutletCard(
        "Dinkes Jatim (situs contoh)", "Siaran pers contoh dinas kesehatan provinsi", "Humas (contoh)", own_of="dinkes"
    ),
}

PRESS = tuple(outlet for outlet in Outlet if CARDS[outlet].own_of is None)

MENU = ("Kesehatan", "Pendidikan", "Infrastruktur", "Ekonomi", "Peristiwa", "Pemerintahan", "Lingkungan")


def article_path(outlet: Outlet, slug: str, number: int, section: str, published_at: datetime) -> str:
    """The canonical path of an article; it never changes, also when title or text are edited."""
    match outlet:
        case Outlet.KABAR:
            day = in_wib(published_at)
            return f"/{day:%Y/%m/%d}/{slug}/"
        case Outlet.WARTA:
            return f"/{section_slug(section)}/read/{number}/{slug}"
        case Outlet.SUARA:
            return f"/berita/{number}-{slug}.html"
        case Outlet.DINKES:
            return f"/siaran-pers/{number}/{slug}"


def section_slug(section: str) -> str:
    """A rubric as it appears in addresses: ``Tenaga Kerja`` becomes ``tenaga-kerja``."""
    return "-".join("".join(c if c.isalnum() else " " for c in section.lower()).split())
