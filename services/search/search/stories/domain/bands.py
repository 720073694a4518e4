"""MinHash bands: the terms under which an article's near-copies are looked for."""

import hashlib
from collections.abc import Sequence

import numpy as np
from datasketch import MinHash

PERMUTATIONS = 128
BAND_ROWS = 2
"""64 bands of two rows: a pair with Jaccard 0.25 shares a band with probability 0.98, an unrelated one
(0.01) with 0.006. Exact comparison decides, so the bands may be generous."""

_EMPTY = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")


def bands_of(hashes: Sequence[int]) -> tuple[str, ...]:
    """Return the terms under which copies are looked for; an article without text has none."""
    if not hashes:
        return ()
    made = _EMPTY.copy()
    made.update_batch(hashes)
    rows = np.asarray(made.hashvalues, dtype=np.uint64).reshape(-1, BAND_ROWS)
    return tuple(
        f"{band:x}{hashlib.blake2b(row.tobytes(), digest_size=4).hexdigest()}" for band, row in enumerate(rows)
    )
