"""`/v1/stats`: counts of positive, neutral and negative."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from search.api import described, parameters
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.models import StatsOut
from search.domain.asking import StatsAsk, read_stats_ask
from search.domain.query.dates import WIB
from search.domain.stats import Bucket, buckets_of, choose_slots
from search.domain.vocabulary import Vocabulary

router = APIRouter(tags=["stats"])


@router.get("/v1/stats", dependencies=[parameters.Filters, parameters.Learnt, parameters.Stats], **described.STATS)
def stats(request: Request, gateway: Annotated[Gateway, Depends(gateway_of)]) -> StatsOut:
    """Count the articles that the filters choose. By opd and unit the sentiment toward it counts, else the tone."""
    ask = read_stats_ask(raw_parameters(request), gateway.vocabulary)
    return StatsOut.model_validate(answer_stats(ask, gateway))


def answer_stats(ask: StatsAsk, gateway: Gateway) -> dict[str, Any]:
    """Return the counts; the series run from `from` to `to`, or from the first to the last article."""
    span = gateway.library.span(ask.filters)
    first = ask.filters.since or span.first
    last = ask.filters.until - timedelta(milliseconds=1) if ask.filters.until else span.last
    interval, starts = ask.interval, list[datetime]()
    if first is not None and last is not None and first <= last:
        interval, starts = choose_slots(ask.group, ask.interval, first, last, len(ask.only or ()))
    cells = gateway.library.counts(ask.filters, ask.group, interval if starts else None, ask.only)
    return {
        "group_by": ask.group,
        "measure": ask.group.measure,
        "interval": interval,
        "from": _wib(first),
        "to": _wib(last),
        "articles": span.total,
        "buckets": [_bucket(one, ask, gateway.vocabulary) for one in buckets_of(ask.group, cells, starts)],
    }


def _bucket(bucket: Bucket, ask: StatsAsk, vocabulary: Vocabulary) -> dict[str, Any]:
    label = "Semua" if bucket.key == "all" else vocabulary.label(ask.group, bucket.key)
    series = [{"at": start.isoformat(), **counts} for start, counts in bucket.series]
    return {"key": bucket.key, "label": label, **bucket.counts, "series": series}


def _wib(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(WIB).isoformat(timespec="seconds")
