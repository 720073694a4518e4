"""Finds a kabupaten or kota by a town or kecamatan that only it has: "di Bangil", "warga Kraksaan".

A seat of government or another place that is known for its region does so behind a word that makes it a place, or at
the head of a report. Any other kecamatan does so only in news of East
Java, where the text calls it a kecamatan (villages and schools bear the same names) or names no other place, and when
neither the province nor another one has a second of that name.
"""

from collections.abc import Iterable, Mapping, Sequence

from contract.gazetteer import Gazetteer
from contract.messages import EntityKind, Jurisdiction

from classifier.domain.linking.context import Context
from classifier.domain.linking.records import Finding, Rule
from classifier.domain.text import Token, name_tokens, word_set

_OFFICES = {"kepanjen": "kab-malang", "mejayan": "kab-madiun", "caruban": "kab-madiun", "pare": "kab-kediri"}
"""Seats whose rows in the gazetteer say it in other words."""
_ELSEWHERE_TOO = word_set("""manyar jenu padangan menganti saradan mantingan plaosan blimbing sukapura tosari mayangan
    ploso omben gadingrejo magersari manguharjo mojoroto kec sarangan trinil pelabuhan""")
"""Place cues that are names of villages, streets or lakes as well: the text must call them a kecamatan."""
_ISLANDS = frozenset({"bawean", "kangean", "sapeken", "masalembu"})
_NAMES_BEFORE = word_set("rusa kapal km kmp kmn jalan batik suku bahasa")
_PLACE_BEFORE = word_set("""di ke dari asal warga kec camat polsek kapolsek puskesmas koramil danramil pasar terminal
    stasiun kawasan wilayah menuju alun-alun sd sdn smp smpn sma sman smk smkn negeri kota pulau kepulauan perairan
    pelabuhan kantor pemuda nelayan petani""")
_TOWARD = frozenset({"di", "ke", "dari", "warga", "asal"})
_KECAMATAN_BEFORE = word_set("kec camat polsek kapolsek koramil danramil")
_DATELINE = frozenset("-–—,(")
_SHORTEST = 5


class SeatFinder:
    """Looks up towns and kecamatan that stand for one region."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._unique: dict[tuple[str, ...], str] = {}
        for row in gazetteer.kecamatan:
            plain = not row.common_word and not row.same_name_as_kabkota
            alone = row.n_same_name_jatim == 0 and row.n_same_name_other_provinces == 0
            if plain and alone and len(row.name) >= _SHORTEST:
                self._unique[name_tokens(row.name)] = row.parent_id
        shared = {name_tokens(row.name) for row in gazetteer.kecamatan} - self._unique.keys()
        self._known: dict[tuple[str, ...], str] = {(name,): region for name, region in _OFFICES.items()}
        for region in gazetteer.regions:
            for cue in region.place_cues:
                words = name_tokens(cue)
                if words not in shared and words[0] not in _ELSEWHERE_TOO:
                    self._known[words] = region.id
                elif words not in shared:
                    self._unique[words] = region.id
        self._firsts = {words[0] for words in (*self._unique, *self._known)}

    def find(self, tokens: Sequence[Token], named: Iterable[str], taken: set[int], context: Context) -> list[Finding]:
        """Return findings of regions that are not `named` otherwise; nothing in news of elsewhere."""
        have = set(named)
        alone = not have and context.n_jatim > 0 and context.n_outside == 0
        out: list[Finding] = []
        if context.is_elsewhere or context.n_other_province > context.n_jatim:
            return out
        for i, token in enumerate(tokens):
            if token.norm not in self._firsts or not token.is_capital or i in taken:
                continue
            found = self._at(tokens, i, context, alone=alone)
            if found is not None and found.entity_id not in have:
                out.append(found)
        return out

    def _at(self, tokens: Sequence[Token], i: int, context: Context, *, alone: bool) -> Finding | None:
        at = i - 1
        while at > 0 and (tokens[at].text.isdigit() or tokens[at].norm == "negeri"):
            at -= 1
        before = tokens[at].norm if at >= 0 else ""
        region, width = self._longest(tokens, i, self._known)
        opens = (at < 0 or tokens[at].text == "¶") and i + width < len(tokens) and tokens[i + width].text in _DATELINE
        sure = (
            opens
            or before in _PLACE_BEFORE
            or width > 1
            or (tokens[i].norm in _ISLANDS and before not in _NAMES_BEFORE)
        )
        if not sure:
            region = None
        is_kecamatan = before in _KECAMATAN_BEFORE and context.is_near_jatim
        if region is None and (is_kecamatan or (alone and before in _TOWARD)):
            region, width = self._longest(tokens, i, self._unique)
        if region is None:
            return None
        start, end = tokens[i].start, tokens[i + width - 1].end
        return Finding(region, EntityKind.REGION, start, end, Jurisdiction.KABUPATEN_KOTA, Rule.REGION_SEAT)

    @staticmethod
    def _longest(tokens: Sequence[Token], i: int, names: Mapping[tuple[str, ...], str]) -> tuple[str | None, int]:
        for width in (3, 2, 1):
            part = tokens[i : i + width]
            words = tuple(token.norm for token in part)
            if len(part) == width and words in names and all(token.is_capital for token in part):
                return names[words], width
        return None, 1
