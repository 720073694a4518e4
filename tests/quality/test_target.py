"""Target sentiment by cross-validation, and on hand-made sentences that no model saw."""

import json
from pathlib import Path

import pytest
from classifier.adapters.packaged import build_reader
from classifier.scoring import score_mention_sentiment
from classifier.training.labels import packaged_later
from classifier.training.train import TARGET, TONE, target_data, target_invented, tone_data

from tests.quality.held_out import check_figures, check_fold, held_out_decisions, packaged_model

pytestmark = pytest.mark.quality

FLOOR_MACRO_F1 = 0.74
FLOOR_SURE = 0.90
"""For windows of whose label the reader was sure (confidence 3)."""
FLOOR_HAND_MADE = 0.82


def test_target_sentiment_stays_above_its_floor(shared_data: Path) -> None:
    later, tone = packaged_later(shared_data), packaged_model(TONE.name)
    tones, _ = tone_data(shared_data, later)
    judged = tone.calibration.judgements(held_out_decisions(tone))
    data = target_data(shared_data, later).with_tones(tones, judged, tone)
    facts = check_figures(packaged_model(TARGET.name), data.rows)
    assert facts["macro_f1_unbiased"] >= FLOOR_MACRO_F1
    assert facts["macro_f1_by_confidence"]["3"] >= FLOOR_SURE
    check_fold(TARGET, data.rows, (*data.others, *target_invented()))


def test_hand_made_sentences_are_judged_right(shared_data: Path) -> None:
    path = shared_data / "linking" / "target_sentiment.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    score = score_mention_sentiment(rows, build_reader()[0].read)
    print(f"hand-made: accuracy {score.accuracy:.3f} of {len(score.pairs)} (floor {FLOOR_HAND_MADE})")
    print("\n".join(score.worst))
    assert score.accuracy >= FLOOR_HAND_MADE
