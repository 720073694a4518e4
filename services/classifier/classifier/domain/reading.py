"""Puts a reading together: from what was linked and judged to the message the contract knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract import messages as message
from contract.messages import (
    CategoryCues,
    EntityKind,
    Jurisdiction,
    Label,
    Mention,
    OtherBody,
    Reading,
    Sentiment,
    Suggestion,
)

from classifier.domain.article import ArticleText
from classifier.domain.categories import matters_of
from classifier.domain.judging import Verdict
from classifier.domain.language import DEFAULT
from classifier.domain.linking.linker import Linked
from classifier.domain.linking.records import REASONS, Finding, Other
from classifier.domain.ports import Judgement
from classifier.domain.quotes import Quote
from classifier.domain.sentiment.evidence import cues_in, speaker_of
from classifier.domain.sentiment.scan import NEGATIVE, POSITIVE, scan, words_of
from classifier.domain.severity import severity_of
from classifier.domain.suggestion import Suggested

MAX_EVIDENCE_CHARS = 600
MAX_MENTIONS = 300
MAX_CUE_CHARS = 120
_EVIDENCE_SENTENCES = 8
_TITLE_COUNTS = 1.5
_TOO_CLOSE = "Nada berita ini meragukan: mesin hanya yakin {score} persen."


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything read in one article, before it becomes a message."""

    linked: Linked
    tone: Judgement
    verdicts: Mapping[str, Verdict]
    suggestions: Sequence[Suggested]
    language: str = DEFAULT
    quotes: Sequence[tuple[Quote, Judgement]] = ()


def bounded(findings: Sequence[Finding]) -> list[Finding]:
    """Return at most MAX_MENTIONS findings in their order, and the first of every entity among them.

    A page that repeats names thousands of times would otherwise not fit a message.
    """
    if len(findings) <= MAX_MENTIONS:
        return list(findings)
    first = {finding.entity_id: finding for finding in reversed(findings)}
    kept = set(map(id, first.values()))
    for finding in findings:
        if len(kept) >= MAX_MENTIONS:
            break
        kept.add(id(finding))
    return [finding for finding in findings if id(finding) in kept]


def make_reading(article: ArticleText, parts: Parts, model: str) -> Reading:
    """Return the reading of one article."""
    named = [f for f in parts.linked.findings if f.is_mention and f.entity_id in parts.verdicts]
    mentions = tuple(_mention(article, finding, parts.verdicts[finding.entity_id]) for finding in bounded(named))
    blames = any(
        mention.sentiment is Sentiment.NEGATIVE and mention.kind is not EntityKind.REGION for mention in mentions
    )
    matters = matters_of(article.title, article.text)
    severity = severity_of(article.title, article.text, parts.tone.label, blames_province=blames)
    return Reading(
        language=parts.language,
        tone=_tone(article, parts.tone),
        mentions=mentions,
        others=tuple(_other(article, other) for other in _once(article, parts.linked.others)[:MAX_MENTIONS]),
        suggestions=tuple(_suggestion(article, item) for item in parts.suggestions),
        quotes=tuple(_quote(quote, judgement) for quote, judgement in parts.quotes),
        categories=tuple(matter.category.value for matter in matters),
        category_cues=tuple(
            CategoryCues(category=matter.category.value, words=matter.words) for matter in matters if matter.words
        ),
        severity=severity.level,
        severity_reason=severity.reason[:400],
        severity_cues=tuple(cue[:MAX_CUE_CHARS] for cue in severity.cues),
        model=model[:80],
        needs_reading=parts.tone.uncertain,
        needs_reading_reason=_TOO_CLOSE.format(score=round(100 * parts.tone.score)) if parts.tone.uncertain else "",
    )


def _tone(article: ArticleText, tone: Judgement) -> Label:
    evidence = tone_evidence(article, tone.label)
    return Label(
        label=tone.label,
        score=_clip(tone.score),
        evidence=evidence,
        cues=cues_in(evidence, tone.label),
        speaker=speaker_of(evidence),
        uncertain=tone.uncertain,
    )


def tone_evidence(article: ArticleText, label: Sentiment) -> str:
    """Return the sentence that speaks most for the tone; for a plain item the title, or the first sentence."""
    candidates = [article.title] if article.title else []
    candidates += [article.text[first:last] for first, last in article.text_bounds[:_EVIDENCE_SENTENCES]]
    if not candidates:
        return ""
    if label is Sentiment.NEUTRAL:
        return candidates[0][:MAX_EVIDENCE_CHARS]
    weights = [_speaks_for(sentence, label) for sentence in candidates]
    if article.title:
        weights[0] *= _TITLE_COUNTS
    best = max(range(len(candidates)), key=lambda i: (weights[i], -i))
    return candidates[best][:MAX_EVIDENCE_CHARS]


def _speaks_for(sentence: str, label: Sentiment) -> float:
    counts: dict[str, float] = {}
    scan(words_of(sentence), "", counts)
    good = sum(counts.get(group, 0.0) for group in POSITIVE) + sum(counts.get(f"{g}~", 0.0) for g in NEGATIVE)
    bad = sum(counts.get(group, 0.0) for group in NEGATIVE) + sum(counts.get(f"{g}-", 0.0) for g in POSITIVE)
    return good - 0.5 * bad if label is Sentiment.POSITIVE else bad - 0.5 * good


def _clip(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 4)


def _mention(article: ArticleText, finding: Finding, verdict: Verdict) -> Mention:
    field, start, end = article.locate(finding.start, finding.end)
    evidence = article.sentence_at(verdict.decided_at)[:MAX_EVIDENCE_CHARS]
    return Mention(
        entity_id=finding.entity_id,
        kind=finding.kind,
        text=article.joined[finding.start : finding.end][:400],
        start=start,
        end=end,
        field=field,
        jurisdiction=finding.jurisdiction,
        rule=finding.rule.value,
        reason=_reason(finding),
        sentiment=verdict.sentiment,
        score=_clip(verdict.score),
        evidence=evidence,
        cues=cues_in(evidence, verdict.sentiment),
        speaker=speaker_of(evidence),
        uncertain=verdict.uncertain,
    )


def _reason(finding: Finding) -> str:
    if finding.alternatives:
        return f"{REASONS[finding.rule]} Bisa juga: {', '.join(finding.alternatives)}."
    return REASONS[finding.rule]


def _once(article: ArticleText, others: Sequence[Other]) -> list[Other]:
    """Return each body once, where it is named first; they are shown, not counted."""
    first: dict[tuple[str, str], Other] = {}
    for other in others:
        name = other.entity_id or article.joined[other.start : other.end].casefold()
        first.setdefault((name, str(other.jurisdiction)), other)
    return list(first.values())


def _other(article: ArticleText, other: Other) -> OtherBody:
    field, start, end = article.locate(other.start, other.end)
    return OtherBody(
        name=article.joined[other.start : other.end][:400],
        jurisdiction=other.jurisdiction or Jurisdiction.VERTICAL,
        entity_id=other.entity_id,
        start=start,
        end=end,
        field=field,
    )


def _quote(quote: Quote, judgement: Judgement) -> message.Quote:
    return message.Quote(
        start=quote.start,
        end=quote.end,
        language=quote.language,
        sentiment=judgement.label,
        score=_clip(judgement.score),
    )


def _suggestion(article: ArticleText, item: Suggested) -> Suggestion:
    return Suggestion(
        entity_id=item.entity_id,
        score=_clip(item.score),
        keywords=item.keywords,
        evidence=article.sentence_at(item.start)[:MAX_EVIDENCE_CHARS],
    )
