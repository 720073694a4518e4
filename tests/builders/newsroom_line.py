"""The sample newsroom's articles read and routed by the real classifier and router, without engines between."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from classifier.adapters.packaged import build_reader
from classifier.domain.article import ArticleText
from contract.ids import article_id, content_hash, month_of
from contract.messages import Article, ArticleClassified, ArticleRouted, Stamp
from newsroom.edition import Edition, Item
from newsroom.loader import load_articles
from newsroom.outlets import CARDS
from newsroom.schedule import Pace
from router.agents import RouteHandler
from router.app import build_handler
from router.settings import RouterSettings


@cache
def newsroom_routed(now: datetime) -> tuple[ArticleRouted, ...]:
    """Return what is published by `now`, as the indexer would read it. Copies within one outlet are left out.

    Reading takes seconds, so it is done once for each moment.
    """
    edition = Edition(load_articles(), Pace(now))
    items = [item for item in edition.published(now) if not edition.is_same_outlet_copy(item.article)]
    return tuple(read_and_routed([_article(item) for item in items], now))


def newsroom_first_versions(now: datetime) -> list[ArticleRouted]:
    """Return, as they first came out, the articles that their outlets have changed by `now`."""
    edition = Edition(load_articles(), Pace(now))
    changed = [item for item in edition.published(now) if item.revision > 1]
    first = [
        next(one for one in edition.published(item.published_at) if one.article.slug == item.article.slug)
        for item in changed
    ]
    return read_and_routed([_article(item) for item in first], now)


def read_and_routed(articles: list[Article], now: datetime) -> list[ArticleRouted]:
    """Return articles as the classifier reads and the router routes them."""
    reader, _ = build_reader()
    readings = reader.read([ArticleText(one.title, one.text) for one in articles])
    classified = [
        ArticleClassified(article=article, reading=reading, classified_at=now)
        for article, reading in zip(articles, readings, strict=True)
    ]
    return list(_routed(build_handler(RouterSettings()), classified, now))


def _routed(route: RouteHandler, classified: list[ArticleClassified], now: datetime) -> Iterable[ArticleRouted]:
    for handled in route(classified, now):
        if isinstance(handled, Exception):
            raise handled
        yield from (emit.message for emit in handled.emits if isinstance(emit.message, ArticleRouted))


def _article(item: Item) -> Article:
    url = f"https://{item.outlet}.id{item.path}"
    text = "\n\n".join(block.text for block in item.version.counted())
    return Article(
        article_id=article_id(url),
        revision=item.revision,
        generation=0,
        content_hash=content_hash(item.title, text),
        url=url,
        canonical_url=url,
        source_id=item.outlet,
        outlet=item.outlet,
        outlet_name=CARDS[item.outlet].name,
        own_of=CARDS[item.outlet].own_of,
        title=item.title,
        text=text,
        authors=item.article.matter.authors,
        section=item.article.matter.section,
        language="id",
        published=Stamp(at=item.published_at, zone="Asia/Jakarta", source="jsonld"),
        first_seen_at=item.published_at,
        fetched_at=item.modified_at,
        month=month_of(item.published_at),
    )
