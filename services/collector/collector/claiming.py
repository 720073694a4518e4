"""Claims a content for an article: of two articles of an outlet with one content only one is passed on."""

from runtime.clock import Clock

from collector.domain.dedup import Holding, claim_id, judge_claim
from collector.domain.fingerprint import Claim, Fingerprint
from collector.domain.ports import ConflictError, FingerprintStore


class Claims:
    """Claims in the store of fingerprints. `grace_s` see `judge_claim`."""

    def __init__(self, store: FingerprintStore, clock: Clock, grace_s: float) -> None:
        self._store = store
        self._clock = clock
        self._grace_s = grace_s

    async def claim(self, known: Fingerprint, content: str) -> tuple[Holding, str | None]:
        """Claim a content for an article; return the canonical URL of the article that has it when it is another."""
        now = self._clock.now()
        wanted = Claim(claim_id(known.outlet, content), known.article_id, known.outlet, content, now)
        claim, version = await self._store.claim(wanted)
        found = None if claim.article_id == known.article_id else await self._store.get(claim.article_id)
        holder = found[0] if found is not None else None
        holding = judge_claim(claim, holder, article_id=known.article_id, now=now, grace_s=self._grace_s)
        if holding is Holding.STALE:
            try:
                await self._store.take_over(wanted, version)
            except ConflictError:
                return Holding.IN_FLIGHT, None
            return Holding.MINE, None
        return holding, holder.canonical_url if holder is not None and holding is Holding.TAKEN else None
