"""What linking hands around: candidates found by name, and findings with jurisdiction and rule."""

from dataclasses import dataclass
from enum import StrEnum

from contract.messages import EntityKind, Jurisdiction


class NameKind(StrEnum):
    """What an alias in the matcher stands for."""

    AGENCY = "agency"
    AGENCY_FULL = "agency_full"
    UNIT = "unit"
    UNIT_WEAK = "unit_weak"
    HOSPITAL_ELSEWHERE = "hospital_elsewhere"
    DECOY = "decoy"


class Rule(StrEnum):
    """Which rule decided; `REASONS` says it to a person."""

    STRONG_ALIAS = "strong_alias"
    PROVINCE_CUE = "province_cue"
    SHARED_CUE = "shared_cue"
    UMBRELLA = "umbrella"
    PROVINCE_WORD = "province_word"
    COREFERENCE = "coreference"
    ANAPHOR = "anaphor"
    ARTICLE_CONTEXT = "article_context"
    UNIT_NAME = "unit_name"
    UNIT_CONTEXT = "unit_context"
    REGION_TYPE = "region_type"
    REGION_NAME = "region_name"
    REGION_KECAMATAN = "region_kecamatan"
    REGION_SEAT = "region_seat"
    REGION_ARTICLE = "region_article"
    REGION_UNDECIDED = "region_undecided"
    NICKNAME = "nickname"
    REGION_GROUP = "region_group"
    KABUPATEN_KOTA = "kabupaten_kota_cue"
    OTHER_PROVINCE = "other_province_cue"
    MINISTRY = "ministry_cue"
    LOOK_ALIKE = "look_alike"
    DISTRICT_HOSPITAL = "district_hospital"


REASONS: dict[Rule, str] = {
    Rule.STRONG_ALIAS: "Nama ini hanya milik satu perangkat daerah provinsi.",
    Rule.PROVINCE_CUE: "Nama dinas diikuti penanda provinsi (Jatim, Jawa Timur, Pemprov).",
    Rule.SHARED_CUE: "Penanda wilayah di ujung daftar berlaku untuk semua nama dalam daftar.",
    Rule.UMBRELLA: "Disebut sebagai bagian dari Pemprov Jatim dalam kalimat yang sama.",
    Rule.PROVINCE_WORD: "Diikuti kata 'provinsi' dalam berita tentang Jawa Timur.",
    Rule.COREFERENCE: "Sebutan pendek dari nama lengkap yang ada di berita ini.",
    Rule.ANAPHOR: "Kata ganti yang menunjuk ke badan yang baru saja disebut.",
    Rule.ARTICLE_CONTEXT: "Konteks kalimat menunjuk ke Pemprov Jatim, tanpa penanda kabupaten/kota.",
    Rule.UNIT_NAME: "Nama unit milik provinsi.",
    Rule.UNIT_CONTEXT: "Nama unit yang umum, dipastikan oleh tempat yang disebut berita.",
    Rule.REGION_TYPE: "Disebut dengan jenis wilayahnya (kabupaten, kota, bupati, wali kota, polres).",
    Rule.REGION_NAME: "Nama wilayah yang hanya satu di Jawa Timur.",
    Rule.REGION_KECAMATAN: "Kecamatan yang disebut menentukan kabupaten atau kotanya.",
    Rule.REGION_SEAT: "Kecamatan atau ibu kota yang hanya ada di kabupaten/kota ini.",
    Rule.REGION_ARTICLE: "Penyebutan lain dalam berita ini menentukan kabupaten atau kotanya.",
    Rule.REGION_UNDECIDED: "Kabupaten dan kota bernama sama; berita ini tidak menentukan yang mana.",
    Rule.NICKNAME: "Julukan yang hanya dipakai satu wilayah.",
    Rule.REGION_GROUP: "Sebutan untuk beberapa kabupaten/kota sekaligus.",
    Rule.KABUPATEN_KOTA: "Perangkat daerah kabupaten/kota, bukan provinsi.",
    Rule.OTHER_PROVINCE: "Perangkat daerah di luar Jawa Timur.",
    Rule.MINISTRY: "Bagian dari kementerian atau lembaga pusat.",
    Rule.LOOK_ALIKE: "Badan yang mirip namanya, bukan perangkat daerah provinsi.",
    Rule.DISTRICT_HOSPITAL: "Rumah sakit yang bukan milik provinsi.",
}


@dataclass(frozen=True, slots=True)
class Name:
    """An alias of the matcher: what it names, and the entity's id."""

    kind: NameKind
    entity_id: str
    is_strict: bool = False
    """A word that mostly means something else: context alone never decides for it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An alias found at tokens [first, last)."""

    first: int
    last: int
    name: Name


@dataclass(frozen=True, slots=True)
class Finding:
    """A body or place with the character span that names it, in the joined text."""

    entity_id: str
    kind: EntityKind
    start: int
    end: int
    jurisdiction: Jurisdiction
    rule: Rule
    alternatives: tuple[str, ...] = ()

    @property
    def is_mention(self) -> bool:
        """True for what the desk counts: the province's agencies and units, and regions."""
        return self.jurisdiction is Jurisdiction.PROVINCE or self.kind is EntityKind.REGION


@dataclass(frozen=True, slots=True)
class Other:
    """A named body that is not the province's."""

    name: str
    entity_id: str | None
    start: int
    end: int
    jurisdiction: Jurisdiction
    rule: Rule
