"""Links a whole article: names found once, judged together, then regions, pointing words and what is not ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contract.gazetteer import Gazetteer
from contract.messages import EntityKind, Jurisdiction

from classifier.domain.linking.agencies import AgencyJudge, Judged
from classifier.domain.linking.bodies import BodyReader
from classifier.domain.linking.branches import Branch, BranchReader
from classifier.domain.linking.context import Context, read_context
from classifier.domain.linking.coreference import Coreference
from classifier.domain.linking.cues import CueReader, Verdict
from classifier.domain.linking.groups import GroupFinder
from classifier.domain.linking.matcher import NameMatcher
from classifier.domain.linking.names import all_names
from classifier.domain.linking.places import Places
from classifier.domain.linking.records import Candidate, Finding, NameKind, Other, Rule
from classifier.domain.linking.regions import RegionFinder
from classifier.domain.linking.tokens import TokenReader, sentence_numbers
from classifier.domain.linking.units import UnitJudge
from classifier.domain.text import Token, sentences

_NEAR = 4
"""Names are sorted by their start, so only the last few can hold the next one."""
_AGENCY_KINDS = frozenset({NameKind.AGENCY, NameKind.AGENCY_FULL})
_DECOY_JURISDICTION = Jurisdiction.VERTICAL


@dataclass(frozen=True, slots=True)
class Linked:
    """What an article names: findings that count, and others that stay visible; spans in the joined text."""

    findings: tuple[Finding, ...]
    others: tuple[Other, ...]
    context: Context


@dataclass(frozen=True, slots=True)
class Named:
    """What an article names by name, before pointing words are resolved."""

    tokens: Sequence[Token]
    findings: tuple[Finding, ...]
    others: tuple[Other, ...]
    context: Context


class Linker:
    """Reads names out of an article. Built once from the gazetteer; holds no state between articles."""

    def __init__(self, gazetteer: Gazetteer, outside_lines: Iterable[str]) -> None:
        self._places = Places(gazetteer, outside_lines)
        self._matcher = NameMatcher(all_names(gazetteer))
        self._bodies = BodyReader(self._places)
        self._agencies = AgencyJudge(CueReader(self._places), self._bodies)
        self._units = UnitJudge(gazetteer.unit_by_id, self._places)
        self._regions = RegionFinder(gazetteer, self._places)
        self._branches = BranchReader(gazetteer, self._places)
        self._groups = GroupFinder(gazetteer)
        self._tokens = TokenReader(self._places)
        self._coreference = Coreference()

    @property
    def n_names(self) -> int:
        return self._matcher.size

    def link(self, text: str, bounds: Sequence[tuple[int, int]] | None = None) -> Linked:
        """Return what the text names, with pointing words. `bounds` are its sentences, found here when not given."""
        return self.resolve(self.name(text, bounds))

    def name(self, text: str, bounds: Sequence[tuple[int, int]] | None = None) -> Named:
        """Return what the text names by name."""
        tokens = self._tokens.read(text)
        numbers = sentence_numbers(tokens, bounds if bounds is not None else sentences(text))
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
        others += [_branch_elsewhere(tokens, b) for b in branches if b.is_elsewhere]
        covered = [(f.start, f.end) for f in findings]
        others += [
            self._decoy(text, tokens, c)
            for c in found
            if c.name.kind is NameKind.DECOY and not _inside(tokens, c, covered)
        ]
        others += self._bodies.find(tokens, _taken(found, [*agencies, *units], branches), context)
        findings += self._regions.find(tokens, self._blocked(found, agencies, branches), context)
        others += self._groups.find(tokens)
        return Named(tokens, tuple(_without_nested(findings)), tuple(_outermost(others, context)), context)

    def resolve(self, named: Named) -> Linked:
        """Return what was named together with the words that point back to it."""
        pointing = self._coreference.resolve(named.tokens, named.context.sentence_of, named.findings, named.others)
        findings = _without_nested([*named.findings, *pointing]) if pointing else named.findings
        return Linked(tuple(findings), named.others, named.context)

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


def _branch_elsewhere(tokens: Sequence[Token], branch: Branch) -> Other:
    name = " ".join(token.text for token in tokens[branch.first : branch.last])
    start, end = tokens[branch.first].start, tokens[branch.last - 1].end
    return Other(name, None, start, end, Jurisdiction.ELSEWHERE, Rule.OTHER_PROVINCE)


def _taken(found: Sequence[Candidate], judged: Sequence[Judged], branches: Sequence[Branch]) -> set[int]:
    """Return the tokens of agencies, units and hospitals, with the words that decided whose they are.

    A look-alike may be part of a longer name ("Badan Pusat Statistik (BPS) Jatim"); the longer one is kept later.
    """
    ranges = [(c.first, c.last) for c in found if c.name.kind is not NameKind.DECOY] + [
        (b.first, b.last) for b in branches
    ]
    ranges += [(j.candidate.first, j.verdict.last) for j in judged if j.verdict is not None]
    return {i for first, last in ranges for i in range(first, last)}


def _outermost(others: Sequence[Other], context: Context) -> list[Other]:
    """Return the others without those inside a longer one, in reading order.

    In an article of another province an agency whose place is not said is that province's.
    """
    kept: list[Other] = []
    for item in sorted(others, key=lambda o: (o.start, -o.end)):
        if kept and kept[-1].end >= item.end:
            continue
        unsaid = item.rule is Rule.KABUPATEN_KOTA and item.jurisdiction is Jurisdiction.KABUPATEN_KOTA
        is_theirs = unsaid and context.is_elsewhere and context.n_regions == 0
        kept.append(replace(item, jurisdiction=Jurisdiction.ELSEWHERE) if is_theirs else item)
    return kept


def _without_nested(findings: Sequence[Finding]) -> list[Finding]:
    """Drop a finding inside a longer one of the same kind ("Setdaprov" in "Biro Hukum Setdaprov"); sort by place.

    Two regions on the same words stay: "Blitar, baik kota maupun kabupaten" names both.
    """
    kept: list[Finding] = []
    for item in sorted(findings, key=lambda f: (f.start, -(f.end - f.start))):
        if not any(_holds(k, item) for k in kept[-_NEAR:]):
            kept.append(item)
    return kept


def _holds(outer: Finding, inner: Finding) -> bool:
    if outer.kind != inner.kind or inner.end > outer.end:
        return False
    is_twin = (outer.start, outer.end) == (inner.start, inner.end) and outer.entity_id != inner.entity_id
    return not is_twin
