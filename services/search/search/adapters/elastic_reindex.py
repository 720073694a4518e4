"""Builds article indices anew beside the old ones and swaps the aliases, while the indexer goes on writing.

The old index serves until the new one is complete. Documents are copied with their external versions, so what the
indexer wrote to either of them is never overwritten by something older.
"""

import logging
from collections.abc import Iterator
from typing import Any

from contract.names import Names
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers
from runtime.elastic import busy_if_passing

from search.domain.swap import Swap, month_alias_of, next_index, plan_swap

logger = logging.getLogger(__name__)

CHUNK = 500


class ReindexError(RuntimeError):
    """A rebuilt index does not hold what the old one does; the old one still serves."""


class Reindexer:
    """Rebuilds months one after the other."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._names = names

    def months(self) -> list[str]:
        """Return the months that there are, as `YYYY.MM`."""
        head = self._names.articles_index("")
        aliases = {alias for found in self._aliases().values() for alias in found}
        return sorted(alias.removeprefix(head) for alias in aliases if alias.startswith(head))

    def rebuild(self, month: str, *, keep_old: bool) -> Swap:
        """Rebuild one month. Raises ReindexError, leaving the old index in service, when something is missing."""
        try:
            return self._rebuild(self._names.articles_index(month), keep_old=keep_old)
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def _rebuild(self, alias: str, *, keep_old: bool) -> Swap:
        current = self._aliases()
        serving = [index for index, aliases in current.items() if alias in aliases]
        if len(serving) != 1:
            raise ReindexError(f"{alias} stands for {len(serving)} indices, it must be one")
        swap = Swap(serving[0], next_index(max(index for index in current if month_alias_of(index) == alias)))
        self._client.indices.create(index=swap.new)
        try:
            copied = self._fill(swap)
        except (ReindexError, ApiError, TransportError):
            self._client.indices.delete(index=swap.new)
            raise
        actions = plan_swap(self._aliases(), {swap.new}, self._names.articles_alias())
        self._client.indices.update_aliases(actions=actions)
        # A bulk on its way may still reach the old index. The block waits for it and sends later ones back to the
        # indexer, which tries again through the alias; then the rest is copied.
        self._client.indices.add_block(index=swap.old, block="write")
        self._client.indices.refresh(index=swap.old)
        self._copy(swap)
        self._client.indices.refresh(index=swap.new)
        logger.info("%s now serves %s with %d articles", swap.new, alias, copied)
        if not keep_old:
            self._client.indices.delete(index=swap.old)
        return swap

    def _fill(self, swap: Swap) -> int:
        copied = self._copy(swap)
        self._client.indices.refresh(index=swap.new)
        found = int(self._client.count(index=swap.new)["count"])
        if found < copied:
            raise ReindexError(f"{swap.new} holds {found} of {copied} articles; {swap.old} still serves")
        return copied

    def _aliases(self) -> dict[str, set[str]]:
        found = self._client.indices.get_alias(index=self._names.articles_pattern())
        return {index: set(one["aliases"]) for index, one in found.items()}

    def _copy(self, swap: Swap) -> int:
        """Copy every document with its version and return how many there were."""
        copied = 0
        for well, result in helpers.streaming_bulk(
            self._client, self._documents(swap), chunk_size=CHUNK, raise_on_error=False
        ):
            (answer,) = result.values()
            if not well and answer["status"] != 409:
                raise ReindexError(f"{swap.new} refuses {answer['_id']}: {answer.get('error')}")
            copied += 1
        return copied

    def _documents(self, swap: Swap) -> Iterator[dict[str, Any]]:
        for hit in helpers.scan(self._client, index=swap.old, query={"version": True}, size=CHUNK):
            yield {
                "_op_type": "index",
                "_index": swap.new,
                "_id": hit["_id"],
                "_version": hit["_version"],
                "_version_type": "external_gte",
                "_source": hit["_source"],
            }
