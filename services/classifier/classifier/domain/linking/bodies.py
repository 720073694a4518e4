"""Finds public bodies that no alias lists: agencies of a kabupaten or kota, vertical agencies, district hospitals.

They are named by a pattern ("Dinas …" or "Polres …" and a place), so that what is not the province's stays visible.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.messages import Jurisdiction

from classifier.domain.linking.context import LOCAL_CUES, MINISTRY_CUES, PROVINCE_CUES, Context
from classifier.domain.linking.cues import closing_bracket
from classifier.domain.linking.places import PlaceKind, Places
from classifier.domain.linking.records import Other, Rule
from classifier.domain.text import Token, word_set

_LOCAL_HEADS = word_set("""dinas dpu badan inspektorat dispendukcapil disdukcapil dukcapil dispendikbud disdikbud dikbud
    dp3a dp3akb dp3appkb dp3appkbpp dp2kb dppkb dppkbpppa p2kbp3a dpupr dpubm dpuprpkp dpupkp dprkp dpkpp dkpp dkp3 dpkp
    bkpsdm bkpp bkppd bkd bppkad bkpd bkpkad bpkpd bpkpad bkad disporapar disparbud disparpora disbudporapar
    disporabudpar dinperinaker disperinaker disnakerperinaker damkar disdamkarmat dinsosp3a dinsospppa dinsosp3akb
    dinkesp2kb dinkesppkb dinkesda disdag diskoperindag diskopindag disperindagkop dlhkp dlhp diskominfosanti bpprd
    dispernaker dispusip arpusda""")
_VERTICAL_HEADS = word_set("""bps bpn bbpom bpom polda kapolda polres kapolres polresta kapolresta polrestabes
    kapolrestabes polsek kapolsek kejati kajati kejari kajari kejaksaan kodim dandim korem danrem kodam pangdam koramil
    danramil bpjs pln bmkg basarnas bnnp bnnk bnn bpkp ombudsman kpu bawaslu kpid kpk imigrasi kemenag bulog perhutani
    pertamina kanwil bea djp lapas rutan bksda bbksda bbws bgn kppn brimob lanal lanud ditlantas ditpolairud bpip bnpt
    bnpb""")
_VERTICAL_NAMES: tuple[tuple[str, ...], ...] = (
    ("badan", "pusat", "statistik"),
    ("badan", "pertanahan", "nasional"),
    ("badan", "gizi", "nasional"),
    ("badan", "narkotika", "nasional"),
    ("badan", "pangan", "nasional"),
    ("badan", "pengawas", "pemilu"),
    ("badan", "pemeriksa", "keuangan"),
    ("badan", "kepegawaian", "negara"),
    ("kantor", "wilayah"),
    ("kantor", "pertanahan"),
    ("kantor", "imigrasi"),
    ("pengadilan", "negeri"),
    ("pengadilan", "tinggi"),
    ("pengadilan", "agama"),
    ("komisi", "pemilihan", "umum"),
)
_SECTORS = word_set("""kebudayaan pariwisata keluarga pengendalian penduduk pemuda kepemudaan olahraga perlindungan
    p2kb ppkb kb p3a p3akb pppa anak daerah pertanahan cipta tata ruang perumahan permukiman kawasan pangan perikanan
    peternakan usaha mikro kecil menengah perdagangan perindustrian tenaga kerja transmigrasi ketenagakerjaan energi
    perkebunan kehutanan pemberdayaan perempuan masyarakat desa persandian statistik kebersihan pertamanan kearsipan
    kebakaran penyelamatan sosial kesehatan pendidikan lingkungan hidup pengembangan sumber manusia pelatihan
    penelitian aset koperasi ukm umkm pertanian ketahanan pemakaman perhubungan kelautan pembangunan inovasi riset
    pemadam dan""")
_JOINERS = frozenset({"dan", ",", "&", "-", "/", "–"})
_STOPS = (
    LOCAL_CUES
    | PROVINCE_CUES
    | MINISTRY_CUES
    | word_set(
        "dprd dpr polri rsud rs rsj puskesmas bank pt universitas sman smkn smpn sdn gubernur sekda ketua kepala warga"
    )
)
_TITLES = frozenset({"dr", "prof", "h", "r"})
_MOST_TOKENS = 16
_NAME_TOKENS = 5


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where a name that goes on ends, and whose body the place at its end makes it."""

    jurisdiction: Jurisdiction
    last: int


class BodyReader:
    """Reads bodies by pattern. Holds no state between articles."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def longer_name(self, tokens: Sequence[Token], last: int) -> _Reach | None:
        """Return how an agency's name goes on: "Dinas Pendidikan | dan Kebudayaan Kabupaten Bangkalan"."""
        at = last
        while at < len(tokens) and tokens[at].norm in _JOINERS:
            at += 1
        if at >= len(tokens) or tokens[at].norm not in _SECTORS:
            return None
        return self._walk(tokens, last)

    def find(self, tokens: Sequence[Token], taken: set[int], context: Context) -> list[Other]:
        """Return the bodies outside the tokens that are `taken` by a name of the gazetteer."""
        out: list[Other] = []
        at = 0
        while at < len(tokens):
            found = None if at in taken else self._body_at(tokens, at, context)
            if found is None or any(i in taken for i in range(at, found.last)):
                at += 1
                continue
            out.append(_other(tokens, at, found))
            at = found.last
        return out

    def _body_at(self, tokens: Sequence[Token], at: int, context: Context) -> _Reach | None:
        token = tokens[at]
        if not token.is_capital:
            return None
        width = 1 if token.norm in _VERTICAL_HEADS else _width_of_vertical(tokens, at)
        if width or token.norm.startswith("kemen"):
            found = self._vertical(tokens, at, max(width, 1))
            is_near = context.is_near_jatim or tokens[found.last - 1].norm in self._places.near_words
            return found if is_near else None
        if token.norm in _LOCAL_HEADS:
            return self._walk(tokens, at + 1)
        return self._hospital(tokens, at, context) if token.norm == "rsud" else None

    def _walk(self, tokens: Sequence[Token], at: int) -> _Reach | None:
        """Read on to the place that ends a name; None where a word comes first that no name of an agency holds."""
        limit = min(len(tokens), at + _MOST_TOKENS)
        while at < limit:
            bracket = closing_bracket(tokens, at) if tokens[at].norm == "(" else None
            if bracket is not None:
                at = bracket
                continue
            token = tokens[at]
            if token.norm in {"kab", "kota", "pemkab", "pemkot"} and token.is_capital:
                return self._typed(tokens, at)
            place = self._places.at(tokens, at)
            if place is not None and tokens[at - 1].text != ",":
                inside = place.kind is PlaceKind.REGION
                return _Reach(Jurisdiction.KABUPATEN_KOTA if inside else Jurisdiction.ELSEWHERE, at + place.width)
            if token.norm in _STOPS or token.norm in _VERTICAL_HEADS or token.norm in {"jatim", "dinas", "badan"}:
                return None
            if token.norm not in _JOINERS and token.norm != "prov" and not token.is_capital:
                return None
            at += 1
        return None

    def _typed(self, tokens: Sequence[Token], at: int) -> _Reach:
        place = self._places.at(tokens, at + 1)
        if place is None:
            return _Reach(Jurisdiction.KABUPATEN_KOTA, at + 1)
        inside = place.kind is PlaceKind.REGION
        return _Reach(Jurisdiction.KABUPATEN_KOTA if inside else Jurisdiction.ELSEWHERE, at + 1 + place.width)

    def _vertical(self, tokens: Sequence[Token], at: int, width: int) -> _Reach:
        """Take the words up to the place, if one stands within a few words; else the head alone."""
        last = at + width
        for i in range(last, min(len(tokens), last + _NAME_TOKENS)):
            place = self._places.at(tokens, i)
            if tokens[i].norm == "jatim":
                return _Reach(Jurisdiction.VERTICAL, i + 1)
            if place is not None:
                return _Reach(Jurisdiction.VERTICAL, i + place.width)
            if tokens[i].norm not in {"(", ")", "kab", "kota", "prov", "wilayah"} and not tokens[i].is_capital:
                break
        if tokens[at].norm == "kementerian":
            while last < min(len(tokens), at + _NAME_TOKENS) and tokens[last].is_capital and tokens[last].is_word:
                last += 1
        return _Reach(Jurisdiction.VERTICAL, last)

    def _hospital(self, tokens: Sequence[Token], at: int, context: Context) -> _Reach | None:
        """Read a public hospital that the gazetteer does not know, by the capitals behind "RSUD"."""
        last = at + 1
        while last < len(tokens) and last < at + 1 + _NAME_TOKENS:
            place = self._places.at(tokens, last)
            if place is not None and place.kind is not PlaceKind.REGION:
                return _Reach(Jurisdiction.ELSEWHERE, last + place.width)
            if tokens[last].norm in {"jatim", "prov", "pemprov"} or not (
                tokens[last].is_capital or tokens[last].norm in _TITLES
            ):
                break
            last += 1
        if last == at + 1:
            return None
        return _Reach(Jurisdiction.ELSEWHERE if context.is_elsewhere else Jurisdiction.KABUPATEN_KOTA, last)


def _width_of_vertical(tokens: Sequence[Token], at: int) -> int:
    for name in _VERTICAL_NAMES:
        if tokens[at].norm == name[0] and tuple(t.norm for t in tokens[at : at + len(name)]) == name:
            return len(name)
    return 0


def _other(tokens: Sequence[Token], first: int, found: _Reach) -> Other:
    rules = {
        Jurisdiction.KABUPATEN_KOTA: Rule.KABUPATEN_KOTA,
        Jurisdiction.ELSEWHERE: Rule.OTHER_PROVINCE,
        Jurisdiction.VERTICAL: Rule.MINISTRY,
    }
    name = " ".join(token.text for token in tokens[first : found.last])
    return Other(
        name,
        None,
        tokens[first].start,
        tokens[found.last - 1].end,
        found.jurisdiction,
        rules[found.jurisdiction],
    )
