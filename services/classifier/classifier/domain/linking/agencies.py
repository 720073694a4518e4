"""Decides for each agency name found whether it is the province's, and says by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contract.messages import Jurisdiction

from classifier.domain.linking.bodies import BodyReader
from classifier.domain.linking.context import LOCAL_CUES, MINISTRY_CUES, PROVINCE_CUES, Context
from classifier.domain.linking.cues import CONNECTORS, CueReader, Verdict
from classifier.domain.linking.records import Candidate, NameKind, Rule
from classifier.domain.text import Token, word_set

_SELF_EVIDENT_IN_JATIM = frozenset({"sekdaprov", "setdaprov", "bappeprov", "itprov"})
_BODIES_WITH_BUREAUS = MINISTRY_CUES | {"polda", "universitas", "mabes", "setjen", "dpr", "bumn", "kpk", "bpk"}
_WORDS_OF_MANY = frozenset({"humas", "protokol"})
"""Every office has these; a full name before them says nothing about whose they are."""
_PARTY_WORDS = word_set("dpp dpw dpd dpc partai golkar pdip gerindra nasdem pkb pks pan ppp demokrat pnpk ansor banser")
_PARTY_REACH = 8
_PROVINCE_GOVERNMENT = frozenset({"gubernur", "wagub", "pemprov", "khofifah"})
_ORDERS = word_set("""meminta minta memerintahkan perintahkan menugaskan menginstruksikan instruksikan mendorong melalui
    lewat didampingi bersama memanggil melantik menunjuk mengerahkan menggandeng mengajak menegur""")
_SAYS = word_set("""kata ujar ungkap menurut catatan data tutur jelas sebut terang mencatat menyebut mengungkap
    mengatakan memastikan menjelaskan merilis mengumumkan mengklaim memperkirakan menargetkan membantah mengakui""")
_ORDER_REACH = 14
_HEAD_SENTENCES = 2
"""The title counts as a sentence; what stands first says whose story it is."""
_FORMER = frozenset({"mantan", "eks", "bekas"})


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
        if verdict is None and candidate.name.entity_id.startswith("bakorwil-") and not context.is_elsewhere:
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
        """A short name takes the verdict of the same agency's last decided name, else of the first one after it."""
        out = list(judged)
        for i, item in enumerate(out):
            if item.verdict is not None:
                continue
            same = [
                j
                for j, other in enumerate(out)
                if other.verdict is not None
                and j != i
                and other.candidate.name.entity_id == item.candidate.name.entity_id
                and other.verdict.rule is not Rule.MINISTRY
            ]
            before = [j for j in same if j < i]
            source = out[before[-1]] if before else self._only_verdict(out, same)
            if source is None or source.verdict is None or self._is_former(tokens, item.candidate.first):
                continue
            if tokens[item.candidate.first].norm in _WORDS_OF_MANY:
                continue
            kept = source.verdict
            rule = Rule.COREFERENCE if kept.jurisdiction is Jurisdiction.PROVINCE else kept.rule
            out[i] = replace(item, verdict=Verdict(kept.jurisdiction, rule, item.candidate.last))
        return out

    @staticmethod
    def _only_verdict(judged: Sequence[Judged], same: Sequence[int]) -> Judged | None:
        kinds = {verdict.jurisdiction for verdict in (judged[j].verdict for j in same) if verdict is not None}
        return judged[same[0]] if same and len(kinds) == 1 else None

    @staticmethod
    def _is_former(tokens: Sequence[Token], first: int) -> bool:
        return any(token.norm in _FORMER for token in tokens[max(0, first - 3) : first])

    def _by_context(self, tokens: Sequence[Token], judged: list[Judged], context: Context) -> list[Judged]:
        has_local = any(
            item.verdict is not None and item.verdict.jurisdiction is not Jurisdiction.PROVINCE for item in judged
        )
        out: list[Judged] = []
        for item in judged:
            verdict = item.verdict
            if verdict is None and item.candidate.name.entity_id.startswith("biro-") and context.is_jatim:
                verdict = self._only_provinces_have_it(tokens, item.candidate, context)
            if verdict is None and not item.candidate.name.is_strict and context.is_jatim:
                verdict = self._ordered_by_governor(tokens, item.candidate, context)
                if verdict is None and not has_local:
                    verdict = self._without_rivals(tokens, item.candidate, judged, context)
            out.append(replace(item, verdict=verdict))
        return out

    def _without_rivals(
        self, tokens: Sequence[Token], candidate: Candidate, judged: Sequence[Judged], context: Context
    ) -> Verdict | None:
        """Decide for a bare name in an article that names no agency of anybody else."""
        return (
            self._sentence_speaks_for_province(tokens, candidate, context)
            or self._among_province_agencies(tokens, candidate, judged, context)
            or self._article_speaks_for_province(tokens, candidate, context)
            or self._speaks_of_all_jatim(tokens, candidate, context)
        )

    def _ordered_by_governor(self, tokens: Sequence[Token], candidate: Candidate, context: Context) -> Verdict | None:
        """The governor orders and is accompanied by agencies of the province, whoever else the article names."""
        number = context.sentence_of[candidate.first]
        seen_order = False
        for i in range(candidate.first - 1, max(-1, candidate.first - _ORDER_REACH), -1):
            norm = tokens[i].norm
            if context.sentence_of[i] != number or norm in LOCAL_CUES or norm in {"kab", "dprd", "polda"}:
                return None
            seen_order = seen_order or norm in _ORDERS
            if seen_order and norm in _PROVINCE_GOVERNMENT:
                return Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)
        return None

    @staticmethod
    def _speaks_of_all_jatim(tokens: Sequence[Token], candidate: Candidate, context: Context) -> Verdict | None:
        """What an agency says of "… di Jatim" as a whole, where no place in it is named, the province's agency says."""
        if context.n_local_cues or context.n_regions or context.n_other_province or context.n_outside:
            return None
        beside = [
            token.norm
            for token in [*tokens[max(0, candidate.first - 2) : candidate.first], *tokens[candidate.last :][:1]]
        ]
        if not any(norm in _SAYS for norm in beside):
            return None
        number = context.sentence_of[candidate.first]
        for i in range(1, len(tokens)):
            directly_behind = candidate.last <= i - 1 <= candidate.last + 1
            of_all = tokens[i].norm == "jatim" and tokens[i - 1].norm == "di" and not directly_behind
            if of_all and context.sentence_of[i] == number:
                return Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)
        return None

    @staticmethod
    def _only_provinces_have_it(tokens: Sequence[Token], candidate: Candidate, context: Context) -> Verdict | None:
        """A kabupaten has no "biro", so in news of East Java one is the province's, unless a central body is near."""
        if tokens[candidate.first].norm not in {"biro", "karo"}:
            return None
        number = context.sentence_of[candidate.first]
        for token, sentence in zip(tokens, context.sentence_of, strict=True):
            if sentence == number and (token.norm in _BODIES_WITH_BUREAUS or token.norm.startswith("kemen")):
                return None
        return Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)

    def _among_province_agencies(
        self, tokens: Sequence[Token], candidate: Candidate, judged: Sequence[Judged], context: Context
    ) -> Verdict | None:
        """Where an article names agencies of the province and nobody local, a bare name is the province's too."""
        has_province = any(item.verdict is not None and item.verdict.rule is Rule.PROVINCE_CUE for item in judged)
        if not has_province or context.n_local_cues or self._is_former(tokens, candidate.first):
            return None
        return Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)

    def _article_speaks_for_province(
        self, tokens: Sequence[Token], candidate: Candidate, context: Context
    ) -> Verdict | None:
        """Where an article begins with the governor or the Pemprov and no local government is in it, they are meant."""
        if context.n_local_cues or self._is_former(tokens, candidate.first) or context.n_other_province:
            return None
        number = context.sentence_of[candidate.first]
        for token, sentence in zip(tokens, context.sentence_of, strict=True):
            if sentence > _HEAD_SENTENCES:
                break
            if token.norm in _PROVINCE_GOVERNMENT and token.is_capital and sentence <= number:
                named = self._cues.names_region(tokens, number, context.sentence_of)
                return None if named else Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)
        return None

    def _sentence_speaks_for_province(
        self, tokens: Sequence[Token], candidate: Candidate, context: Context
    ) -> Verdict | None:
        number = context.sentence_of[candidate.first]
        near = [token.norm for token, sentence in zip(tokens, context.sentence_of, strict=True) if sentence == number]
        if any(norm in LOCAL_CUES or norm in {"kab", "kota"} for norm in near) or context.n_local_cues > 0:
            return None
        if self._is_former(tokens, candidate.first) or not any(norm in PROVINCE_CUES for norm in near):
            return None
        return Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)
