"""HTML page → article, without any input or output of its own."""

from collector.extract.article import declared_url, extract_article
from collector.extract.model import (
    ExtractedArticle,
    ExtractError,
    FeedHints,
    Rejected,
    RejectReason,
    Stamp,
    StampSource,
)
from collector.extract.multipage import join_pages
from collector.extract.urls import canonical_url

__all__ = [
    "ExtractError",
    "ExtractedArticle",
    "FeedHints",
    "RejectReason",
    "Rejected",
    "Stamp",
    "StampSource",
    "canonical_url",
    "declared_url",
    "extract_article",
    "join_pages",
]
