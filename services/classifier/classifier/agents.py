"""What happens to a batch of collected articles: read, classified, sent on. No decision is taken here."""

from collections.abc import Callable, Sequence
from datetime import datetime

from contract.messages import Article, ArticleClassified, ArticleCollected
from contract.topics import ARTICLES_CLASSIFIED
from runtime.handling import Emit, Handled

from classifier.adapters.pipeline import Reader
from classifier.domain.article import ArticleText

Handle = Callable[[Sequence[ArticleCollected], datetime], list[Handled | Exception]]


def make_handler(reader: Reader) -> Handle:
    """Return the handler: one classified article for each collected one, in order.

    When the batch fails, each article is tried alone, so that one that cannot be read does not hold back the rest.
    """

    def handle(messages: Sequence[ArticleCollected], now: datetime) -> list[Handled | Exception]:
        try:
            return _read([message.article for message in messages], reader, now)
        except Exception as error:  # noqa: BLE001 - the wrapper decides on retry or dead letter, per message
            if len(messages) == 1:
                return [error]
            return [handle([message], now)[0] for message in messages]

    return handle


def _read(articles: Sequence[Article], reader: Reader, now: datetime) -> list[Handled | Exception]:
    readings = reader.read([ArticleText(article.title, article.text) for article in articles])
    out: list[Handled | Exception] = []
    for article, reading in zip(articles, readings, strict=True):
        classified = ArticleClassified(article=article, reading=reading, classified_at=now)
        out.append(Handled(article, (Emit(ARTICLES_CLASSIFIED.topic, article.article_id, classified),)))
    return out
