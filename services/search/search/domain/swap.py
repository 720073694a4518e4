"""How article indices are named, and how a rebuilt one takes the place of the old one: a pure plan.

An index is `articles-2026.11-000001`. The month's alias `articles-2026.11` is where the indexer writes; the alias
`articles` is what is searched. A rebuilt index is filled beside the old one, and one request moves both aliases.
"""

import re
from dataclasses import dataclass
from typing import Any

_NUMBERED = re.compile(r"^(.*)-(\d{6})$")


def first_index(month_alias: str) -> str:
    return f"{month_alias}-000001"


def next_index(current: str) -> str:
    """Return the name after `current`. Raises ValueError for a name that carries no number."""
    match = _NUMBERED.match(current)
    if match is None:
        raise ValueError(f"{current} is not named like an article index")
    return f"{match[1]}-{int(match[2]) + 1:06d}"


def month_alias_of(index: str) -> str:
    """Return the month's alias of an index. Raises ValueError for a name that carries no number."""
    match = _NUMBERED.match(index)
    if match is None:
        raise ValueError(f"{index} is not named like an article index")
    return match[1]


@dataclass(frozen=True)
class Swap:
    """One month's move from an index to its successor."""

    old: str
    new: str


def plan_swap(current: dict[str, set[str]], new: set[str], search_alias: str) -> list[dict[str, Any]]:
    """Return the alias actions that put the indices `new` in the place of those that serve now.

    `current` has the aliases of each index. All actions belong into one request, which is atomic: no search sees
    an article twice or not at all. Indices of months that have no successor are left alone; an empty list means
    that nothing is to be done. Raises ValueError when a new index's month has no alias, or its alias two indices.
    """
    actions: list[dict[str, Any]] = []
    for index in sorted(new):
        month = month_alias_of(index)
        serving = sorted(name for name, aliases in current.items() if month in aliases and name != index)
        if len(serving) > 1:
            raise ValueError(f"{month} stands for {len(serving)} indices: {', '.join(serving)}")
        if month in current.get(index, set()):
            continue
        if not serving:
            raise ValueError(f"no index serves {month}, so there is nothing to take over")
        for alias in (month, search_alias):
            actions.append({"remove": {"index": serving[0], "alias": alias, "must_exist": alias == month}})
            actions.append({"add": {"index": index, "alias": alias}})
    return actions
