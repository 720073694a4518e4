"""`/v1/stories`: what belongs together, who was first, who copied, and what people decide of it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response
from runtime.retry import BusyError

from search.api import stories_described as described
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.problems import problem
from search.api.story_models import DecisionTaken, MergeIn, SplitIn, StoriesOut, StoryOut
from search.domain.asking import check_known
from search.domain.filters import read_filters
from search.domain.problems import Flaw, InvalidRequestError
from search.stories.archive import StoryChangedError, StoryQuery
from search.stories.desk import Decided, NoStoryError, StoryDesk

router = APIRouter(tags=["stories"])

Here = Annotated[Gateway, Depends(gateway_of)]
Json = dict[str, Any]
FILTERS = ("opd", "unit", "tone", "origin", "from", "to")
PARAMETERS = (*FILTERS, "min_articles", "size")
MAX_SIZE = 200
MAX_MIN_ARTICLES = 400


def desk_of(request: Request) -> StoryDesk:
    """Return the desk of stories; a FastAPI dependency."""
    desk = getattr(request.app.state, "stories", None)
    if not isinstance(desk, StoryDesk):
        raise BusyError("this gateway has no stories")
    return desk


Stories = Annotated[StoryDesk, Depends(desk_of)]


def _p(description: str, *examples: str) -> Any:
    return Query(description=description, examples=list(examples))


def story_parameters(
    *,
    opd: Annotated[list[str] | None, _p("Id OPD yang berkaitan dengan salah satu beritanya.", "dinkes")] = None,
    unit: Annotated[list[str] | None, _p("Id unit yang berkaitan.", "rsud-soetomo")] = None,
    tone: Annotated[list[str] | None, _p("Nada salah satu beritanya.", "negative")] = None,
    origin: Annotated[list[str] | None, _p("own, pickup, atau earned.", "earned")] = None,
    from_: Annotated[
        str | None, Query(alias="from", description="Masih diberitakan sejak: tanggal atau waktu.")
    ] = None,
    to: Annotated[str | None, _p("Mulai diberitakan sampai: tanggal atau waktu.", "2026-12-31")] = None,
    min_articles: Annotated[str | None, _p("Paling sedikit sekian berita. Bawaan 1.", "2")] = None,
    size: Annotated[str | None, _p(f"Banyaknya cerita, 1 sampai {MAX_SIZE}. Bawaan 50.", "10")] = None,
) -> None:
    """Only the description: the values are taken from the request, so that all mistakes are told at once."""


@router.get("/v1/stories", dependencies=[Depends(story_parameters)], **described.STORIES)
def stories(request: Request, gateway: Here, desk: Stories) -> StoriesOut:
    """List the newest stories."""
    raw = raw_parameters(request)
    check_known(raw, PARAMETERS)
    filters = read_filters({name: raw[name] for name in FILTERS if name in raw}, gateway.vocabulary)
    query = StoryQuery(
        opd=filters.opd,
        unit=filters.unit,
        tone=filters.tone,
        origin=filters.origin,
        since=filters.since,
        until=filters.until,
        articles_at_least=_number("min_articles", raw, 1, MAX_MIN_ARTICLES),
        size=_number("size", raw, 50, MAX_SIZE),
    )
    total, found = desk.find(query)
    return StoriesOut.model_validate({"total": total, "items": [_item(one) for one in found]})


@router.get("/v1/stories/{story_id}", **described.STORY_ABOUT)
def story(story_id: str, request: Request, desk: Stories) -> StoryOut:
    """Tell one story."""
    check_known(raw_parameters(request), ())
    try:
        return StoryOut.model_validate(_item(desk.tell(story_id)))
    except NoStoryError as error:
        raise _no_story(story_id) from error


@router.post("/v1/stories/{story_id}/merge", response_model=DecisionTaken, **described.MERGE)
def merge(story_id: str, sent: MergeIn, request: Request, desk: Stories) -> Response:
    """Join two stories for good."""

    def decide() -> Decided:
        return desk.decide_merge(
            story_id, sent.other, by=sent.by, why=sent.why, version=sent.version, other_version=sent.other_version
        )

    return _changed(decide, story_id, request, desk)


@router.post("/v1/stories/{story_id}/split", response_model=DecisionTaken, **described.SPLIT)
def split(story_id: str, sent: SplitIn, request: Request, desk: Stories) -> Response:
    """Set articles apart from a story for good."""

    def decide() -> Decided:
        return desk.decide_split(story_id, sent.articles, by=sent.by, why=sent.why, version=sent.version)

    return _changed(decide, story_id, request, desk)


def _changed(decide: Callable[[], Decided], story_id: str, request: Request, desk: StoryDesk) -> Response:
    check_known(raw_parameters(request), ())
    try:
        decided = decide()
    except NoStoryError as error:
        raise _no_story(str(error) or story_id) from error
    except StoryChangedError:
        return problem(409, described.CHANGED, code="story-changed", instance=request.url.path)
    taken = {
        "decision_id": decided.decision.decision_id,
        "applied": decided.applied,
        "status": "Sudah berlaku." if decided.applied else "Sudah tersimpan, berlaku sebentar lagi.",
        "stories": _after(decided, desk) if decided.applied else [],
    }
    return JSONResponse(DecisionTaken.model_validate(taken).model_dump(), 200 if decided.applied else 202)


def _after(decided: Decided, desk: StoryDesk) -> list[Json]:
    """Return the stories in which the articles of a decision are now."""
    found: dict[str, int] = {}
    for group in decided.decision.groups:
        try:
            record = desk.record(min(group))
        except NoStoryError:
            continue  # An article that was taken away meanwhile is in no story.
        found[record.source["story_id"]] = record.source["articles"]
    return [{"id": name, "articles": count} for name, count in found.items()]


def _item(source: Json) -> Json:
    return {**source, "id": source["story_id"]}


def _number(name: str, raw: dict[str, list[str]], default: int, most: int) -> int:
    given = [value.strip() for value in raw.get(name, ()) if value.strip()]
    if not given:
        return default
    value = given[0]
    if len(given) > 1 or not value.isascii() or not value.isdigit() or len(value) > 6 or not 1 <= int(value) <= most:
        raise InvalidRequestError(Flaw(name, f"Harus satu angka, 1 sampai {most}.", hint=f"Tanpa ini: {default}."))
    return int(value)


def _no_story(story_id: str) -> HTTPException:
    return HTTPException(
        404, f"Tidak ada cerita dengan id {story_id[:64]}. Salin id dari GET /v1/stories atau dari beritanya."
    )
