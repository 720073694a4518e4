"""Decides whose agency a bare name is by what the sentence and the article say, where no word at the name does.

Only in news of East Java, and never for a word that mostly means something else.
"""

from collections.abc import Sequence

from contract.messages import Jurisdiction

from classifier.domain.linking.context import LOCAL_CUES, MINISTRY_CUES, PROVINCE_CUES, Context
from classifier.domain.linking.cues import CueReader, Verdict
from classifier.domain.linking.records import Candidate, Rule
from classifier.domain.text import Token, word_set

_BODIES_WITH_BUREAUS = MINISTRY_CUES | {"polda", "universitas", "mabes", "setjen", "dpr", "bumn", "kpk", "bpk"}
_FORMER = frozenset({"mantan", "eks", "bekas"})
_PROVINCE_GOVERNMENT = frozenset({"gubernur", "wagub", "pemprov", "khofifah"})
_ORDERS = word_set("""meminta minta memerintahkan perintahkan menugaskan menginstruksikan instruksikan mendorong melalui
    lewat didampingi bersama memanggil melantik menunjuk mengerahkan menggandeng mengajak menegur""")
_SAYS = word_set("""kata ujar ungkap menurut catatan data tutur jelas sebut terang mencatat menyebut mengungkap
    mengatakan memastikan menjelaskan merilis mengumumkan mengklaim memperkirakan menargetkan membantah mengakui""")
_BODY_TOKENS = 4
_ORDER_REACH = 14
_HEAD_SENTENCES = 2
"""The title counts as a sentence; what stands first says whose story it is."""


def is_former(tokens: Sequence[Token], first: int) -> bool:
    """Return True for "mantan Kepala Dinas …": the words say nothing of the agency today."""
    return any(token.norm in _FORMER for token in tokens[max(0, first - 3) : first])


class ContextRules:
    """The rules for one article.

    `has_local` says that it names an agency that is not the province's, `has_province` one that is.
    """

    def __init__(
        self, tokens: Sequence[Token], context: Context, cues: CueReader, *, has_local: bool, has_province: bool
    ) -> None:
        self._tokens = tokens
        self._context = context
        self._cues = cues
        self._has_local = has_local
        self._has_province = has_province
        self._head_speaks = self._head_is_provinces()

    def decide(self, candidate: Candidate) -> Verdict | None:
        """Return the verdict for one bare name, None when nothing decides."""
        if not self._context.is_jatim:
            return None
        if self._is_provinces(candidate):
            return Verdict(Jurisdiction.PROVINCE, Rule.ARTICLE_CONTEXT, candidate.last)
        return None

    def _is_provinces(self, candidate: Candidate) -> bool:
        if candidate.name.entity_id.startswith("biro-") and self._only_provinces_have_it(candidate):
            return True
        if candidate.name.is_strict:
            return False
        if self._ordered_by_governor(candidate):
            return True
        return not self._has_local and not self._context.n_local_cues and self._without_rivals(candidate)

    def _without_rivals(self, candidate: Candidate) -> bool:
        """Decide for a bare name in an article that names nobody local."""
        if self._speaks_of_all_jatim(candidate):
            return True
        if is_former(self._tokens, candidate.first):
            return False
        return (
            self._has_province
            or self._sentence_speaks(candidate)
            or self._article_speaks(candidate)
            or self._beside_body_of_jatim(candidate)
        )

    def _norms_of_sentence(self, candidate: Candidate) -> list[str]:
        return [self._tokens[i].norm for i in self._context.sentence_at(candidate.first)]

    def _only_provinces_have_it(self, candidate: Candidate) -> bool:
        """A kabupaten has no "biro", so in news of East Java one is the province's, unless a central body is near."""
        if self._tokens[candidate.first].norm not in {"biro", "karo"}:
            return False
        near = self._norms_of_sentence(candidate)
        return not any(norm in _BODIES_WITH_BUREAUS or norm.startswith("kemen") for norm in near)

    def _ordered_by_governor(self, candidate: Candidate) -> bool:
        """The governor orders and is accompanied by agencies of the province, whoever else the article names."""
        tokens, first = self._tokens, candidate.first
        number = self._context.sentence_of[first]
        seen_order = False
        for i in range(first - 1, max(-1, first - _ORDER_REACH), -1):
            norm = tokens[i].norm
            if self._context.sentence_of[i] != number or norm in LOCAL_CUES or norm in {"kab", "dprd", "polda"}:
                return False
            seen_order = seen_order or norm in _ORDERS
            if seen_order and norm in _PROVINCE_GOVERNMENT:
                return not self._cues.is_other_province(tokens, i + 1)
        return False

    def _speaks_of_all_jatim(self, candidate: Candidate) -> bool:
        """What an agency says of "… di Jatim" as a whole, where no place in it is named, the province's agency says."""
        context, tokens = self._context, self._tokens
        if context.n_regions or context.n_other_province or context.n_outside:
            return False
        beside = [*tokens[max(0, candidate.first - 2) : candidate.first], *tokens[candidate.last :][:1]]
        if not any(token.norm in _SAYS for token in beside):
            return False
        return any(
            tokens[i].norm == "jatim"
            and tokens[i - 1].norm == "di"
            and not candidate.last <= i - 1 <= candidate.last + 1
            for i in context.sentence_at(candidate.first)[1:]
        )

    def _beside_body_of_jatim(self, candidate: Candidate) -> bool:
        """In "Bapenda dan Ditlantas Polda Jatim", where no place is named, both are of the province."""
        tokens, at = self._tokens, candidate.last
        if at >= len(tokens) or tokens[at].norm not in {"dan", "bersama", "serta", ","}:
            return False
        following = [token.norm for token in tokens[at + 1 : at + 2 + _BODY_TOKENS]]
        if "jatim" not in following[1:] or not all(
            token.is_capital for token in tokens[at + 1 : at + 2 + following.index("jatim")]
        ):
            return False
        return not self._cues.names_place(tokens, self._context.sentence_at(candidate.first))

    def _sentence_speaks(self, candidate: Candidate) -> bool:
        near = self._norms_of_sentence(candidate)
        if any(norm in LOCAL_CUES or norm in {"kab", "kota"} for norm in near):
            return False
        return any(norm in PROVINCE_CUES for norm in near) or self._is_addressed(near, candidate)

    def _is_addressed(self, near: Sequence[str], candidate: Candidate) -> bool:
        """True behind "DPRD Jatim …" or "Jatim siaga, …" where the sentence names no place: they speak of their own."""
        sentence = self._context.sentence_at(candidate.first)
        head = near[: candidate.first - sentence.start]
        by_council = any(norm == "dprd" and "jatim" in head[i + 1 : i + 3] for i, norm in enumerate(head))
        by_name = len(head) > 1 and head[0] == "jatim" and self._tokens[sentence.start + 1].text.islower()
        return (by_council or by_name) and not self._cues.names_place(self._tokens, sentence)

    def _article_speaks(self, candidate: Candidate) -> bool:
        """Where an article begins with the governor or the Pemprov, their agencies are meant, except beside a place."""
        sentence = self._context.sentence_at(candidate.first)
        if self._head_speaks is None or self._context.n_other_province or sentence.stop <= self._head_speaks:
            return False
        return not self._cues.names_place(self._tokens, sentence)

    def _head_is_provinces(self) -> int | None:
        """Return where the governor or the Pemprov stands at the head of the article."""
        for i, (token, sentence) in enumerate(zip(self._tokens, self._context.sentence_of, strict=True)):
            if sentence > _HEAD_SENTENCES:
                break
            if token.norm in _PROVINCE_GOVERNMENT and token.is_capital:
                return i
        return None
