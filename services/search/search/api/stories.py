"""`/v1/stories`: what belongs together, who was first, who copied, and what people decide of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response
from runtime.retry import BusyError

from search.api import stories_described as described
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.problems import problem
from search.api.story_models import DecisionTaken, MergeIn, SplitIn, StoriesOut, StoryOut
from search.domain.asking import check_known
from search.domain.conditions import CLASSES, NEEDS_READING
from search.domain.filters import Filters, Sort, read_filters
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.story_facts import StoryFacts
from search.stories.archive import CORRECTABLE, StoryChangedError, StoryQuery
from search.stories.desk import Decided, NoStoryError, StoryDesk
from search.stories.domain.assembly import MAX_STORY_ARTICLES

router = APIRouter(tags=["stories"])

Here = Annotated[Gateway, Depends(gateway_of)]
Json = dict[str, Any]
FILTERS = ("opd", "unit", "tone", "origin", "from", "to")
PARAMETERS = (*FILTERS, "min_articles", "size")
MAX_SIZE = 200
MAX_MIN_ARTICLES = 400
_LISTS = ("opd", "unit", "origin")


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
    corrected, now = _told_by_people(filters, gateway)
    query = StoryQuery(
        opd=filters.opd,
        unit=filters.unit,
        tone=filters.tone,
        origin=filters.origin,
        since=filters.since,
        until=filters.until,
        articles_at_least=_number("min_articles", raw, 1, MAX_MIN_ARTICLES),
        size=_number("size", raw, 50, MAX_SIZE),
        corrected=corrected,
        now=now,
    )
    total, found = desk.find(query)
    facts = gateway.library.story_facts([one["story_id"] for one in found])
    items = [_item(one, facts.get(one["story_id"])) for one in found]
    return StoriesOut.model_validate({"total": total, "items": items})


def _told_by_people(filters: Filters, gateway: Gateway) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return the stories with a corrected article, and for each filter those of them that it finds today."""
    asked = {name: values for name in CORRECTABLE if (values := getattr(filters, name))}
    corrected = gateway.library.story_ids(Filters(corrected=True)) if asked else ()
    if not corrected:
        return (), {}
    wanted = {name: replace(Filters(story=corrected), **{name: values}) for name, values in asked.items()}
    return corrected, {name: gateway.library.story_ids(each) for name, each in wanted.items()}


@router.get("/v1/stories/{story_id}", **described.STORY_ABOUT)
def story(story_id: str, request: Request, gateway: Here, desk: Stories) -> StoryOut:
    """Tell one story."""
    check_known(raw_parameters(request), ())
    try:
        told = desk.tell(story_id)
    except NoStoryError as error:
        raise _no_story(story_id) from error
    name = told["story_id"]
    facts = gateway.library.story_facts([name]).get(name)
    found = gateway.library.find(Filters(story=(name,)), Sort.OLDEST, MAX_STORY_ARTICLES, (), None)
    now = {hit.source["article_id"]: hit.source for hit in found.hits}
    members = [{**one, **_read_now(now.get(one["id"]))} for one in told["members"]]
    return StoryOut.model_validate({**_item(told, facts), "members": members})


def _read_now(source: Json | None) -> Json:
    """Return the class that an article's tone counts as now, where it can be searched already."""
    if source is None:
        return {}
    return {"tone": NEEDS_READING if source.get("tone_uncertain") else source["tone"]}


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


def _item(source: Json, facts: StoryFacts | None) -> Json:
    """Return a story with what its articles say now; what they said when they were grouped, until they are indexed."""
    item = {**source, "id": source["story_id"]}
    if facts is None:
        return item
    tone = [label for label in CLASSES if facts.tones[label]]
    return item | {"tones": facts.counts, "tone": tone} | {name: list(getattr(facts, name)) for name in _LISTS}


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
