"""A story: its name, its first article, who copied whom, whose release it was, and who stands for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from contract.values import Origin

from search.stories.domain.likeness import Kind
from search.stories.domain.member import Grouping, Member

RELEASE_WINDOW = timedelta(days=7)
RELEASE_HEAD_START = timedelta(hours=24)
"""An agency's site often carries a release after the papers that were sent it."""
NO_TIER = 9
COMPLETE_SHARE = 0.9


@dataclass(frozen=True)
class Story:
    """A group with its name. `members` stand in the order of publication."""

    story_id: str
    members: tuple[Member, ...]
    groupings: Mapping[str, Grouping]
    representative: Member
    reason: str

    @property
    def first(self) -> Member:
        return self.members[0]

    @property
    def outlets(self) -> tuple[str, ...]:
        return outlets_of(self.members)


def outlets_of(members: Sequence[Member]) -> tuple[str, ...]:
    """Return who told it, the first of them first. An agency's own site counts only where nobody else told it."""
    press = [member.outlet for member in members if not member.own_of]
    return tuple(dict.fromkeys(press or (member.outlet for member in members)))


def name_groups(groups: Sequence[Collection[str]], members: Mapping[str, Member]) -> list[str]:
    """Return a name for each group. A name is the id of an article and stays with those who carry it.

    Where a group has several names, as after a merge, the one most members carry wins; where a name stands in
    several groups, as after a split, the largest keeps it. A nameless group takes the id of its first article.
    """
    claims: list[tuple[int, int, str, int]] = []
    for place, group in enumerate(groups):
        carried: dict[str, int] = {}
        for one in group:
            grouping = members[one].grouping
            if grouping is not None:
                carried[grouping.story_id] = carried.get(grouping.story_id, 0) + 1
        claims += [(-count, 0 if name in group else 1, name, place) for name, count in carried.items()]
    names: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, name, place in sorted(claims):
        if place not in names and name not in taken:
            names[place] = name
            taken.add(name)
    for place, group in enumerate(groups):
        if place not in names:
            ordered = sorted(group, key=lambda one: members[one].order)
            # The id of a lone article may still name the story that it has left.
            names[place] = next((one for one in ordered if one not in taken), f"{ordered[0]}-b")
            taken.add(names[place])
    return [names[place] for place in range(len(groups))]


def tell(story_id: str, group: Iterable[str], members: Mapping[str, Member]) -> Story:
    """Return the story of a group."""
    ordered = tuple(sorted((members[one] for one in group), key=lambda each: each.order))
    present = {member.article_id: member for member in ordered}
    outlets = len(outlets_of(ordered))
    copy_groups = _copy_groups(ordered, present)
    groupings = {}
    for member in ordered:
        copies = copy_groups[member.article_id]
        source, similarity = copied_from(member, present)
        origin, release = origin_of(member, present)
        head = copies[0] if len(copies) > 1 else ordered[0]
        groupings[member.article_id] = Grouping(
            story_id=story_id,
            copy_group=copies[0].article_id if len(copies) > 1 else None,
            copy_of=source,
            first=member is head,
            similarity=similarity,
            origin=origin,
            release_of=release,
            story_articles=len(ordered),
            story_outlets=outlets,
        )
    representative, reason = represent(ordered)
    return Story(story_id, ordered, groupings, representative, reason)


def _copy_groups(ordered: Sequence[Member], present: Mapping[str, Member]) -> dict[str, list[Member]]:
    """Return for each article those it hangs together with by copies, in the order of publication."""
    found: dict[str, list[Member]] = {}
    for member in ordered:
        if member.article_id in found:
            continue
        seen, queue = {member.article_id}, [member]
        while queue:
            for other, bond in queue.pop().bonds.items():
                if bond.kind is Kind.COPY and other in present and other not in seen:
                    seen.add(other)
                    queue.append(present[other])
        group = [each for each in ordered if each.article_id in seen]
        found |= dict.fromkeys(seen, group)
    return found


def copied_from(member: Member, present: Mapping[str, Member]) -> tuple[str | None, float]:
    """Return the earliest article before this one that it is a near-copy of, and how much of it stands there."""
    sources = [
        present[other]
        for other, bond in member.bonds.items()
        if bond.kind is Kind.COPY and other in present and present[other].order < member.order
    ]
    if not sources:
        return None, 1.0
    source = min(sources, key=lambda each: each.order)
    return source.article_id, member.bonds[source.article_id].similarity


def origin_of(member: Member, present: Mapping[str, Member]) -> tuple[Origin, str | None]:
    """Return whose words an article is; of several releases the one it has most of, then the earliest."""
    if member.own_of:
        return Origin.OWN, None
    releases = [
        present[other]
        for other, bond in member.bonds.items()
        if bond.kind is Kind.COPY and other in present and present[other].own_of and in_time(member, present[other])
    ]
    if not releases:
        return Origin.EARNED, None
    best = min(releases, key=lambda each: (-member.bonds[each.article_id].similarity, each.order))
    return Origin.PICKUP, best.article_id


def in_time(member: Member, release: Member) -> bool:
    return -RELEASE_HEAD_START <= member.published_at - release.published_at <= RELEASE_WINDOW


def represent(ordered: Sequence[Member]) -> tuple[Member, str]:
    """Return the article that stands for all, and why: highest tier, then most complete, then earliest."""
    best_tier = min(member.tier or NO_TIER for member in ordered)
    highest = [member for member in ordered if (member.tier or NO_TIER) == best_tier]
    longest = max(member.signature.words for member in highest)
    complete = [member for member in highest if member.signature.words >= COMPLETE_SHARE * longest]
    chosen = complete[0]
    if len(ordered) == 1:
        return chosen, "satu-satunya berita dalam cerita ini"
    reasons = []
    if best_tier != NO_TIER:
        reasons.append(
            f"media tingkat {best_tier}" if len(highest) < len(ordered) else f"semua media tingkat {best_tier}"
        )
    reasons.append(f"teks terlengkap ({chosen.signature.words} kata)")
    if len(complete) > 1:
        reasons.append("terbit paling awal di antara yang setara")
    return chosen, ", ".join(reasons)
