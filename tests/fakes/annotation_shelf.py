"""Annotations and articles in memory, with writings counted as Elasticsearch counts them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from search.domain.annotation import Annotation, annotation_json, annotation_of
from search.domain.document import Target, Write
from search.domain.learning import Guard, Kept
from search.domain.verdicts import Answer

Json = dict[str, Any]


class AnnotationShelf:
    """Keeps annotations, and the articles and corrections that are written beside them."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Json, Guard]] = {}
        self.articles: dict[str, tuple[Json, int]] = {}
        self.corrections: dict[str, Json] = {}
        self.revised: dict[str, tuple[Json, int]] = {}
        self.shown: list[str] = []
        self.requests: list[str] = []
        self.before_write: Callable[[], None] = lambda: None
        self._seq_no = 0

    def read(self, article_ids: Iterable[str]) -> dict[str, Kept]:
        self.requests.append("read")
        return {
            one: Kept(annotation_of(json.loads(json.dumps(self.kept[one][0]))), self.kept[one][1])
            for one in article_ids
            if one in self.kept
        }

    def guards(self, article_ids: Iterable[str]) -> dict[str, Guard]:
        self.requests.append("guards")
        return {one: self.kept[one][1] for one in article_ids if one in self.kept}

    def write(self, kept: Sequence[Kept]) -> list[tuple[Answer, Guard | None]]:
        self.requests.append("write")
        self.before_write()
        return [self._put(one) for one in kept]

    def _put(self, kept: Kept) -> tuple[Answer, Guard | None]:
        key = kept.annotation.article_id
        if (self.kept[key][1] if key in self.kept else None) != kept.guard:
            return Answer(409, "version conflict"), None
        self._seq_no += 1
        guard = Guard(self._seq_no, 1)
        self.kept[key] = (annotation_json(kept.annotation), guard)
        return Answer(201), guard

    def documents(self, months: Mapping[str, str]) -> dict[str, Json]:
        if months:
            self.requests.append("documents")
        return {one: self.articles[one][0] for one in months if one in self.articles}

    def revisions(self, ids: Sequence[str]) -> dict[str, Json]:
        self.requests.append("revisions")
        return {one: self.revised[one][0] for one in ids if one in self.revised}

    def members(self, correcting: Sequence[str], joined: Sequence[str]) -> list[Annotation]:
        self.requests.append("members")
        found = [annotation_of(one) for one, _ in self.kept.values()]
        return [
            one
            for one in found
            if set(one.copy_groups) & set(correcting) or (one.is_corrected and set(one.copy_groups) & set(joined))
        ]

    def show(self, months: Iterable[str]) -> None:
        self.shown += months

    def take(self, writes: Sequence[Write]) -> list[Answer]:
        """Write articles and corrections as the store does: articles by version, corrections once."""
        return [self._take(one) for one in writes]

    def _take(self, write: Write) -> Answer:
        source = json.loads(json.dumps(write.source))
        if write.target is Target.CORRECTIONS:
            there = write.id in self.corrections
            self.corrections.setdefault(write.id, source)
            return Answer(409 if there else 201)
        if write.target is Target.REVISIONS:
            if write.id in self.revised and (write.version or 0) < self.revised[write.id][1]:
                return Answer(409, "version conflict")
            self.revised[write.id] = (source, write.version or 1)
        if write.target is Target.ARTICLES:
            version = write.version or 0
            if version < self.articles.get(write.id, ({}, 0))[1]:
                return Answer(409, "version conflict")
            self.articles[write.id] = (source, version)
        return Answer(201)
