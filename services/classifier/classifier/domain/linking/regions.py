"""Finds kabupaten and kota of East Java: tells a place from a word, a street or a dish, and a kab from its twin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract.gazetteer import Gazetteer
from contract.messages import EntityKind, Jurisdiction

from classifier.domain.linking.context import Context
from classifier.domain.linking.places import PlaceKind, Places
from classifier.domain.linking.records import Finding, Rule
from classifier.domain.linking.seats import SeatFinder
from classifier.domain.linking.twins import KecamatanIndex, Said, Spot, TwinResolver
from classifier.domain.text import Token, word_set

KAB_CUES = frozenset({"kab", "pemkab", "bupati", "wabup"})
KOTA_CUES = frozenset({"kota", "pemkot", "wali", "wawali", "walkot", "polrestabes"})
_PLACE_WORDS = frozenset(
    {"di", "ke", "dari", "asal", "warga", "se", "wilayah", "daerah", "kawasan", "menuju", "dan", ","}
)
_DASHES = frozenset("-–—")
_POLICE = word_set("polres polresta polsek kodim kejari pn kapolres kapolresta wakapolres kapolsek mapolres mapolresta")
_PAIR_WORDS = {"kab": "kota", "bupati": "wali", "pemkab": "pemkot", "kota": "kab", "wali": "bupati", "pemkot": "pemkab"}
_STREETS = frozenset({"jalan", "raya", "tol", "jalur", "ruas", "gang", "flyover", "underpass", "jembatan"})
_NOT_A_REGION_BEFORE = word_set("""soto pecel sate rujak rawon nasi lontong tahu bakso keripik kripik brem
    tempe semen persik arema persebaya
    persela persema persekap persedikab persekabpas deltras universitas kri km kmp kapal kereta ka
    radar tribun jtv harian reog batik kopi jeruk pt cv desa dusun kel perum kali gunung bukit pulau
    bahasa dialek nasib bernasib gang ludruk tari kerapan karapan sapi madura ruko""")
_NAMED_AFTER_REGION = word_set("kampung perumahan sungai pantai teluk stadion apel")
"""In capitals these begin a name of their own ("Kampung Malang" in Surabaya); else they lie in the place they name."""
_NOT_A_REGION_AFTER = frozenset({"fc", "united", "post", "pos", "ekspres", "raya"})
_AFTER_BATU = word_set("""bara ginjal akik nisan kapur bata candi empedu apung pualam alam kali belah
    loncatan sandungan gamping
    marmer permata giok sungai besar licin putih ampar raja ceper malang""")
_BEFORE_TOWN_BATU = word_set("""polres kapolres kejari dprd rsud husada bumiaji junrejo polsek dinkes dishub dinsos
    bpbd dlh satpolpp dispendik dindik disparta disparekraf bapenda bappelitbangda kesehatan pariwisata perhubungan""")
_MALANG_SAYINGS = frozenset({"tak", "tidak", "nian", "benar", "bagi", "melintang", "menimpa", "nasib", "sekali"})
_ELSEWHERE_TWINS: dict[str, tuple[str, ...]] = {
    "kediri": ("tabanan", "bali", "lombok", "ntb"),
    "tuban": ("badung", "kuta", "bali"),
    "sampang": ("cilacap", "jateng"),
    "jombang": ("cilegon", "ciputat", "tangerang", "tangsel", "banten"),
}
_NGAWI_MEME = frozenset({"rusdi", "meme", "amba"})
_SCHOOLS = frozenset({"sdn", "sd", "smpn", "smp", "puskesmas"})
_SHARED_NICKNAMES = frozenset({"kota santri", "kota tahu", "kota apel", "kota pendidikan", "kota wali", "bts"})


@dataclass(frozen=True, slots=True)
class _Seen:
    spot: Spot
    region_ids: tuple[str, ...]
    explicit: str | None


class RegionFinder:
    """Finds the regions that an article names."""

    def __init__(self, gazetteer: Gazetteer, places: Places) -> None:
        self._places = places
        self._types = {region.id: region.type for region in gazetteer.regions}
        self._kecamatan = KecamatanIndex(gazetteer)
        self._twins = TwinResolver(self._kecamatan, self._types)
        self._seats = SeatFinder(gazetteer)
        self._nicknames = {
            tuple(nickname.lower().split()): region.id
            for region in gazetteer.regions
            for nickname in region.nicknames
            if nickname.lower() not in _SHARED_NICKNAMES and nickname.lower().startswith(("kota", "bumi"))
        }

    def find(self, tokens: Sequence[Token], blocked: Sequence[tuple[int, int]], context: Context) -> list[Finding]:
        """Return the regions named; `blocked` are token ranges that belong to names without a place of their own."""
        taken = {i for first, last in blocked for i in range(first, last)}
        seen: list[_Seen] = []
        for i, token in enumerate(tokens):
            if i in taken or token.norm not in self._places.regions_of_short or not token.is_capital:
                continue
            place = self._places.at(tokens, i)
            if place is None or place.kind is not PlaceKind.REGION or not self._is_place(tokens, i, context):
                continue
            seen.append(_Seen(Spot(i, token.norm), place.region_ids, self._explicit(tokens, i, place.region_ids)))
        said = _said(tokens, seen)
        guesses: dict[tuple[str, ...], tuple[str, Rule] | None] = {}
        found = [self._finding(tokens, item, said, guesses) for item in seen]
        found += self._other_of_pair(tokens, seen)
        found += self._seats.find(tokens, {finding.entity_id for finding in found}, taken, context)
        return sorted([*found, *self._by_nickname(tokens)], key=lambda finding: finding.start)

    def _other_of_pair(self, tokens: Sequence[Token], seen: Sequence[_Seen]) -> list[Finding]:
        """Return the twin that "Bupati dan Wali Kota Pasuruan" names as well; it stands on the first word."""
        out: list[Finding] = []
        for item in seen:
            i = item.spot.index
            if len(item.region_ids) < 2:
                continue
            first = _pair_start(tokens, i)
            if first is not None:
                kind = "kabupaten" if tokens[first].norm in KAB_CUES else "kota"
                twin = next(region for region in item.region_ids if self._types[region] == kind)
                out.append(self._make(twin, tokens[first].start, tokens[first].end, Rule.REGION_TYPE))
            elif _both_are_said(tokens, i):
                given = self._explicit(tokens, i, item.region_ids)
                rest = [region for region in item.region_ids if region != given]
                out += (
                    [self._make(rest[0], tokens[i].start, tokens[i].end, Rule.REGION_TYPE)]
                    if given
                    else [
                        self._make(region, tokens[i].start, tokens[i].end, Rule.REGION_TYPE)
                        for region in item.region_ids
                    ]
                )
        return out

    def _is_place(self, tokens: Sequence[Token], i: int, context: Context) -> bool:
        norm = tokens[i].norm
        before = tokens[i - 1].norm if i else ""
        after = tokens[i + 1].norm if i + 1 < len(tokens) else ""
        if before in _NOT_A_REGION_BEFORE or after in _NOT_A_REGION_AFTER or self._in_a_street(tokens, i):
            return False
        if before in _NAMED_AFTER_REGION and (tokens[i - 1].is_capital or norm in {"malang", "batu"}):
            return False
        if before not in KAB_CUES | KOTA_CUES and self._lies_elsewhere(tokens, i, context):
            return False
        if before == "kec":
            return self._kecamatan.parents(norm) != () and not self._is_kecamatan_elsewhere(tokens, i)
        return self._is_no_word(tokens, i, before, after)

    def _is_no_word(self, tokens: Sequence[Token], i: int, before: str, after: str) -> bool:
        """Return False where a name that is also a word stands for the word."""
        norm = tokens[i].norm
        if norm == "malang":
            return self._is_town_malang(tokens, i, before, after)
        if norm == "batu":
            return self._is_town_batu(tokens, i, before, after)
        return norm != "ngawi" or not any(token.norm in _NGAWI_MEME for token in tokens[max(0, i - 5) : i + 6])

    def _is_kecamatan_elsewhere(self, tokens: Sequence[Token], i: int) -> bool:
        """Return True for "Kecamatan Jombang, Kabupaten Jember": a kecamatan that bears another region's name."""
        at = i + 1
        while at < len(tokens) and tokens[at].norm in {",", "(", "kab", "kota"}:
            at += 1
        place = self._places.at(tokens, at)
        if place is None or at == i + 1:
            return False
        own = set(self._places.regions_of_short[tokens[i].norm])
        return place.kind is not PlaceKind.REGION or not own & set(place.region_ids)

    @staticmethod
    def _in_a_street(tokens: Sequence[Token], i: int) -> bool:
        at = i - 1
        # "Perbaikan jalan Gresik" is work in Gresik; "Jalan Gresik" in capitals is a street, wherever it lies.
        after = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if at >= 0 and tokens[at].text in {"jalan", "jembatan"} and after not in _DASHES:
            return False
        for _ in range(6):
            if at < 0:
                return False
            if tokens[at].norm in _STREETS:
                return True
            if tokens[at].text not in "-–—" and not tokens[at].is_capital:
                return False
            if tokens[at].text not in "-–—" and i - at > 1 and tokens[at + 1].text not in "-–—":
                return False
            at -= 1
        return False

    @staticmethod
    def _lies_elsewhere(tokens: Sequence[Token], i: int, context: Context) -> bool:
        """Return True for the place of that name in another province; far words count in news of elsewhere alone."""
        elsewhere = _ELSEWHERE_TWINS.get(tokens[i].norm)
        if elsewhere is None:
            return False
        if context.is_elsewhere and i and tokens[i - 1].norm in _SCHOOLS:
            return True
        near = tokens if context.is_elsewhere else [*tokens[i + 1 : i + 8], *tokens[max(0, i - 3) : i]]
        return any(token.norm in elsewhere for token in near)

    @staticmethod
    def _is_town_malang(tokens: Sequence[Token], i: int, before: str, after: str) -> bool:
        if after in _DASHES and i + 2 < len(tokens) and tokens[i + 2].norm in _MALANG_SAYINGS:
            return False
        opens = i == 0 or tokens[i - 1].text in '.!?¶"“'
        if opens and after == "," and i + 2 < len(tokens) and tokens[i + 2].text.islower():
            return False
        return after not in _MALANG_SAYINGS and before not in {"nasib", "bernasib", "si", "sungguh"}

    @staticmethod
    def _is_town_batu(tokens: Sequence[Token], i: int, before: str, after: str) -> bool:
        if after in _AFTER_BATU and not (after == "malang" and before in _PLACE_WORDS):
            return False
        if before in KOTA_CUES or before in _BEFORE_TOWN_BATU:
            return True
        if i > 1 and before == "." and tokens[i - 2].text.isdigit():
            return True
        if i + 1 < len(tokens) and tokens[i + 1].is_capital and tokens[i + 1].is_word:
            return False
        return before in _PLACE_WORDS or (i > 0 and tokens[i - 1].text in "-–,") or (i == 0 and after in "-–—,(")

    def _explicit(self, tokens: Sequence[Token], i: int, ids: tuple[str, ...]) -> str | None:
        """Return the id that the words around the name state, None when they state nothing."""
        if len(ids) == 1:
            return ids[0]
        wanted = self._type_beside(tokens, i)
        return next((region for region in ids if self._types[region] == wanted), None)

    @staticmethod
    def _type_beside(tokens: Sequence[Token], i: int) -> str | None:
        after = tokens[i + 1].norm if i + 1 < len(tokens) else ""
        at = _before_bracket(tokens, i)
        before = tokens[at - 1].norm if at else ""
        if before in _POLICE and after == "kota" and tokens[i + 1].is_capital:
            return "kota"
        if before in KAB_CUES:
            return "kabupaten"
        if before in KOTA_CUES or before in {"polresta", "kapolresta", "wakapolresta"}:
            return "kota"
        return "kabupaten" if before in {"polres", "kapolres", "wakapolres"} else None

    def _finding(
        self,
        tokens: Sequence[Token],
        item: _Seen,
        said: Mapping[str, Said],
        guesses: dict[tuple[str, ...], tuple[str, Rule] | None],
    ) -> Finding:
        i = item.spot.index
        first = i - 1 if i and tokens[i - 1].norm in {"kab", "kota"} else i
        start, end = tokens[first].start, tokens[i].end
        if item.explicit is not None:
            rule = Rule.REGION_NAME if len(item.region_ids) == 1 and first == i else Rule.REGION_TYPE
            return self._make(item.explicit, start, end, rule)
        here = said.get(item.spot.norm)
        if here is not None and _is_listed(tokens, i):
            rest = [region for region in item.region_ids if region not in here.in_lists]
            if len(rest) == 1:
                return self._make(rest[0], start, end, Rule.REGION_ARTICLE)
        choice = self._twins.resolve(tokens, item.spot, item.region_ids, here, guesses)
        return self._make(choice.region_id, start, end, choice.rule, choice.alternatives)

    @staticmethod
    def _make(region_id: str, start: int, end: int, rule: Rule, alternatives: tuple[str, ...] = ()) -> Finding:
        return Finding(region_id, EntityKind.REGION, start, end, Jurisdiction.KABUPATEN_KOTA, rule, alternatives)

    def _by_nickname(self, tokens: Sequence[Token]) -> list[Finding]:
        out: list[Finding] = []
        for i, token in enumerate(tokens):
            if token.norm not in {"kota", "bumi"} or not token.is_capital:
                continue
            for width in (2, 3):
                part = tokens[i : i + width]
                region = self._nicknames.get(tuple(one.text.lower() for one in part))
                if region is not None and all(one.is_capital for one in part):
                    out.append(self._make(region, token.start, part[-1].end, Rule.NICKNAME))
        return out


def _said(tokens: Sequence[Token], seen: Sequence[_Seen]) -> dict[str, Said]:
    """Return for each name where the article says which of the twins it means."""
    out: dict[str, Said] = {}
    for item in seen:
        if item.explicit is not None:
            here = out.setdefault(item.spot.norm, Said())
            here.add(item.spot.index, item.explicit, is_listed=_is_listed(tokens, item.spot.index))
    return out


def _is_listed(tokens: Sequence[Token], i: int) -> bool:
    """Return True for a name in a list of figures, which has a colon behind it."""
    return i + 1 < len(tokens) and tokens[i + 1].text == ":"


def _pair_start(tokens: Sequence[Token], i: int) -> int | None:
    """Return where the first word of a pair before a name stands: "Pemkab dan Pemkot | Kediri", "Kab/Kota | Madiun"."""
    at = i - 1
    if at < 2:
        return None
    other = _PAIR_WORDS.get(tokens[at].norm)
    if other is None or tokens[at - 1].norm not in {"dan", "/", "serta", "maupun"}:
        return None
    return at - 2 if tokens[at - 2].norm == other else None


def _both_are_said(tokens: Sequence[Token], i: int) -> bool:
    """Return True for a name in a list closed by "baik kota maupun kabupaten"."""
    for at in range(i + 1, min(len(tokens) - 3, i + 12)):
        if tokens[at].norm == "baik":
            return {tokens[at + 1].norm, tokens[at + 3].norm} == {"kota", "kab"} and tokens[at + 2].norm == "maupun"
        if tokens[at].text != "," and not tokens[at].is_capital and tokens[at].norm != "dan":
            return False
    return False


def _before_bracket(tokens: Sequence[Token], i: int) -> int:
    """Return where to look for the word before a token: in "Pemerintah Kota (Pemkot) Malang" before the bracket."""
    if i == 0 or tokens[i - 1].text != ")":
        return i
    for at in range(i - 2, max(-1, i - 6), -1):
        if tokens[at].text == "(":
            return at
    return i
