"""The parameters of the filters, as the OpenAPI description shows them. They are read in the domain, all at once."""

from typing import Annotated, Any

from fastapi import Depends, Query

from search.domain.bodies import FACETS
from search.domain.filters import Sort
from search.domain.stats import GroupBy, Interval

_MANY = "Repeat it, or separate by commas, for alternatives. "


def _q(description: str, *examples: str) -> Any:
    shown: Any = {f"e{number}": {"value": example} for number, example in enumerate(examples)}
    return Query(description=description, openapi_examples=shown or None)


def filter_parameters(
    *,
    q: Annotated[
        str | None,
        _q(
            'AND OR NOT (DAN ATAU BUKAN), parentheses, "phrase", "near"~5, prefix*, field:value with judul, isi, '
            "penulis, media, opd, unit, daerah, bakorwil, kategori, nada, keparahan, tanggal.",
            '"rumah sakit" AND antre* NOT swasta',
        ),
    ] = None,
    opd: Annotated[list[str] | None, _q(f"{_MANY}Ids of /v1/opd; roll-ups are included.", "dinkes")] = None,
    unit: Annotated[list[str] | None, _q(f"{_MANY}Ids of /v1/units.", "rsud-soetomo")] = None,
    bakorwil: Annotated[list[str] | None, _q(f"{_MANY}bakorwil-malang and so on.", "bakorwil-malang")] = None,
    region: Annotated[list[str] | None, _q(f"{_MANY}Ids of /v1/regions.", "kab-jember")] = None,
    tone: Annotated[list[str] | None, _q(f"{_MANY}How the article reads.", "negative")] = None,
    sentiment: Annotated[
        list[str] | None,
        _q(f"{_MANY}With opd or unit: toward that very agency. Alone: of any mention.", "negative"),
    ] = None,
    outlet: Annotated[list[str] | None, _q(f"{_MANY}Slug of the outlet.", "antara")] = None,
    category: Annotated[list[str] | None, _q(f"{_MANY}Category.", "kesehatan")] = None,
    from_: Annotated[str | None, Query(alias="from", description="Published from: date (WIB) or date-time")] = None,
    to: Annotated[str | None, _q("Published until; a date includes that whole day in WIB", "2026-11-24")] = None,
) -> None:
    """Only the description: the values are taken from the request, so that all mistakes are told at once."""


def article_parameters(
    sort: Annotated[
        str | None, Query(description="Order of results", json_schema_extra={"enum": [str(one) for one in Sort]})
    ] = None,
    size: Annotated[
        str | None, Query(description="1 to 200, default 50", json_schema_extra={"type": "integer"})
    ] = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before")] = None,
    facets: Annotated[list[str] | None, _q(f"{_MANY}Any of {', '.join(FACETS)}.", "opd,tone")] = None,
) -> None:
    """Only the description, as above."""


def stats_parameters(
    group_by: Annotated[
        str | None, Query(description="Split by", json_schema_extra={"enum": [str(one) for one in GroupBy]})
    ] = None,
    interval: Annotated[
        str | None,
        Query(
            description="Slots of the series, in WIB; without it the finest of day, week, month that fits",
            json_schema_extra={"enum": [str(one) for one in Interval]},
        ),
    ] = None,
) -> None:
    """Only the description, as above."""


Filters = Depends(filter_parameters)
Articles = Depends(article_parameters)
Stats = Depends(stats_parameters)
