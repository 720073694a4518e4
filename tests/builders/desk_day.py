"""A day at the desk: the sample newsroom read and grouped into stories, with revisions, a lost page, and doubts."""

from datetime import datetime, timedelta
from typing import TypeVar

from contract.messages import ArticleRouted, Assignment, Label
from search.stories.domain.incoming import piece_of

from tests.builders.learnt import vanished
from tests.builders.newsroom_line import newsroom_first_versions, newsroom_routed
from tests.fakes.desk_world import DeskWorld
from tests.fakes.story_bench import Bench

Read = TypeVar("Read", Assignment, Label)

UNSURE = 0.5
"""Below it the day's readings count as too uncertain; the real bound is the model's own matter."""


def desk_day(now: datetime) -> DeskWorld:
    """Return the desk over the sample newsroom as it is at `now`."""
    messages = [doubted(one) for one in newsroom_routed(now)]
    world = DeskWorld(newsroom_first_versions(now))
    world.line.route(*messages)
    bench = Bench()
    pieces = sorted((piece_of(one) for one in messages), key=lambda piece: piece.published_at)
    for piece in pieces:
        bench.take(piece)
    events = {event.article_id: event for event in sorted(bench.post.sent, key=lambda one: one.sequence)}
    world.line.learn(*events.values())
    gone = next(one for one in messages if one.reading.tone.label == "negative" and one.article.revision > 1)
    world.line.learn(vanished(of=gone))
    world.clock.advance(timedelta(hours=1).total_seconds())
    return world


def doubted(message: ArticleRouted) -> ArticleRouted:
    """Return a message whose least certain readings are marked as uncertain."""
    reading = message.reading
    tone, assignments = _doubted(reading.tone), tuple(map(_doubted, message.assignments))
    unsure = tone.uncertain or any(one.uncertain for one in assignments)
    changed = reading.model_copy(update={"tone": tone, "needs_reading": unsure, "needs_reading_reason": ""})
    return message.model_copy(update={"assignments": assignments, "reading": changed})


def _doubted(one: Read) -> Read:
    return one.model_copy(update={"uncertain": one.score < UNSURE})
