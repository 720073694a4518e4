"""Which values a filter may have, and what people call them.

The gazetteer's ids are closed sets, so an id that is not in them is a mistake of the asker and is answered with the
nearest ids. Outlets and categories are open: whatever was indexed.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contract.gazetteer import Gazetteer
from contract.messages import Sentiment
from contract.values import Category, Jurisdiction, Origin

from search.domain.conditions import FLAGS, HIDE, NEEDS_READING, NO, YES

TONE_LABELS: Mapping[str, str] = {
    Sentiment.POSITIVE: "Positif",
    Sentiment.NEUTRAL: "Netral",
    Sentiment.NEGATIVE: "Negatif",
    NEEDS_READING: "Perlu dibaca",
}
ORIGIN_LABELS: Mapping[str, str] = {
    Origin.OWN: "Rilis sendiri",
    Origin.PICKUP: "Kutipan rilis",
    Origin.EARNED: "Liputan media",
}
JURISDICTION_LABELS: Mapping[str, str] = {
    Jurisdiction.KABUPATEN_KOTA: "Kabupaten/kota",
    Jurisdiction.VERTICAL: "Instansi vertikal",
    Jurisdiction.ELSEWHERE: "Di luar Jawa Timur",
}
CATEGORY_LABELS: Mapping[str, str] = {
    **{one: one.capitalize() for one in Category},
    Category.BUDAYA_PARIWISATA: "Budaya dan pariwisata",
}
"""What the line reads today; a category of an older reading is shown as it stands."""
FLAG_LABELS: Mapping[str, str] = {YES: "Ya", NO: "Tidak"}
COPY_LABELS: Mapping[str, str] = {HIDE: "Tanpa salinan", "show": "Dengan salinan"}

TONE_WORDS: Mapping[str, str] = {
    **{str(tone): str(tone) for tone in Sentiment},
    "positif": "positive",
    "netral": "neutral",
    "negatif": "negative",
    **dict.fromkeys(("perlu-dibaca", "perlu_dibaca", "ragu"), NEEDS_READING),
}
_FLAG_WORDS = {**dict.fromkeys(("ya", "1", "yes"), YES), **dict.fromkeys(("tidak", "0", "no"), NO)}
WORDS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("tone", "sentiment"), TONE_WORDS),
    **dict.fromkeys(FLAGS, _FLAG_WORDS),
    "origin": {"sendiri": "own", "rilis": "own", "kutipan": "pickup", "liputan": "earned"},
    "jurisdiction": {
        "kabupaten": "kabupaten_kota",
        "kota": "kabupaten_kota",
        "vertikal": "vertical",
        "luar": "elsewhere",
    },
    "copies": {"sembunyi": HIDE, "tanpa": HIDE, "tampil": "show"},
}
"""What people may write for a value, beside the value itself."""
PROVINCE = " Provinsi Jawa Timur"


@dataclass(frozen=True)
class Vocabulary:
    """The allowed ids of each closed field with their names for people."""

    opd: Mapping[str, str]
    unit: Mapping[str, str]
    region: Mapping[str, str]
    bakorwil: Mapping[str, str]
    unit_opd: Mapping[str, str | None]
    region_bakorwil: Mapping[str, str]

    def names_of(self, field: str) -> Mapping[str, str] | None:
        """Return the ids and names of a closed field; None for an open one."""
        closed: dict[str, Mapping[str, str]] = {
            "opd": self.opd,
            "unit": self.unit,
            "region": self.region,
            "bakorwil": self.bakorwil,
            "suggested": self.opd,
            "tone": TONE_LABELS,
            "sentiment": TONE_LABELS,
            "origin": ORIGIN_LABELS,
            "jurisdiction": JURISDICTION_LABELS,
            "copies": COPY_LABELS,
            **dict.fromkeys(FLAGS, FLAG_LABELS),
        }
        return closed.get(field)

    def value_of(self, field: str, written: str) -> str:
        """Return the value that somebody means by what was written, in lower case."""
        low = written.strip().lower()
        return WORDS.get(field, {}).get(low, low)

    def label(self, field: str, value: str) -> str:
        """Return the name for people, or the value itself where the field is open or the id is of an older list."""
        names = CATEGORY_LABELS if field == "category" else self.names_of(field)
        return value if names is None else names.get(value, value)

    def label_of_entity(self, entity_id: str, kind: str) -> str:
        return self.label(kind, entity_id)


def short_name(name: str) -> str:
    """Return an agency's name without the province, which goes without saying on our own pages."""
    for tail in (" Sekretariat Daerah Provinsi Jawa Timur", PROVINCE):
        if name.endswith(tail) and len(name) > len(tail) + 4:
            return name.removesuffix(tail)
    return name


def bakorwil_name(abbreviations: Iterable[str], name: str) -> str:
    """Return the short form with number and seat, such as `Bakorwil III Malang`."""
    return max(abbreviations, key=len, default=name)


def vocabulary_of(gazetteer: Gazetteer) -> Vocabulary:
    """Return the vocabulary of a gazetteer. A Bakorwil stands in `opd` too, since it is an agency of its own."""
    bakorwil = {row.id: bakorwil_name(row.abbreviations, row.name) for row in gazetteer.bakorwil}
    return Vocabulary(
        opd={key: bakorwil.get(key, short_name(row.name)) for key, row in gazetteer.opd_by_id.items()},
        unit={row.id: row.name for row in gazetteer.units},
        region={row.id: row.name for row in gazetteer.regions},
        bakorwil=bakorwil,
        unit_opd={row.id: gazetteer.opd_of_unit(row.id) for row in gazetteer.units},
        region_bakorwil={row.id: row.bakorwil_id for row in gazetteer.regions},
    )


def nearest(value: str, allowed: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Return the allowed values that look most like a wrong one; those that contain it come first."""
    options = sorted(allowed)
    low = value.lower()
    containing = [option for option in options if low and (low in option or option in low)]
    alike = difflib.get_close_matches(low, options, n=most, cutoff=0.6)
    return tuple(dict.fromkeys([*containing, *alike]))[:most]
