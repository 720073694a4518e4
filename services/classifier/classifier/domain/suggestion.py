"""Suggests the OPD whose matter an article is when no agency is named; never an assignment."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.gazetteer import Gazetteer

from classifier.domain.linking.matcher import NameMatcher
from classifier.domain.linking.records import Name, NameKind
from classifier.domain.text import join_tokens, name_tokens, tokenize

_SHORTEST_SINGLE_WORD = 9
_SCORE_PER_KEYWORD = 0.15
_MOST_SCORE = 0.6
_LEAST_KEYWORDS = 2
_READ_CHARS = 3_000


@dataclass(frozen=True, slots=True)
class Suggested:
    """An OPD, how sure (0 to 0.6), the keywords found, and where the first stands in the joined text."""

    entity_id: str
    score: float
    keywords: tuple[str, ...]
    start: int


class Suggester:
    """Counts distinct sector keywords of each agency."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._matcher = NameMatcher(
            (words, Name(NameKind.AGENCY, opd.id))
            for opd in gazetteer.opd_by_id.values()
            if opd.type != "bakorwil"
            for keyword in (*opd.programmes, *opd.sector_keywords)
            if len(words := name_tokens(keyword)) > 1 or len(keyword) >= _SHORTEST_SINGLE_WORD
        )

    def suggest(self, joined: str) -> Sequence[Suggested]:
        """Return at most two suggestions, the surer first."""
        tokens = join_tokens(tokenize(joined[:_READ_CHARS]))
        found: dict[str, dict[str, int]] = {}
        for hit in self._matcher.find(tokens):
            words = joined[tokens[hit.first].start : tokens[hit.last - 1].end].lower()
            found.setdefault(hit.name.entity_id, {}).setdefault(words, tokens[hit.first].start)
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return [
            Suggested(
                entity, min(_MOST_SCORE, _SCORE_PER_KEYWORD * len(words)), tuple(sorted(words))[:6], min(words.values())
            )
            for entity, words in ranked[:2]
            if len(words) >= _LEAST_KEYWORDS
        ]
