"""Whatever order an article's readings and events come in, however often: the document ends the same."""

import json
from typing import Any

from contract.gazetteer import load_gazetteer
from contract.learnt import ArticleCorrected
from contract.messages import ArticleRouted
from contract.topics import ARTICLES_ROUTED
from contract.values import CorrectionSource
from hypothesis import given, settings
from hypothesis import strategies as st
from search.domain.batch import Planned, Received
from search.domain.document import article_write
from search.domain.overlay import Learnt

from tests.builders.learnt import ARTICLE, corrected, grouped, vanished, withdrawal
from tests.builders.routed import NOON, assignment, routed
from tests.fakes.correction_line import CorrectionLine

ONE = ARTICLE.article.article_id
GAZETTEER = load_gazetteer()
RECEIVED = Received(ARTICLES_ROUTED, "t", 0, 0, b"k", b"")
Step = ArticleRouted | Learnt

LABELS = st.sampled_from(["positive", "neutral", "negative"])
BODIES = st.sampled_from([("rsud-soetomo", "unit"), ("dinkes", "opd"), ("dindik", "opd"), ("kota-malang", "region")])


@st.composite
def readings(draw: st.DrawFn) -> ArticleRouted:
    """Return one reading of the article; the same revision and generation always read the same."""
    revision, generation = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    seed = revision * 10 + generation
    labels = ["positive", "neutral", "negative"]
    rows = [assignment("rsud-soetomo", "unit", labels[seed % 3])]
    rows += [assignment("dindik", "opd", labels[(seed + 1) % 3])] if seed % 2 else []
    return routed(
        revision=revision,
        generation=generation,
        text=f"Isi revisi {revision}. RSUD Dr. Soetomo menambah loket.",
        tone=labels[(seed + 2) % 3],
        severity=seed % 5 + 1,
        assignments=rows,
    )


@st.composite
def corrections(draw: st.DrawFn, number: int) -> ArticleCorrected:
    what = draw(st.sampled_from(["tone", "sentiment", "mention", "assignment", "severity"]))
    changes: dict[str, Any] = {"number": number, "by": draw(st.sampled_from(["Siti", "Agus"]))}
    if draw(st.booleans()):
        changes |= {"origin": CorrectionSource.COPY, "copied_from": "c" * 32}
        changes |= {"copy_group": draw(st.sampled_from(["salinan-1", "salinan-2"]))}
    if what == "severity":
        return corrected(what, draw(st.integers(1, 5)), draw(st.integers(1, 5)), **changes)
    if what == "tone":
        return corrected(what, draw(LABELS), draw(LABELS), **changes)
    body, kind = draw(BODIES)
    value = LABELS if what == "sentiment" else st.sampled_from(["added", "removed"])
    return corrected(what, draw(value), draw(value), body, kind, **changes)


@st.composite
def people(draw: st.DrawFn) -> list[Step]:
    """Return corrections and withdrawals in the order in which they stand in their topic."""
    made: list[Step] = []
    for number in range(draw(st.integers(0, 5))):
        given_ = [one for one in made if isinstance(one, ArticleCorrected) and one.withdraws is None]
        if given_ and draw(st.booleans()):
            made.append(withdrawal(draw(st.sampled_from(given_)), number=100 + number))
        else:
            made.append(draw(corrections(number)))
    return made


GROUPINGS = st.builds(
    grouped,
    st.integers(1, 4),
    story_outlets=st.just(3),
    copy_group=st.sampled_from([None, "salinan-1", "salinan-2"]),
)
VANISHINGS = st.builds(vanished, st.sampled_from(["gone_410", "restored", "redirect_home"]), minute=st.integers(1, 5))


def interleaved(draw: st.DrawFn, topics: list[list[Step]]) -> list[Step]:
    """Return the topics' messages in some order that keeps each topic's own."""
    left = [list(topic) for topic in topics if topic]
    found: list[Step] = []
    while left:
        topic = draw(st.sampled_from(left))
        found.append(topic.pop(0))
        left = [one for one in left if one]
    return found


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Step], list[Step]]:
    """Return two orders of the same messages. In both, each topic may be read twice from somewhere on."""
    routed_ = draw(st.lists(readings(), min_size=1, max_size=4))
    topics: list[list[Step]] = [
        list(routed_),
        draw(people()),
        list(draw(st.lists(GROUPINGS, max_size=3))),
        list(draw(st.lists(VANISHINGS, max_size=2))),
    ]
    again = [topic + topic[draw(st.integers(0, len(topic))) :] for topic in topics]
    return interleaved(draw, topics), interleaved(draw, again)


def outcome(steps: list[Step], sizes: list[int]) -> dict[str, Any]:
    """Return the article after the messages, settled in batches of these sizes, one by one at the end."""
    line = CorrectionLine()
    left = list(steps)
    for size in [*sizes, *([1] * len(steps))]:
        batch, left = left[:size], left[size:]
        planned = [
            Planned(RECEIVED, article_write(step, NOON), step.article)
            if isinstance(step, ArticleRouted)
            else Planned(RECEIVED, event=step)
            for step in batch
        ]
        line.overlaying.settle(planned, line.shelf.take)
    document = line.document(ONE, ARTICLE.article.month)
    assert document is not None
    return json.loads(json.dumps(document))


@settings(max_examples=300)
@given(orders=stories(), sizes=st.lists(st.integers(1, 5), max_size=5))
def test_any_order_and_any_replay_end_in_the_same_document(
    orders: tuple[list[Step], list[Step]], sizes: list[int]
) -> None:
    first, second = orders
    assert outcome(first, []) == outcome(second, sizes)


def test_a_correction_before_its_article_holds_like_one_after_it() -> None:
    event, message = corrected("tone", "neutral", "negative"), routed(tone="neutral")
    assert outcome([event, message], [])["tone"] == outcome([message, event], [])["tone"] == "negative"
