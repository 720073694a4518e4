"""Suggests the OPD whose matter an article is when no agency is named ("usulan"); never an assignment.

Precision comes first. A suggestion needs news of East Java, no agency of the province and none of a kabupaten or kota
in it, a phrase that belongs to one remit, something that supports it, and no second agency with as good a claim.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from contract.messages import EntityKind, Jurisdiction

from classifier.domain.article import ArticleText
from classifier.domain.linking.linker import Linked
from classifier.domain.linking.matcher import NameMatcher
from classifier.domain.linking.records import Name, NameKind, Rule
from classifier.domain.text import join_tokens, name_tokens, tokenize

_READ_CHARS = 3_000
_LEAD_CHARS = 700
_ENOUGH, _STRONG, _SUPPORT, _AGAINST = "enough", "strong", "support", "against"
_BASE_SCORE = 0.3
_SCORE_PER_STRONG = 0.1
_SCORE_PER_SUPPORT = 0.05
_IN_TITLE = 0.05
_MOST_SCORE = 0.6
_LEAST_LEAD = 0.08
"""How far the best must be ahead of the second; closer claims are nobody's clear matter."""
_MOST_KEYWORDS = 6


@dataclass(frozen=True, slots=True)
class Suggested:
    """An OPD, how sure (0.3 to 0.6), the words found, and where the first stands in the joined text."""

    entity_id: str
    score: float
    keywords: tuple[str, ...]
    start: int


@dataclass(slots=True)
class _Claim:
    """What an article says for one agency: words by their weight, each with its first place."""

    words: dict[str, dict[str, int]] = field(
        default_factory=lambda: {_ENOUGH: {}, _STRONG: {}, _SUPPORT: {}, _AGAINST: {}}
    )

    @property
    def is_clear(self) -> bool:
        """True when the deciding phrase stands at the head, and is enough alone or supported."""
        if self.words[_AGAINST]:
            return False
        enough, strong = self.words[_ENOUGH], self.words[_STRONG]
        if min((*enough.values(), *strong.values()), default=_LEAD_CHARS) >= _LEAD_CHARS:
            return False
        return bool(enough) or len(strong) > 1 or bool(strong and self.words[_SUPPORT])

    def score(self, title_chars: int) -> float:
        strong = len(self.words[_ENOUGH]) + len(self.words[_STRONG])
        places = [*self.words[_ENOUGH].values(), *self.words[_STRONG].values()]
        in_title = _IN_TITLE if any(place < title_chars for place in places) else 0.0
        counted = _SCORE_PER_STRONG * strong + _SCORE_PER_SUPPORT * min(4, len(self.words[_SUPPORT]))
        return min(_MOST_SCORE, _BASE_SCORE + counted + in_title)

    def shown(self) -> tuple[str, ...]:
        """Return the words found, the weightiest first."""
        ordered = [word for weight in (_ENOUGH, _STRONG, _SUPPORT) for word in self.words[weight]]
        return tuple(ordered[:_MOST_KEYWORDS])

    def first(self) -> int:
        return min((*self.words[_ENOUGH].values(), *self.words[_STRONG].values()))


class Suggester:
    """Weighs the phrases of each agency's remit. `lines` are those of the list of matters."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._meaning: dict[str, list[tuple[str, str]]] = {}
        for line in lines:
            if line.strip() and not line.startswith("#"):
                opd, strong, support, against = (part.strip() for part in line.split("|"))
                for phrase in _parts(strong):
                    self._add(phrase.lstrip("!"), opd, _ENOUGH if phrase.startswith("!") else _STRONG)
                for word in _parts(support):
                    self._add(word, opd, _SUPPORT)
                for word in _parts(against):
                    self._add(word, opd, _AGAINST)
        self._matcher = NameMatcher(
            (tuple(phrase.split(" ")), Name(NameKind.AGENCY, phrase)) for phrase in self._meaning
        )

    def _add(self, phrase: str, opd: str, weight: str) -> None:
        """Note what a phrase says; the same words may support several agencies."""
        self._meaning.setdefault(" ".join(name_tokens(phrase)), []).append((opd, weight))

    def suggest(self, article: ArticleText, linked: Linked) -> tuple[Suggested, ...]:
        """Return the agency whose matter it clearly is, or nothing."""
        if not _is_open(linked):
            return ()
        claims = self._claims(article.joined[:_READ_CHARS])
        ranked = sorted(
            ((claim.score(len(article.title)), opd, claim) for opd, claim in claims.items()),
            key=lambda item: (-item[0], item[1]),
        )
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAST_LEAD):
            return ()
        score, opd, claim = ranked[0]
        return (Suggested(opd, round(score, 4), claim.shown(), claim.first()),)

    def _claims(self, text: str) -> dict[str, _Claim]:
        tokens = join_tokens(tokenize(text))
        claims: dict[str, _Claim] = {}
        for hit in self._matcher.find(tokens):
            words = " ".join(token.text for token in tokens[hit.first : hit.last]).lower()
            for opd, weight in self._meaning[hit.name.entity_id]:
                claims.setdefault(opd, _Claim()).words[weight].setdefault(words, tokens[hit.first].start)
        return {opd: claim for opd, claim in claims.items() if claim.is_clear}


def _parts(listed: str) -> list[str]:
    return [part for part in (piece.strip() for piece in listed.split(",")) if part]


def _is_open(linked: Linked) -> bool:
    """Return True for news of East Java that names no agency of the province, and none of a kabupaten or kota."""
    context = linked.context
    if not context.is_near_jatim or context.n_other_province + context.n_outside > context.n_jatim + context.n_regions:
        return False
    if any(finding.is_mention and finding.kind is not EntityKind.REGION for finding in linked.findings):
        return False
    return not any(
        other.jurisdiction in {Jurisdiction.KABUPATEN_KOTA, Jurisdiction.ELSEWHERE}
        and other.rule in {Rule.KABUPATEN_KOTA, Rule.OTHER_PROVINCE}
        for other in linked.others
    )
