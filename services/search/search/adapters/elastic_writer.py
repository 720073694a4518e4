"""Writes documents to Elasticsearch in bulk, and makes templates, indices and aliases when they are missing."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from contract.names import Names
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError
from runtime.elastic import busy_if_passing, elastic_problem
from runtime.retry import BusyError

from search.adapters.elastic_annotations import ANNOTATIONS
from search.domain.document import Target, Write
from search.domain.swap import first_index
from search.domain.template import VERSION
from search.domain.verdicts import MISSING, Answer

logger = logging.getLogger(__name__)


class Store(Protocol):
    """Where documents are written. The indexer knows no more of it than this."""

    def prepare(self, month: str) -> None:
        """Make what must exist before the first write. Raises BusyError while the store is away."""
        ...

    def write(self, writes: Sequence[Write]) -> list[Answer]:
        """Write all and return an answer for each, in order. Raises BusyError when the store is away."""
        ...

    def problem(self) -> str | None:
        """Return what is wrong with the store, or None."""
        ...


class ElasticStore:
    """The store in Elasticsearch."""

    def __init__(
        self,
        client: Elasticsearch,
        names: Names,
        templates: Mapping[str, dict[str, Any]],
        *,
        max_bytes: int = 8_000_000,
    ) -> None:
        self._client = client
        self._names = names
        self._templates = templates
        self._max_bytes = max_bytes
        self._months: set[str] = set()

    def problem(self) -> str | None:
        return elastic_problem(self._client)

    def prepare(self, month: str) -> None:
        try:
            for name, template in self._templates.items():
                self._put_template(name, template)
            self._create_plain()
            self._ensure_month(month)
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def write(self, writes: Sequence[Write]) -> list[Answer]:
        try:
            if not self._months:
                self._create_plain()
            for month in {one.month for one in writes if one.month is not None} - self._months:
                self._ensure_month(month)
            answers: dict[int, Answer] = {}
            for part in self._parts(writes):
                answers |= self._send(part)
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        if any(answer.status == MISSING for answer in answers.values()):
            # Somebody removed an index while we ran; the next try makes it again instead of writing past the alias.
            self._months.clear()
        return [answers[place] for place in range(len(writes))]

    def _create_plain(self) -> None:
        for name in (Target.DISPOSITIONS, Target.ALERTS, Target.CORRECTIONS, Target.REVISIONS, ANNOTATIONS):
            self._create(self._names.index(name))

    def _put_template(self, name: str, template: dict[str, Any]) -> None:
        """Put a template unless a newer one is there, as when an older release still runs beside a newer one."""
        try:
            found = self._client.indices.get_index_template(name=name)["index_templates"][0]["index_template"]
        except NotFoundError:
            found = {}
        if found.get("version", 0) > VERSION:
            logger.warning("index template %s has version %s, newer than ours; left alone", name, found["version"])
            return
        self._client.indices.put_index_template(name=name, **template)

    def _ensure_month(self, month: str) -> None:
        alias = self._names.articles_index(month)
        if not self._client.indices.exists_alias(name=alias):
            # Aliases last: a search must not meet an index whose shards have not started yet.
            self._create(first_index(alias))
            added = [
                {"add": {"index": first_index(alias), "alias": name}} for name in (alias, self._names.articles_alias())
            ]
            self._client.indices.update_aliases(actions=added)
        self._warn_when_old(alias)
        self._months.add(month)

    def _warn_when_old(self, alias: str) -> None:
        for index, found in self._client.indices.get_mapping(index=alias).items():
            made_with = found["mappings"].get("_meta", {}).get("pantau_version", 0)
            if made_with < VERSION:
                logger.warning("%s was made with template %s, now %s: run a reindex", index, made_with, VERSION)

    def _create(self, index: str) -> None:
        try:
            if not self._client.indices.exists(index=index):
                self._client.indices.create(index=index)
                logger.info("created index %s", index)
        except BadRequestError as error:
            # Two indexers start at once: whoever comes second has what it wants.
            if error.error != "resource_already_exists_exception":
                raise

    def _parts(self, writes: Sequence[Write]) -> Iterator[list[tuple[int, bytes]]]:
        """Yield (place, lines) in requests of a bounded size; a larger document goes alone."""
        part: list[tuple[int, bytes]] = []
        size = 0
        for place, write in enumerate(writes):
            lines = json.dumps(self._action(write)).encode() + b"\n" + json.dumps(write.source).encode()
            if part and size + len(lines) > self._max_bytes:
                yield part
                part, size = [], 0
            part.append((place, lines))
            size += len(lines)
        if part:
            yield part

    def _action(self, write: Write) -> dict[str, Any]:
        if write.month is not None:
            where: dict[str, Any] = {"_index": self._names.articles_index(write.month), "require_alias": True}
        else:
            where = {"_index": self._names.index(write.target)}
        if write.version is None:
            return {"create": {**where, "_id": write.id}}
        return {"index": {**where, "_id": write.id, "version": write.version, "version_type": "external_gte"}}

    def _send(self, part: list[tuple[int, bytes]]) -> dict[int, Answer]:
        try:
            # The client's types know dictionaries only, its serializer passes lines through.
            operations: Any = [line for _, lines in part for line in lines.split(b"\n")]
            items = self._client.bulk(operations=operations)["items"]
        except ApiError as error:
            if busy_if_passing(error) is not None or error.status_code in (401, 403):
                raise BusyError(f"Elasticsearch: {error}"[:500]) from error
            # The request as a whole was refused (413, 400): each document learns it alone, so only the guilty one dies.
            if len(part) > 1:
                return {place: answer for one in part for place, answer in self._send([one]).items()}
            return {part[0][0]: Answer(error.status_code, str(error)[:2_000])}
        return {place: _answer(item) for (place, _), item in zip(part, items, strict=True)}


def _answer(item: dict[str, Any]) -> Answer:
    (result,) = item.values()
    error = result.get("error")
    return Answer(int(result["status"]), "" if error is None else json.dumps(error, ensure_ascii=False)[:2_000])
