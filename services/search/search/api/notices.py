"""What became of an answer that a person just gave, told on the page they come back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from runtime.retry import BusyError

from search.api.gateway import Gateway
from search.web.history import Entry, entries

PARAMETER = "koreksi"


@dataclass(frozen=True)
class Notice:
    """One answer and what became of it: `applied`, `conflict`, `unknown_article` or, not decided yet, `waiting`."""

    outcome: str
    article_id: str
    entry: Entry | None = None


def notice_of(request: Request, gateway: Gateway) -> Notice | None:
    """Return what to tell of the answer that the address names as `article.correction`; None where it names none."""
    article_id, _, correction_id = request.query_params.get(PARAMETER, "").partition(".")
    desk = gateway.desk.corrections
    if desk is None or len(article_id) != 32 or not 8 <= len(correction_id) <= 64:
        return None
    try:
        found = desk.history(article_id)
    except BusyError:
        return Notice("waiting", article_id)
    return _told(article_id, correction_id, list(found), gateway)


def _told(article_id: str, correction_id: str, found: list[Mapping[str, Any]], gateway: Gateway) -> Notice:
    mine = next((one for one in found if one["correction_id"] == correction_id), None)
    if mine is None:
        return Notice("waiting", article_id)
    (entry,) = [one for one in entries(found, gateway.vocabulary) if one.correction_id == correction_id]
    return Notice(str(mine["outcome"]), article_id, entry)
