"""Turns the gazetteer into names for the matcher.

An agency's name is kept without its province words ("Dinas Kesehatan", "Kadinkes"), since those may stand after a
bracket, at the end of a list or before the name; `agencies` reads them where they stand.
"""

from collections.abc import Iterator

from contract.gazetteer import Gazetteer, Opd, Unit

from classifier.domain.linking.records import Name, NameKind
from classifier.domain.text import name_tokens

_PROVINCE_WORDS = frozenset({"jatim", "prov", "pemprov"})
_SETDA_WORDS = frozenset({"setda", "setdaprov"})
_TITLE_WORDS = frozenset({"kepala", "plt", "pj", "direktur", "kaban", "asisten"})

_EXTRA: dict[str, tuple[str, ...]] = {
    "bapenda": ("Dispenda", "Dinas Pendapatan", "Dinas Pendapatan Daerah", "Kadispenda", "Kabapenda"),
    "brida": ("Balitbang", "Balitbangda", "Badan Penelitian dan Pengembangan Daerah"),
    "bpsdm": ("Badan Diklat", "Bandiklat", "Badan Pendidikan dan Pelatihan"),
    "dpu-sda": ("Dinas PU Pengairan", "Dinas Pengairan", "Dinas SDA", "Dinas Sumber Daya Air"),
    "dlh": ("BLH", "Badan Lingkungan Hidup", "Dinas LH", "Kadis LH"),
    "dpmd": ("Bapemas", "Badan Pemberdayaan Masyarakat"),
    "biro-adpim": ("Biro Humas dan Protokol", "Biro Humas", "Biro Humas Protokol", "Biro Administrasi Pimpinan"),
    "disperpusip": ("Baperpusip", "Barpus", "Badan Perpustakaan dan Kearsipan"),
    "dprkpck": (
        "Dinas PU Cipta Karya",
        "Dinas PU Cipta Karya dan Tata Ruang",
        "Dinas Perumahan dan Permukiman",
        "Dinas PRKP dan Cipta Karya",
        "Dinas Perumahan dan Kawasan Permukiman",
        "Dinas Perkim Cipta Karya",
    ),
    "dpmptsp": ("BPM", "Badan Penanaman Modal", "Dinas PMPTSP"),
    "dkp": ("Dinas KP", "Kadis KP", "Dinas Perikanan"),
    "dpu-bina-marga": ("Dinas Bina Marga", "Dinas PU Bina Marga", "Kadis Bina Marga"),
    "badan-penghubung": ("Kaperda",),
    "diskominfo": ("Kadis Kominfo", "Infokom", "Dinas Infokom"),
    "dindik": ("Dinas P dan K", "Diknas", "Dinas Pendidikan Nasional"),
    "disbudpar": ("Dinas Budpar", "Disparbud", "Disbudparpora", "Dinas Pariwisata dan Kebudayaan"),
    "dispora": ("Kadispora", "Dinas Pemuda Olahraga"),
    "diskop-ukm": ("Dinas Koperasi UKM", "Dinas Koperasi dan UMKM", "Dinkop dan UKM", "Dinkop UMKM", "Diskop dan UKM"),
    "dispertan-kp": ("Dinas Ketahanan Pangan", "Distan KP", "Dispertan", "Dispertapang", "Kadispertan"),
    "disperindag": ("Dinas Perindag", "Deperindag", "Kadis Perindag", "Dinas Perindustrian"),
    "disnakertrans": ("Dinas Ketenagakerjaan dan Transmigrasi", "Kadisnaker"),
    "bakesbangpol": ("Badan Kesbangpol", "Kabakesbangpol"),
    "bpkad": ("Badan Pengelolaan Keuangan dan Aset Daerah", "Badan Keuangan dan Aset Daerah"),
    "satpol-pp": ("Kasatpol PP", "Satpol", "Pol PP"),
    "bpbd": ("Kalaksa BPBD", "Kalaksa", "Pusdalops BPBD"),
    "inspektorat": ("Inspektur",),
    "setda": ("Sekda", "Sekdaprov", "Setdaprov", "Sekretaris Daerah Provinsi", "Sekretaris Daerah"),
    "setwan": ("Sekretaris DPRD", "Sekwan DPRD"),
    "bappeda": ("Badan Perencanaan Pembangunan", "Kabappeda"),
    "dp3ak": ("Dinas PPPA", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "BPPKB"),
    "dishub": ("Dishub dan LLAJ", "Dishub LLAJ", "Dinas Perhubungan dan LLAJ"),
    "biro-pemotda": ("Biro Administrasi Pemerintahan dan Otonomi Daerah", "Biro Pemerintahan dan Otoda", "Biro Otda"),
    "biro-kesra": ("Biro Kesejahteraan Sosial", "Biro Administrasi Kesejahteraan Sosial", "Biro Kessos"),
    "biro-perekonomian": ("Biro Administrasi Perekonomian",),
    "biro-pbj": ("Biro Barang dan Jasa", "Biro Pengadaan"),
    "disnak": ("Dinas Peternakan dan Kesehatan Hewan",),
}

_FULL: dict[str, tuple[str, ...]] = {
    "badan-penghubung": ("Kantor Perwakilan Provinsi Jawa Timur", "Kantor Perwakilan Pemprov Jatim"),
}
"""Names that hold the province in their middle, so that nothing after them need say it."""
_STRICT = frozenset(
    name_tokens(name)
    for name in (
        "Humas",
        "Protokol",
        "ESDM",
        "Kominfo",
        "Inspektorat",
        "Inspektur",
        "Bina Marga",
        "Cipta Karya",
        "DKP",
        "BKD",
        "DPKP",
        "Balitbang",
        "Biro AP",
        "Adpim",
        "BPM",
        "BLH",
        "Satpol",
        "Diknas",
        "Infokom",
        "Pusda",
        "Kalaksa",
        "Sekretaris Daerah",
        "Sekda",
        "Setda",
        "Dinas Perikanan",
        "Dinas Perindustrian",
        "Dinas Ketahanan Pangan",
        "Badan Diklat",
        "Sekwan",
        "Setwan",
        "Dinas PPPA",
        "BPDP",
        "Barpus",
        "Bapemas",
        "Perkim CK",
        "Biro Hukum",
        "Biro Umum",
        "Biro Humas",
        "Biro Organisasi",
        "Biro Ekonomi",
        "Biro Pemerintahan",
        "Biro Perekonomian",
        "Ro Org",
        "UKPBJ",
        "Disperta",
        "Distan",
        "Dispertan",
        "Biro Kesra",
        "Biro PBJ",
        "Badan Penghubung",
        "Deperindag",
        "Kaperda",
        "BPPKB",
        "Biro Kesejahteraan Sosial",
        "Biro Pengadaan",
    )
)
_NEVER_WEAK_UNIT = frozenset({"karangmenjangan"})
_HOSPITAL_FORMS = ("RSUD", "RS", "Rumah Sakit")
_SHORT_HOSPITALS: dict[str, tuple[str, ...]] = {
    "rsud-soetomo": ("dr Soetomo", "Dokter Soetomo", "Prof Dr Soetomo"),
    "rsud-saiful-anwar": ("dr Saiful Anwar", "Saiful Anwar"),
    "rsud-soedono": ("dr Soedono", "Soedono"),
    "rsu-mohammad-noer": ("M Noer", "Moh Noer", "Mohammad Noer", "dr Mohammad Noer"),
    "rs-mata-masyarakat": ("Mata Masyarakat",),
    "rsud-sumberglagah": ("Kusta Sumberglagah", "Sumber Glagah", "Sumberglagah"),
    "rsud-husada-prima": ("Husada Prima",),
}


def agency_names(opd: Opd) -> Iterator[tuple[tuple[str, ...], Name]]:
    """Yield an agency's names without province words; names that stand for themselves come as full names."""
    for alias in (*opd.aliases_strong, *opd.aliases_weak, *opd.abbreviations, *opd.head_titles, opd.name):
        words = name_tokens(alias)
        core = strip_province(words, is_biro=opd.type == "biro")
        if (
            opd.type == "bakorwil"
            and len(core) > 1
            and not (core[0] == "bakorwil" and len(core) == 2 and _numeral(core))
        ) or (core == words and "jatim" in core):
            yield core, Name(NameKind.AGENCY_FULL, opd.id)
        elif core and core[0] not in _TITLE_WORDS:
            yield core, _agency(core, opd.id)
            yield from _head_titles(core, opd.id)
    for full in _FULL.get(opd.id, ()):
        yield name_tokens(full), Name(NameKind.AGENCY_FULL, opd.id)
    for extra in _EXTRA.get(opd.id, ()):
        core = name_tokens(extra)
        yield core, _agency(core, opd.id)


def _numeral(core: tuple[str, ...]) -> bool:
    return core[1] in {"i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5"}


def _agency(core: tuple[str, ...], opd_id: str) -> Name:
    return Name(NameKind.AGENCY, opd_id, is_strict=core in _STRICT)


def _head_titles(core: tuple[str, ...], opd_id: str) -> Iterator[tuple[tuple[str, ...], Name]]:
    first, rest = core[0], core[1:]
    if first == "dinas":
        yield ("kadis", *rest), _agency(core, opd_id)
    elif first == "dpu" and rest:
        yield ("kadis", "pu", *rest), _agency(core, opd_id)
        yield ("pu", *rest), _agency(core, opd_id)
    elif first == "biro":
        yield ("karo", *rest), _agency(core, opd_id)
    elif first == "badan":
        yield ("kaban", *rest), _agency(core, opd_id)
    elif first.startswith(("di", "bake", "bape", "bapp")) and not first.startswith("ka"):
        yield (f"ka{first}", *rest), _agency(core, opd_id)


def strip_province(words: tuple[str, ...], *, is_biro: bool) -> tuple[str, ...]:
    """Return a name without the province words at its end; a biro also loses its "Setda"."""
    end = len(words)
    while end > 1 and (words[end - 1] in _PROVINCE_WORDS or (is_biro and words[end - 1] in _SETDA_WORDS)):
        end -= 1
    return words[:end]


def unit_names(unit: Unit) -> Iterator[tuple[tuple[str, ...], Name]]:
    """Yield a unit's names; hospitals that are not the province's come as such, so that they block a match."""
    kind = NameKind.UNIT if unit.is_provincial else NameKind.HOSPITAL_ELSEWHERE
    weak = {name_tokens(alias) for alias in unit.aliases_weak}
    for alias in (*unit.aliases_strong, unit.name):
        words = name_tokens(alias)
        if len(words) > 1 or (words and words[0].startswith(("rs", "trans", "pps", "bkm"))):
            yield words, Name(kind, unit.id)
            if words[0] == "cabang" and "wilayah" in words:
                yield tuple(word for word in words if word != "wilayah"), Name(kind, unit.id)
    for words in sorted(weak):
        if words and words[0] not in _NEVER_WEAK_UNIT:
            yield words, Name(NameKind.UNIT_WEAK if unit.is_provincial else kind, unit.id)
    for short in _SHORT_HOSPITALS.get(unit.id, ()):
        for form in _HOSPITAL_FORMS:
            yield name_tokens(f"{form} {short}"), Name(kind, unit.id)


_EXTRA_DECOYS: dict[str, tuple[str, ...]] = {
    "unitomo": ("Universitas Dr Soetomo",),
    "pemprov-jatim": ("Pemprov Jatim", "Pemerintah Provinsi Jatim"),
    "perhutani-jatim": ("Perum Perhutani", "Perhutani"),
    "bnnp-jatim": ("BNNP",),
}


def all_names(gazetteer: Gazetteer) -> Iterator[tuple[tuple[str, ...], Name]]:
    """Yield every name. Look-alikes come first: where a decoy and an agency share a name, the decoy wins."""
    for decoy in gazetteer.decoys:
        for alias in (decoy.name, *decoy.aliases, *_EXTRA_DECOYS.get(decoy.id, ())):
            words = name_tokens(alias)
            if "..." not in alias and len("".join(words)) > 3:
                yield words, Name(NameKind.DECOY, decoy.id)
    for unit in gazetteer.units:
        yield from unit_names(unit)
    for opd in gazetteer.opd_by_id.values():
        yield from agency_names(opd)
