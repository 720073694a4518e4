"""What one request asks for, read from its raw parameters: page of articles, or counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.domain import cursor as cursors
from search.domain.bodies import FACETS
from search.domain.filters import PARAMETERS, Filters, Sort, read_filters, unknown
from search.domain.library import After
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.stats import GroupBy, Interval, groups_left
from search.domain.vocabulary import Vocabulary, nearest

Raw = Mapping[str, Sequence[str]]
Key = Callable[[], bytes]
"""Returns the key that signs cursors; most requests need none. May raise BusyError."""

DEFAULT_SIZE = 50
MAX_SIZE = 200
ARTICLE_PARAMETERS = (*PARAMETERS, "sort", "size", "cursor", "facets")
STATS_PARAMETERS = (*PARAMETERS, "group_by", "interval")


@dataclass(frozen=True)
class ArticlesAsk:
    """A page of articles that is asked for."""

    filters: Filters
    sort: Sort
    size: int
    facets: tuple[str, ...]
    after: After | None
    fingerprint: str


@dataclass(frozen=True)
class StatsAsk:
    """Counts that are asked for. `only` are the groups that the filters leave; None leaves all."""

    filters: Filters
    group: GroupBy
    interval: Interval | None
    only: tuple[str, ...] | None = None


def check_known(raw: Iterable[str], known: Sequence[str]) -> None:
    """Refuse parameters that do not exist, since a misspelt filter would silently widen the search.

    Raises InvalidRequestError that names the nearest ones that do.
    """
    flaws = []
    for name in dict.fromkeys(raw):
        if name not in known:
            close = nearest(name[:60], known)
            hint = f"Mungkin maksud Anda {' atau '.join(close)}." if close else f"Yang ada: {', '.join(known)}."
            flaws.append(Flaw(name[:60], "Parameter ini tidak ada.", hint=hint, allowed=close or tuple(known)))
    if flaws:
        raise InvalidRequestError(*flaws)


def read_articles_ask(raw: Raw, vocabulary: Vocabulary, key: Key) -> ArticlesAsk:
    """Return the page asked for.

    Raises InvalidRequestError for wrong parameters, InvalidCursorError for a cursor of another search.
    """
    check_known(raw, ARTICLE_PARAMETERS)
    filters = read_filters(raw, vocabulary)
    sort = _one_of("sort", raw, [str(one) for one in Sort]) or Sort.NEWEST
    if sort == Sort.RELEVANCE and filters.query is None:
        raise InvalidRequestError(
            Flaw("sort", "Urutan relevance perlu kata yang dicari.", hint="Isi `q`, atau pakai -published_at.")
        )
    fingerprint = cursors.fingerprint(filters.parts() | {"sort": sort})
    given = _single("cursor", raw)
    after = None
    if given is not None:
        found = cursors.decode(given, key(), expected=fingerprint)
        after = After(found.after, found.pit)
    return ArticlesAsk(filters, Sort(sort), _size(raw), _facets(raw), after, fingerprint)


def read_stats_ask(raw: Raw, vocabulary: Vocabulary) -> StatsAsk:
    """Return the counts asked for. Raises InvalidRequestError for wrong parameters."""
    check_known(raw, STATS_PARAMETERS)
    group = _one_of("group_by", raw, [str(one) for one in GroupBy]) or GroupBy.NONE
    interval = _one_of("interval", raw, [str(one) for one in Interval])
    filters = read_filters(raw, vocabulary)
    only = groups_left(GroupBy(group), filters, vocabulary)
    return StatsAsk(filters, GroupBy(group), Interval(interval) if interval else None, only)


def next_cursor(ask: ArticlesAsk, after: After | None, key: Key) -> str | None:
    if after is None:
        return None
    return cursors.encode(cursors.Cursor(after.values, ask.fingerprint, after.pit), key())


def _single(name: str, raw: Raw) -> str | None:
    values = [value.strip() for value in raw.get(name, ()) if value.strip()]
    if len(values) > 1:
        raise InvalidRequestError(Flaw(name, "Parameter ini diberikan lebih dari sekali.", hint="Berikan satu saja."))
    return values[0] if values else None


def _one_of(name: str, raw: Raw, allowed: list[str]) -> str | None:
    value = _single(name, raw)
    if value is not None and value not in allowed:
        raise InvalidRequestError(unknown(name, value, tuple(allowed)))
    return value


def _size(raw: Raw) -> int:
    value = _single("size", raw)
    if value is None:
        return DEFAULT_SIZE
    if not value.isascii() or not value.isdigit() or len(value) > 6 or not 1 <= int(value) <= MAX_SIZE:
        raise InvalidRequestError(
            Flaw("size", f"Harus angka 1 sampai {MAX_SIZE}.", hint=f"Tanpa size: {DEFAULT_SIZE}.")
        )
    return int(value)


def _facets(raw: Raw) -> tuple[str, ...]:
    names = dict.fromkeys(part.strip() for value in raw.get("facets", ()) for part in value.split(","))
    names.pop("", None)
    for name in names:
        if name not in FACETS:
            raise InvalidRequestError(unknown("facets", name, FACETS))
    return tuple(names)
