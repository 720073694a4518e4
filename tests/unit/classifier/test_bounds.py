"""An article that names bodies thousands of times still fits a message."""

from classifier.domain.linking.records import Finding, Rule
from classifier.domain.reading import MAX_MENTIONS, bounded
from contract.messages import EntityKind, Jurisdiction


def found(entity: str, at: int) -> Finding:
    return Finding(entity, EntityKind.OPD, at, at + 5, Jurisdiction.PROVINCE, next(iter(Rule)))


def test_a_usual_article_keeps_every_mention_in_order() -> None:
    findings = [found("dinkes", at) for at in range(0, MAX_MENTIONS * 10, 10)]
    assert bounded(findings) == findings


def test_too_many_mentions_are_cut_but_no_agency_is_lost() -> None:
    findings = [found("dinkes", at) for at in range(0, 50_000, 10)] + [found("dindik", 60_000)]
    kept = bounded(findings)
    assert len(kept) == MAX_MENTIONS
    assert kept[-1].entity_id == "dindik"
    assert [finding.start for finding in kept] == sorted(finding.start for finding in kept)
