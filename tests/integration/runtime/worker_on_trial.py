"""A stream worker that the tests start as a process of its own, with a handler whose faults are asked for by title.

The classifier's place in the pipeline, without a classifier: it reads `articles.collected` and passes every article
on. Titles say what goes wrong: `raise`, `invalid`, `busy N` (the first N tries), `hang`, `slow S`.
Every call is written to the file CALLS, so a test can see what was handled and how often.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from contract.messages import ArticleClassified, ArticleCollected, Label, Reading, Sentiment
from contract.outcomes import Service
from contract.topics import ARTICLES_CLASSIFIED, ARTICLES_COLLECTED
from runtime.agent import Emit, Handled, run_agent
from runtime.logs import configure_logging
from runtime.retry import BusyError, InvalidError
from runtime.settings import ServiceSettings

CALLS = Path(os.environ["CALLS"])
READING = Reading(language="id", tone=Label(label=Sentiment.NEUTRAL, score=1.0), severity=1, model="uji")
tries: Counter[str] = Counter()


def handle_one(message: ArticleCollected, now: datetime) -> Handled:
    title = message.article.title
    with CALLS.open("a") as calls:
        calls.write(f"{title}\n")
    word, _, number = title.partition(" ")
    tries[title] += 1
    if word == "raise":
        raise RuntimeError("asked to raise")
    if word == "invalid":
        raise InvalidError("asked to refuse")
    if word == "busy" and tries[title] <= int(number.split()[0]):
        raise BusyError("asked to be busy")
    if word == "hang":
        # A handler that never returns is what the test asked for; the worker must end itself.
        time.sleep(3600)
    if word == "slow":
        # A slow handler is what the test asked for.
        time.sleep(float(number.split()[0]))
    passed = ArticleClassified(article=message.article, reading=READING, classified_at=now)
    return Handled(message.article, (Emit(ARTICLES_CLASSIFIED.topic, message.article.article_id, passed),))


def handle(messages: Sequence[ArticleCollected], now: datetime) -> list[Handled | Exception]:
    return [handle_one(message, now) for message in messages]


if __name__ == "__main__":
    settings = ServiceSettings()
    configure_logging(Service.CLASSIFIER, level=settings.log_level, format_="console")
    sys.exit(
        run_agent(
            service=Service.CLASSIFIER,
            card=ARTICLES_COLLECTED,
            handler=handle,
            settings=settings,
            health_port=int(os.environ["HEALTH_PORT"]),
            max_batch=int(os.environ.get("MAX_BATCH", "1")),
        )
    )
