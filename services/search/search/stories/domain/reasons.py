"""Why an article belongs to its story, in words for the person who doubts it. Pure."""

from collections.abc import Mapping
from typing import Any

from search.stories.domain.decisions import Constraints, Decision, Tie, Verb
from search.stories.domain.likeness import Kind
from search.stories.domain.member import Bond, Member

MAX_NAMES_SHOWN = 6


def because(member: Member, first: Member, present: Mapping[str, Member], decisions: list[Decision]) -> dict[str, Any]:
    """Return the strongest evidence that a member belongs: a copy, a likeness, a person, or being the first."""
    if member.article_id == first.article_id:
        return _told("first", None, None, (), "berita pertama dalam cerita ini")
    bonds = [(present[other], bond) for other, bond in member.bonds.items() if other in present]
    if bonds:
        earlier = [each for each in bonds if each[0].order < member.order] or bonds
        other, bond = min(earlier, key=lambda each: (each[1].kind is not Kind.COPY, -each[1].similarity, each[0].order))
        return _alike(member, other, bond)
    constraints = Constraints(decisions)
    joined = [one for one in present if one != member.article_id and _joined(constraints, member.article_id, one)]
    if joined:
        merge = next(one for one in reversed(decisions) if one.verb is Verb.MERGE and member.article_id in one.articles)
        why = f": “{merge.why}”" if merge.why else ""
        return _told("person", joined[0], None, (), f"digabung oleh {merge.by}{why}")
    return _told("indirect", None, None, (), "terhubung lewat berita lain dalam cerita ini")


def _joined(constraints: Constraints, one: str, other: str) -> bool:
    return constraints.tie(one, other) is Tie.TOGETHER


def _alike(member: Member, other: Member, bond: Bond) -> dict[str, Any]:
    names = tuple(sorted(member.signature.names & other.signature.names))[:MAX_NAMES_SHOWN]
    share = round(bond.similarity * 100)
    if bond.kind is Kind.COPY:
        said = f"{share} % teks yang lebih pendek sama kata demi kata dengan berita {other.outlet_name}"
    else:
        said = f"judul dan awal beritanya {share} % serupa dengan berita {other.outlet_name}"
        if names:
            said += f", dan keduanya menyebut {', '.join(names)}"
    return _told(bond.kind, other.article_id, bond, names, said)


def _told(kind: str, to: str | None, bond: Bond | None, names: tuple[str, ...], reason: str) -> dict[str, Any]:
    return {
        "kind": str(kind),
        "to": to,
        "similarity": bond.similarity if bond else None,
        "shared_share": bond.shared_share if bond else None,
        "shared_names": list(names),
        "reason": reason,
    }
