"""The desk of stories: lists and tells them, and takes what people decide. Serves the API and the pages.

A decision is kept before it is done: the process that groups articles does it within a second or two, and again at
every rebuild. The desk waits a little for that, so that whoever decided sees the outcome.
"""

import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from runtime.clock import Clock

from search.domain.desk import Seen, StoryMovedError
from search.domain.problems import Flaw, InvalidRequestError
from search.stories.archive import Archive, Record, StoryChangedError, StoryQuery
from search.stories.domain.assembly import MAX_STORY_ARTICLES
from search.stories.domain.changes import changes_between
from search.stories.domain.decisions import Decision, Verb
from search.stories.domain.member import Member
from search.stories.domain.reasons import because
from search.stories.domain.story import copied_from
from search.stories.domain.telling import told, told_past

Json = dict[str, Any]

MAX_CHANGES_TOLD = 20
MAX_BY_CHARS = 120
MAX_WHY_CHARS = 1_000
APPLIED_WITHIN_S = 4.0
ASK_EVERY_S = 0.1
_TOO_OLD = Flaw(
    "story", "Cerita ini sudah terlalu lama untuk diubah.", hint="Beritanya tetap dapat dibaca dan dibetulkan."
)
_ID = re.compile(r"^[0-9a-z][0-9a-z-]{0,63}$")


class NoStoryError(LookupError):
    """There is no such story, nor an article of that id in one."""


@dataclass(frozen=True)
class Decided:
    """What became of a decision. When it is not `applied` yet, it will be."""

    decision: Decision
    applied: bool


class StoryDesk:
    """Answers for stories. `wait` is given seconds."""

    def __init__(self, archive: Archive, clock: Clock, wait: Callable[[float], None] = time.sleep) -> None:
        self._archive = archive
        self._clock = clock
        self._wait = wait

    def find(self, query: StoryQuery) -> tuple[int, list[Json]]:
        """Return how many stories answer the query, and the newest of them."""
        return self._archive.find(query)

    def record(self, story_id: str) -> Record:
        """Return a story by its id, or by that of an article in it. Raises NoStoryError."""
        if _ID.match(story_id):
            found = self._archive.story(story_id)
            if found is not None:
                return found
            member = self._archive.members((story_id,)).get(story_id)
            if member is not None and member.grouping is not None:
                found = self._archive.story(member.grouping.story_id)
            elif member is None and (past := self._archive.texts((story_id,)).get(story_id, {}).get("story_id")):
                found = self._archive.story(past)
            if found is not None:
                return found
        raise NoStoryError(story_id)

    def tell(self, story_id: str) -> Json:
        """Return a story with its members in the order of publication, why each belongs, and what copies changed."""
        record = self.record(story_id)
        present = self._archive.members(record.source["members"])
        if not present:
            return self._tell_past(record)
        ordered = sorted(present.values(), key=lambda each: each.order)
        decisions = self._archive.decisions_about([member.article_id for member in ordered])
        sources = {member.article_id: copied_from(member, present)[0] for member in ordered}
        changes = self._changes(ordered, sources)
        members = [
            {
                **told(member, rank),
                "representative": member.article_id == record.source["representative"],
                "because": because(member, ordered[0], present, decisions),
                "changes": changes.get(member.article_id),
            }
            for rank, member in enumerate(ordered, 1)
        ]
        return {
            **record.source,
            "version": record.version,
            "members": members,
            "decided": [_decided(one) for one in reversed(decisions)],
        }

    def _tell_past(self, record: Record) -> Json:
        """Tell a story whose signatures are kept no more."""
        ids = record.source["members"]
        return {
            **record.source,
            "version": record.version,
            "members": told_past(self._archive.texts(ids), record.source["representative"]),
            "decided": [_decided(one) for one in reversed(self._archive.decisions_about(ids))],
        }

    def _changes(self, ordered: Sequence[Member], sources: Mapping[str, str | None]) -> dict[str, Json]:
        copies = [member for member in ordered if sources[member.article_id] is not None][:MAX_CHANGES_TOLD]
        wanted = {one for member in copies for one in (member.article_id, sources[member.article_id]) if one}
        texts = self._archive.texts(wanted) if wanted else {}
        found: dict[str, Json] = {}
        for member in copies:
            old, new = texts.get(sources[member.article_id] or ""), texts.get(member.article_id)
            if old and new:
                changes = changes_between((old["title"], old["text"]), (new["title"], new["text"]))
                found[member.article_id] = changes.as_json()
        return found

    def story(self, story_id: str) -> Json | None:
        """Return what the story's page needs beside its articles, or None."""
        try:
            record = self.record(story_id)
        except NoStoryError:
            return None
        decisions = self._archive.decisions_about(record.source["members"])
        wanted = ("story_id", "title", "first", "representative", "reason")
        return {
            **{name: record.source[name] for name in wanted},
            "version": record.version,
            "decided": [_decided(one) for one in reversed(decisions)],
        }

    def merge(self, one: str, other: str, by: str, why: str, *, seen: Seen) -> None:
        """Join two stories. Raises InvalidRequestError, and StoryMovedError where somebody else came first."""

        def is_same(latest: Decision) -> bool:
            joined = latest.articles & set(self._members(other))
            return latest.verb is Verb.MERGE and latest.by == by.strip() and bool(joined)

        merge = partial(self.decide_merge, one, other, by=by, why=why, version=seen.version or None)
        self._for_page(merge, one, seen, is_same)

    def split(self, story_id: str, article_ids: Sequence[str], by: str, why: str, *, seen: Seen) -> None:
        """Set articles apart from a story. Raises InvalidRequestError, and StoryMovedError as `merge` does."""

        def is_same(latest: Decision) -> bool:
            return latest.verb is Verb.SPLIT and latest.by == by.strip() and latest.groups[0] == frozenset(article_ids)

        split = partial(self.decide_split, story_id, article_ids, by=by, why=why, version=seen.version or None)
        self._for_page(split, story_id, seen, is_same)

    def _for_page(
        self, decide: Callable[[], Decided], story_id: str, seen: Seen, is_same: Callable[[Decision], bool]
    ) -> None:
        """Decide; the same decision of the same person, sent again by an impatient finger, is one."""
        try:
            decide()
        except NoStoryError as error:
            raise InvalidRequestError(Flaw("cerita", "Cerita ini tidak ada.", hint="Muat ulang halamannya.")) from error
        except StoryChangedError as error:
            since = self._archive.decisions_about(self._members(story_id))
            latest = since[-1] if since and since[-1].decision_id != seen.decision else None
            if latest is None or not is_same(latest):
                raise StoryMovedError(_what_happened(latest)) from error

    def _members(self, story_id: str) -> list[str]:
        """Return the articles of a story; none where it is gone meanwhile."""
        try:
            return list(self.record(story_id).source["members"])
        except NoStoryError:
            return []

    def decide_merge(
        self, one: str, other: str, *, by: str, why: str, version: str | None = None, other_version: str | None = None
    ) -> Decided:
        """Join two stories; with a version only if the story is still as the person saw it.

        Raises NoStoryError, StoryChangedError and InvalidRequestError.
        """
        first, second = self._as_seen(one, version), self._as_seen(other, other_version)
        _check_person(by, why)
        ids = [str(each.source["story_id"]) for each in (first, second)]
        if ids[0] == ids[1]:
            raise InvalidRequestError(Flaw("other", "Kedua berita itu sudah berada dalam satu cerita."))
        groups = (frozenset(first.source["members"]), frozenset(second.source["members"]))
        if len(groups[0]) + len(groups[1]) > MAX_STORY_ARTICLES:
            raise InvalidRequestError(Flaw("other", f"Satu cerita paling banyak {MAX_STORY_ARTICLES} berita."))
        seen = {ids[0]: first.version, ids[1]: second.version}
        return self._decide(Verb.MERGE, by, why, groups, seen)

    def decide_split(
        self, story_id: str, article_ids: Sequence[str], *, by: str, why: str, version: str | None = None
    ) -> Decided:
        """Set articles apart from a story. Raises NoStoryError, StoryChangedError and InvalidRequestError."""
        record = self._as_seen(story_id, version)
        _check_person(by, why)
        members, chosen = frozenset(record.source["members"]), frozenset(article_ids)
        strangers = sorted(chosen - members)
        if strangers:
            raise InvalidRequestError(Flaw("articles", f"Berita {strangers[0][:64]} tidak ada dalam cerita ini."))
        if not chosen:
            raise InvalidRequestError(Flaw("articles", "Belum ada berita yang dipilih."))
        if chosen == members:
            raise InvalidRequestError(
                Flaw("articles", "Semua berita dipilih.", hint="Sisakan paling sedikit satu di cerita semula.")
            )
        seen = {str(record.source["story_id"]): record.version}
        return self._decide(Verb.SPLIT, by, why, (chosen, members - chosen), seen)

    def _as_seen(self, story_id: str, version: str | None) -> Record:
        """Return a story, if it is at the version that was seen, where one was.

        Before anything else is checked: what a person asks of a story that has changed is not wrong, only late.
        """
        record = self.record(story_id)
        if version is not None and version != record.version:
            raise StoryChangedError(story_id)
        return record

    def _decide(
        self, verb: Verb, by: str, why: str, groups: tuple[frozenset[str], frozenset[str]], seen: Mapping[str, str]
    ) -> Decided:
        # The latest word counts, so it must be the latest also where the clocks of two gateways differ.
        earlier = [one.at + timedelta(milliseconds=1) for one in self._archive.decisions_about(groups[0] | groups[1])]
        at = max([self._clock.now(), *earlier])
        decision = Decision(str(uuid.uuid4()), verb, at, by.strip(), why.strip(), groups, tuple(seen))
        if self._archive.members(groups[0] | groups[1]).keys() != groups[0] | groups[1]:
            raise InvalidRequestError(_TOO_OLD)
        self._archive.decide(decision, seen)
        until_s = self._clock.monotonic_s() + APPLIED_WITHIN_S
        while not (applied := self._archive.was_applied(decision.decision_id)):
            if self._clock.monotonic_s() >= until_s:
                break
            self._wait(ASK_EVERY_S)
        return Decided(decision, applied)


def _what_happened(latest: Decision | None) -> str:
    if latest is None:
        return "Ada berita yang masuk ke cerita ini, atau keluar darinya, sejak halamannya Anda buka."
    did = "menggabungkannya" if latest.verb is Verb.MERGE else f"memisahkan {len(latest.groups[0])} berita darinya"
    return f"{latest.by} lebih dulu mengubah cerita ini: {did}."


def _check_person(by: str, why: str) -> None:
    flaws = []
    if not by.strip() or len(by) > MAX_BY_CHARS:
        flaws.append(Flaw("by", f"Wajib diisi nama petugas, paling banyak {MAX_BY_CHARS} huruf."))
    if len(why) > MAX_WHY_CHARS:
        flaws.append(Flaw("why", f"Terlalu panjang, paling banyak {MAX_WHY_CHARS} huruf."))
    if flaws:
        raise InvalidRequestError(*flaws)


def _decided(decision: Decision) -> Json:
    return {
        "decision_id": decision.decision_id,
        "verb": str(decision.verb),
        "by": decision.by,
        "why": decision.why,
        "at": decision.at.isoformat(),
        "articles": [sorted(group) for group in decision.groups],
    }
