"""Finds a kabupaten or kota by a town or kecamatan that only it has: "di Bangil", "warga Kraksaan".

A seat of government does so behind a word that makes it a place. Any other kecamatan does so only in news of East
Java, where the text calls it a kecamatan (villages and schools bear the same names), and when neither the province nor
another one has a second of that name.
"""

from collections.abc import Iterable, Sequence

from contract.gazetteer import Gazetteer
from contract.messages import EntityKind, Jurisdiction

from classifier.domain.linking.context import Context
from classifier.domain.linking.records import Finding, Rule
from classifier.domain.text import Token, name_tokens, word_set

_SEATS = {
    "kepanjen": "kab-malang",
    "kraksaan": "kab-probolinggo",
    "bangil": "kab-pasuruan",
    "caruban": "kab-madiun",
    "mejayan": "kab-madiun",
    "mojosari": "kab-mojokerto",
    "kanigoro": "kab-blitar",
    "wlingi": "kab-blitar",
    "pare": "kab-kediri",
}
_PLACE_BEFORE = word_set("""di ke dari asal warga kec camat polsek kapolsek puskesmas koramil danramil pasar terminal
    stasiun kawasan wilayah menuju alun-alun sdn smpn sman smkn kota""")
_KECAMATAN_BEFORE = word_set("kec camat polsek kapolsek koramil danramil")
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
        self._firsts = {words[0] for words in self._unique}

    def find(self, tokens: Sequence[Token], named: Iterable[str], taken: set[int], context: Context) -> list[Finding]:
        """Return findings of regions that are not `named` otherwise; nothing in news of elsewhere."""
        have = set(named)
        out: list[Finding] = []
        if context.is_elsewhere or context.n_other_province > context.n_jatim:
            return out
        for i, token in enumerate(tokens):
            if i in taken or not token.is_capital or (token.norm not in self._firsts and token.norm not in _SEATS):
                continue
            found = self._at(tokens, i, context)
            if found is not None and found.entity_id not in have:
                out.append(found)
        return out

    def _at(self, tokens: Sequence[Token], i: int, context: Context) -> Finding | None:
        before = tokens[i - 1] if i else None
        if before is not None and before.text.isdigit() and i > 1:
            before = tokens[i - 2]
        if before is None or before.norm not in _PLACE_BEFORE:
            return None
        region, width = _SEATS.get(tokens[i].norm), 1
        if region is None and context.is_near_jatim and before.norm in _KECAMATAN_BEFORE:
            region, width = self._kecamatan(tokens, i)
        if region is None:
            return None
        start, end = tokens[i].start, tokens[i + width - 1].end
        return Finding(region, EntityKind.REGION, start, end, Jurisdiction.KABUPATEN_KOTA, Rule.REGION_SEAT)

    def _kecamatan(self, tokens: Sequence[Token], i: int) -> tuple[str | None, int]:
        for width in (2, 1):
            words = tuple(token.norm for token in tokens[i : i + width])
            if words in self._unique:
                return self._unique[words], width
        return None, 1
