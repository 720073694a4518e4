"""Topic cards: the one place that says what a topic carries, who writes and who reads it.

Creation (`runtime.kafka`), documentation (`docs/topics.md`) and tests derive from these cards.
"""

from dataclasses import dataclass

from contract.messages import (
    AlertRaised,
    ArticleClassified,
    ArticleCollected,
    ArticleCorrected,
    ArticleDisposed,
    ArticleGrouped,
    ArticleRouted,
    ArticleVanished,
    LetterDied,
    Message,
)
from contract.names import Names
from contract.outcomes import Service

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
MAX_LETTER_TOPIC_BYTES = 4_000_000
"""`max.message.bytes` of a dead letter: above the codec's limit for letters."""


@dataclass(frozen=True)
class TopicCard:
    """One topic. `readers` are services; each reader also has a retry topic and a dead letter of it."""

    topic: str
    message: type[Message]
    key: str
    partitions: int
    retention_ms: int
    writer: str
    readers: tuple[Service, ...]
    purpose: str
    cleanup_policy: str = "delete"
    max_message_bytes: int = 2_000_000


ARTICLES_COLLECTED = TopicCard(
    "articles.collected",
    ArticleCollected,
    "article_id",
    4,
    7 * DAY_MS,
    "collector",
    (Service.CLASSIFIER,),
    "Every new article and every new revision of one, extracted and deduplicated.",
)
ARTICLES_CLASSIFIED = TopicCard(
    "articles.classified",
    ArticleClassified,
    "article_id",
    4,
    7 * DAY_MS,
    "classifier",
    (Service.ROUTER,),
    "The same article with what was read in it: tone, mentions, categories, severity.",
)
ARTICLES_ROUTED = TopicCard(
    "articles.routed",
    ArticleRouted,
    "article_id",
    4,
    7 * DAY_MS,
    "router",
    (Service.SEARCH, Service.STORIES),
    "The same with its assignments to OPD, unit, region and Bakorwil, each with a reason.",
)
ARTICLES_CORRECTED = TopicCard(
    "articles.corrected",
    ArticleCorrected,
    "article_id",
    4,
    365 * DAY_MS,
    "search",
    (Service.SEARCH,),
    "What people corrected in articles, what near-copies inherit of it, and what was withdrawn.",
)
ARTICLES_GROUPED = TopicCard(
    "articles.grouped",
    ArticleGrouped,
    "article_id",
    4,
    30 * DAY_MS,
    "stories",
    (Service.SEARCH,),
    "The story of each article, its near-copies, and whether it is an agency's own release or a pick-up of one.",
)
ARTICLES_VANISHED = TopicCard(
    "articles.vanished",
    ArticleVanished,
    "article_id",
    4,
    30 * DAY_MS,
    "collector",
    (Service.SEARCH,),
    "Pages of articles that are gone, or are there again.",
)
ALERTS_RAISED = TopicCard(
    "alerts.raised",
    AlertRaised,
    "article_id",
    4,
    30 * DAY_MS,
    "router",
    (Service.SEARCH,),
    "One alert for each agency that an article speaks negatively of.",
)
ARTICLES_DISPOSED = TopicCard(
    "articles.disposed",
    ArticleDisposed,
    "article_id",
    4,
    7 * DAY_MS,
    "every service",
    (Service.SEARCH,),
    "What became of each article at each service: the book-keeping that adds up, and the trace.",
)

CARDS = (
    ARTICLES_COLLECTED,
    ARTICLES_CLASSIFIED,
    ARTICLES_ROUTED,
    ARTICLES_CORRECTED,
    ARTICLES_GROUPED,
    ARTICLES_VANISHED,
    ALERTS_RAISED,
    ARTICLES_DISPOSED,
)
"""All that is learnt about an article has as many partitions as `articles.routed` and the same key, so that one
process of a group is the writer of one article."""


def retry_card(card: TopicCard, service: Service) -> TopicCard:
    """Return the card of the topic where a reader parks what it cannot handle now."""
    return TopicCard(
        Names().retry(card.topic, service),
        card.message,
        card.key,
        1,
        card.retention_ms,
        service,
        (service,),
        f"Messages of {card.topic} that {service} could not handle yet, with the time of the next try.",
    )


def dead_letter_card(card: TopicCard, service: Service) -> TopicCard:
    """Return the card of the dead letter of a topic for one reader."""
    return TopicCard(
        Names().dead_letter(card.topic, service),
        LetterDied,
        card.key,
        1,
        90 * DAY_MS,
        service,
        (),
        f"Messages of {card.topic} that {service} can never handle: where, what and why.",
        max_message_bytes=MAX_LETTER_TOPIC_BYTES,
    )


def all_cards() -> tuple[TopicCard, ...]:
    """Return the cards of every topic that must exist before a worker starts."""
    derived = (
        derive(card, reader) for card in CARDS for reader in card.readers for derive in (retry_card, dead_letter_card)
    )
    return (*CARDS, *derived)
