"""Linking and target sentiment on sentences whose writer had not seen the code: what only fits our own examples shows.

The rows are invented. Whoever improves the linker or the target model does so without reading them; failures are handed
on by kind, and of the older rows every second one by its words; "blind-m" and "blind-u" rows never.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from classifier.adapters.packaged import build_reader
from classifier.scoring import score_linking, score_mention_sentiment

pytestmark = pytest.mark.quality

DATA = Path(__file__).parent / "data"
FLOOR_BODIES = (0.99, 0.985)
"""Precision and recall of agencies and units."""
FLOOR_REGIONS = (0.985, 0.975)
MOST_FORBIDDEN = 0.01
"""Largest share of the rows with a list of forbidden tags that may get one of them."""
FLOORS_TARGET = {"blind-t": 0.82, "blind-u": 0.82}
"""Share of right labels, rows marked debatable left out. Some failures of the first set were handed on by their words,
and training rows have been written after them; the second set was sealed from the start. The aim is
0.85; the floors are two rows below what the model reached (0.80, 0.78; without the invented families 0.64, 0.70)."""


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def test_names_are_found_and_look_alikes_are_left() -> None:
    rows = rows_of("linking_blind.jsonl")
    score = score_linking(rows, build_reader()[0].read)
    n_traps = sum(bool(row["not"]) for row in rows)
    share = score.n_forbidden / n_traps
    reached = (score.bodies.precision, score.bodies.recall)
    regions = (score.regions.precision, score.regions.recall)
    print(f"bodies: precision and recall {reached}, floors {FLOOR_BODIES}; regions {regions}, floors {FLOOR_REGIONS}")
    print(f"forbidden: {score.n_forbidden} of {n_traps} rows, at most {MOST_FORBIDDEN:.0%}")
    print("\n".join(score.worst))
    assert all(value >= floor for value, floor in zip(reached, FLOOR_BODIES, strict=True))
    assert all(value >= floor for value, floor in zip(regions, FLOOR_REGIONS, strict=True))
    assert share <= MOST_FORBIDDEN


@pytest.mark.parametrize("part", sorted(FLOORS_TARGET))
def test_sentiment_toward_each_body_is_judged_right(part: str) -> None:
    rows = [row for row in rows_of("target_blind.jsonl") if row["id"].startswith(part)]
    read = build_reader()[0].read
    score = score_mention_sentiment(rows, read)
    apart = score_mention_sentiment([{**row, "debatable": False} for row in rows if row.get("debatable")], read)
    print(f"{part}: accuracy {score.accuracy:.3f} of {len(score.pairs)}, floor {FLOORS_TARGET[part]}")
    print(f"macro-F1 {score.macro_f1:.3f}; debatable, apart: {apart.accuracy:.3f} of {len(apart.pairs)}")
    kind = {row["id"]: row["category"] for row in rows}
    print("wrong by kind:", Counter(kind[line.split()[0]] for line in score.worst).most_common())
    print("\n".join(score.worst))
    assert score.accuracy >= FLOORS_TARGET[part]


def test_every_kind_of_row_is_there_in_number() -> None:
    linking, targets = rows_of("linking_blind.jsonl"), rows_of("target_blind.jsonl")
    assert len(linking) >= 320
    assert sum("title" in row for row in linking) >= 40
    assert len(targets) >= 200
    assert {target["sentiment"] for row in targets for target in row["targets"]} == {"negative", "neutral", "positive"}
