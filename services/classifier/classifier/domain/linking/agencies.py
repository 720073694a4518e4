"""Decides for each agency name found whether it is the province's, and says by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contract.messages import Jurisdiction

from classifier.domain.linking.bodies import BodyReader
from classifier.domain.linking.context import Context
from classifier.domain.linking.context_rules import ContextRules, is_former
from classifier.domain.linking.cues import CONNECTORS, CueReader, Verdict
from classifier.domain.linking.records import Candidate, NameKind, Rule
from classifier.domain.text import Token, word_set

_SELF_EVIDENT_IN_JATIM = frozenset({"sekdaprov", "setdaprov", "bappeprov", "itprov"})
_WORDS_OF_MANY = frozenset({"humas", "protokol"})
"""Every office has these; a full name before them says nothing about whose they are."""
_PARTY_WORDS = word_set("""dpp dpw dpd dpc partai golkar pdip gerindra nasdem pkb pks pan ppp demokrat pnpk ansor banser
    pemuda pancasila muhammadiyah nahdlatul ormas karang mpw pwnu hkti hmi pmii gmni ipsi kader""")
_PARTY_REACH = 8
_PROGRAMME_REACH = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its verdict; None where nothing decided."""

    candidate: Candidate
    verdict: Verdict | None


class AgencyJudge:
    """Judges the agency names of one article together, since they decide for each other."""

    def __init__(self, cues: CueReader, bodies: BodyReader) -> None:
        self._cues = cues
        self._bodies = bodies

    def judge(self, tokens: Sequence[Token], found: Sequence[Candidate], context: Context) -> list[Judged]:
        """Return every agency candidate with its verdict, in reading order."""
        judged = [Judged(candidate, self._by_words(tokens, candidate, context)) for candidate in found]
        judged = self._share(tokens, judged)
        judged = self._under_umbrella(tokens, judged, context)
        judged = self._refer_back(tokens, judged)
        return self._by_context(tokens, judged, context)

    def _by_words(self, tokens: Sequence[Token], candidate: Candidate, context: Context) -> Verdict | None:
        first, last = candidate.first, candidate.last
        if self._cues.is_ministry_before(tokens, first):
            return Verdict(Jurisdiction.VERTICAL, Rule.MINISTRY, last)
        if candidate.name.kind is NameKind.AGENCY_FULL:
            return Verdict(Jurisdiction.PROVINCE, Rule.STRONG_ALIAS, last)
        verdict = self._cues.after(tokens, last, is_jatim=context.is_near_jatim) or self._longer(tokens, last)
        if verdict is None and tokens[last - 1].norm in _SELF_EVIDENT_IN_JATIM and context.is_near_jatim:
            return Verdict(Jurisdiction.PROVINCE, Rule.PROVINCE_WORD, last)
        if (
            verdict is None
            and candidate.name.entity_id.startswith("bakorwil-")
            and self._is_in_jatim(tokens, candidate, context)
        ):
            return (
                None
                if self._is_of_a_party(tokens, candidate)
                else Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, last)
            )
        return verdict

    def _longer(self, tokens: Sequence[Token], last: int) -> Verdict | None:
        """Return whose agency a longer name is; agencies of the province are all named in the gazetteer."""
        found = self._bodies.longer_name(tokens, last)
        if found is None:
            return None
        local = found.jurisdiction is Jurisdiction.KABUPATEN_KOTA
        return Verdict(found.jurisdiction, Rule.KABUPATEN_KOTA if local else Rule.OTHER_PROVINCE, found.last)

    @staticmethod
    def _is_in_jatim(tokens: Sequence[Token], candidate: Candidate, context: Context) -> bool:
        """A numeral alone is safe only in news of East Java, or beside the programme that only these bodies have."""
        near = tokens[max(0, candidate.first - _PROGRAMME_REACH) : candidate.last + _PROGRAMME_REACH]
        return context.is_near_jatim or any(token.norm == "ejsc" for token in near)

    @staticmethod
    def _is_of_a_party(tokens: Sequence[Token], candidate: Candidate) -> bool:
        """Return True for the coordinating body of a party or mass organisation, which is called Bakorwil as well."""
        near = tokens[max(0, candidate.first - _PARTY_REACH) : candidate.last + _PARTY_REACH]
        return any(token.norm in _PARTY_WORDS for token in near)

    def _share(self, tokens: Sequence[Token], judged: list[Judged]) -> list[Judged]:
        out = list(judged)
        for i in range(len(out) - 2, -1, -1):
            here, after = out[i], out[i + 1]
            if here.verdict is not None or after.verdict is None:
                continue
            if after.verdict.rule not in {Rule.PROVINCE_CUE, Rule.SHARED_CUE, Rule.KABUPATEN_KOTA, Rule.OTHER_PROVINCE}:
                continue
            if self._is_joined(tokens, here.candidate.last, after.candidate.first):
                rule = Rule.SHARED_CUE if after.verdict.jurisdiction is Jurisdiction.PROVINCE else after.verdict.rule
                out[i] = replace(here, verdict=Verdict(after.verdict.jurisdiction, rule, here.candidate.last))
        return out

    def _is_joined(self, tokens: Sequence[Token], last: int, first: int) -> bool:
        gap = [token.norm for token in tokens[last:first]]
        if "(" in gap and ")" in gap:
            del gap[gap.index("(") : gap.index(")") + 1]
        opening = gap == ["("]
        return opening or (0 < len(gap) <= 4 and all(word in CONNECTORS for word in gap))

    def _under_umbrella(self, tokens: Sequence[Token], judged: list[Judged], context: Context) -> list[Judged]:
        out: list[Judged] = []
        for item in judged:
            verdict = item.verdict
            if verdict is None:
                found = self._cues.umbrella(
                    tokens, item.candidate.first, context.sentence_of, is_jatim=context.is_jatim
                )
                verdict = replace(found, last=item.candidate.last) if found else None
            out.append(replace(item, verdict=verdict))
        return out

    def _refer_back(self, tokens: Sequence[Token], judged: list[Judged]) -> list[Judged]:
        """A short name takes the verdict of the same agency's last decided name, else of those that come after it."""
        decided: dict[str, list[Verdict]] = {}
        for item in judged:
            if item.verdict is not None and item.verdict.rule is not Rule.MINISTRY:
                decided.setdefault(item.candidate.name.entity_id, []).append(item.verdict)
        agreed = {entity: _agreed(verdicts) for entity, verdicts in decided.items()}
        last: dict[str, Verdict] = {}
        out: list[Judged] = []
        for item in judged:
            entity, verdict = item.candidate.name.entity_id, item.verdict
            if verdict is None:
                verdict = self._taken_over(tokens, item.candidate, last.get(entity) or agreed.get(entity))
            if verdict is not None and verdict.rule is not Rule.MINISTRY:
                last[entity] = verdict
            out.append(replace(item, verdict=verdict))
        return out

    @staticmethod
    def _taken_over(tokens: Sequence[Token], candidate: Candidate, source: Verdict | None) -> Verdict | None:
        if source is None or is_former(tokens, candidate.first) or tokens[candidate.first].norm in _WORDS_OF_MANY:
            return None
        rule = Rule.COREFERENCE if source.jurisdiction is Jurisdiction.PROVINCE else source.rule
        return Verdict(source.jurisdiction, rule, candidate.last)

    def _by_context(self, tokens: Sequence[Token], judged: list[Judged], context: Context) -> list[Judged]:
        verdicts = [item.verdict for item in judged if item.verdict is not None]
        rules = ContextRules(
            tokens,
            context,
            self._cues,
            has_local=any(verdict.jurisdiction is not Jurisdiction.PROVINCE for verdict in verdicts),
            has_province=any(verdict.rule is Rule.PROVINCE_CUE for verdict in verdicts),
        )
        return [item if item.verdict else replace(item, verdict=rules.decide(item.candidate)) for item in judged]


def _agreed(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the first verdict where all give the same jurisdiction."""
    return verdicts[0] if len({verdict.jurisdiction for verdict in verdicts}) == 1 else None
