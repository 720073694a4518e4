"""Links a whole article: names found once, judged together, then regions, pointing words and what is not ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contract.gazetteer import Gazetteer
from contract.messages import EntityKind, Jurisdiction

from classifier.domain.article import GAP
from classifier.domain.linking.agencies import AgencyJudge, Judged
from classifier.domain.linking.anaphora import find_anaphors
from classifier.domain.linking.branches import Branch, BranchReader
from classifier.domain.linking.context import Context, read_context
from classifier.domain.linking.cues import CueReader, Verdict
from classifier.domain.linking.matcher import NameMatcher
from classifier.domain.linking.names import all_names
from classifier.domain.linking.places import Places
from classifier.domain.linking.records import Candidate, Finding, NameKind, Other, Rule
from classifier.domain.linking.regions import RegionFinder
from classifier.domain.linking.units import UnitJudge
from classifier.domain.text import Token, join_tokens, sentences, tokenize

_AGENCY_KINDS = frozenset({NameKind.AGENCY, NameKind.AGENCY_FULL})
_PARAGRAPH = "¶"
_DECOY_JURISDICTION = Jurisdiction.VERTICAL


@dataclass(frozen=True, slots=True)
class Linked:
    """What an article names: findings that count, and others that stay visible; spans in the joined text."""

    findings: tuple[Finding, ...]
    others: tuple[Other, ...]
    context: Context


class Linker:
    """Reads names out of an article. Built once from the gazetteer; holds no state between articles."""

    def __init__(self, gazetteer: Gazetteer, outside_lines: Iterable[str]) -> None:
        self._places = Places(gazetteer, outside_lines)
        self._matcher = NameMatcher(all_names(gazetteer))
        self._agencies = AgencyJudge(CueReader(self._places))
        self._units = UnitJudge(gazetteer.unit_by_id, self._places)
        self._regions = RegionFinder(gazetteer, self._places)
        self._branches = BranchReader(gazetteer, self._places)

    @property
    def n_names(self) -> int:
        return self._matcher.size

    def link(self, text: str, bounds: Sequence[tuple[int, int]] | None = None) -> Linked:
        """Return what the text names. `bounds` are its sentences as character spans, found here when not given."""
        tokens = _paragraph_tokens(text)
        numbers = _sentence_numbers(tokens, bounds if bounds is not None else sentences(text))
        context = read_context(tokens, numbers, self._places)
        branches = self._branches.find(tokens)
        found = [
            c for c in self._matcher.find(tokens) if not any(b.first < c.last and c.first < b.last for b in branches)
        ]
        agencies = self._agencies.judge(tokens, [c for c in found if c.name.kind in _AGENCY_KINDS], context)
        units = [
            Judged(c, self._units.judge(tokens, c, context))
            for c in found
            if c.name.kind not in _AGENCY_KINDS and c.name.kind is not NameKind.DECOY
        ]
        findings, others = self._sort(tokens, agencies, units)
        findings += [_branch_finding(tokens, b) for b in branches if b.entity_id is not None]
        covered = [(f.start, f.end) for f in findings]
        others += [
            self._decoy(text, tokens, c)
            for c in found
            if c.name.kind is NameKind.DECOY and not _inside(tokens, c, covered)
        ]
        findings += self._regions.find(tokens, self._blocked(found, agencies, branches), context)
        findings += find_anaphors(tokens, findings, others, context)
        findings = _without_nested(findings)
        others.sort(key=lambda other: (other.start, other.end))
        return Linked(tuple(findings), tuple(others), context)

    def _sort(
        self, tokens: Sequence[Token], agencies: Sequence[Judged], units: Sequence[Judged]
    ) -> tuple[list[Finding], list[Other]]:
        findings: list[Finding] = []
        others: list[Other] = []
        for items, kind in ((agencies, EntityKind.OPD), (units, EntityKind.UNIT)):
            for item in items:
                if item.verdict is None:
                    continue
                start, end = _span(tokens, item.candidate, item.verdict)
                entity, verdict = item.candidate.name.entity_id, item.verdict
                if verdict.jurisdiction is Jurisdiction.PROVINCE:
                    findings.append(Finding(entity, kind, start, end, verdict.jurisdiction, verdict.rule))
                else:
                    kept = entity if verdict.rule is Rule.DISTRICT_HOSPITAL else None
                    others.append(
                        Other(
                            " ".join(t.text for t in tokens[item.candidate.first : verdict.last]),
                            kept,
                            start,
                            end,
                            verdict.jurisdiction,
                            verdict.rule,
                        )
                    )
        return findings, others

    @staticmethod
    def _decoy(text: str, tokens: Sequence[Token], candidate: Candidate) -> Other:
        start, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
        ours = candidate.name.entity_id in {"pemprov-jatim", "gubernur-jatim", "dprd-jatim"}
        jurisdiction = Jurisdiction.PROVINCE if ours else _DECOY_JURISDICTION
        return Other(text[start:end], candidate.name.entity_id, start, end, jurisdiction, Rule.LOOK_ALIKE)

    @staticmethod
    def _blocked(
        found: Sequence[Candidate], agencies: Sequence[Judged], branches: Sequence[Branch]
    ) -> list[tuple[int, int]]:
        """Return token ranges whose town belongs to the name: Bakorwil, companies and universities.

        The town of a hospital or a branch office stays a place of the story.
        """
        blocked = [(c.first, c.last) for c in found if c.name.kind is NameKind.DECOY]
        blocked += [(branch.first, branch.last) for branch in branches if not branch.is_unit]
        blocked += [
            (j.candidate.first, j.verdict.last)
            for j in agencies
            if j.verdict and j.candidate.name.entity_id.startswith("bakorwil-")
        ]
        return blocked


def _paragraph_tokens(text: str) -> list[Token]:
    """Return the tokens with a mark between paragraphs, so that no name reaches from a title into the text."""
    tokens: list[Token] = []
    at = 0
    for paragraph in text.split(GAP):
        if at:
            tokens.append(Token(_PARAGRAPH, _PARAGRAPH, at - len(GAP), at))
        tokens += [replace(t, start=t.start + at, end=t.end + at) for t in join_tokens(tokenize(paragraph))]
        at += len(paragraph) + len(GAP)
    return tokens


def _sentence_numbers(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    at = 0
    for token in tokens:
        while at + 1 < len(bounds) and token.start >= bounds[at + 1][0]:
            at += 1
        numbers.append(at)
    return numbers


def _span(tokens: Sequence[Token], candidate: Candidate, verdict: Verdict) -> tuple[int, int]:
    last = max(candidate.last, min(verdict.last, len(tokens)))
    return tokens[candidate.first].start, tokens[last - 1].end


def _inside(tokens: Sequence[Token], candidate: Candidate, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
    return any(start < other_end and end > other_start for other_start, other_end in spans)


def _branch_finding(tokens: Sequence[Token], branch: Branch) -> Finding:
    start, end = tokens[branch.first].start, tokens[branch.last - 1].end
    kind, rule = (EntityKind.UNIT, Rule.UNIT_NAME) if branch.is_unit else (EntityKind.OPD, Rule.STRONG_ALIAS)
    return Finding(branch.entity_id or "", kind, start, end, Jurisdiction.PROVINCE, rule)


def _without_nested(findings: Sequence[Finding]) -> list[Finding]:
    """Drop a finding inside a longer one of the same kind ("Setdaprov" in "Biro Hukum Setdaprov"); sort by place."""
    kept: list[Finding] = []
    for item in sorted(findings, key=lambda f: (f.start, -(f.end - f.start))):
        if any(k.kind == item.kind and k.start <= item.start and item.end <= k.end for k in kept):
            continue
        kept.append(item)
    return kept
