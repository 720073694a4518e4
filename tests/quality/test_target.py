"""Target sentiment by cross-validation, and on hand-made sentences that no model saw."""

import json
from pathlib import Path

import numpy as np
import pytest
from classifier.adapters.linear import LABELS, load_words
from classifier.adapters.packaged import build_reader, models_folder, packaged_encoder
from classifier.scoring import score_mention_sentiment
from classifier.training.fit import calibrate, cross_validate, figures, fit
from classifier.training.labels import packaged_later
from classifier.training.train import TARGET, TONE, Remembering, target_data, tone_data

pytestmark = pytest.mark.quality

FLOOR_MACRO_F1 = 0.715
FLOOR_SURE = 0.845
"""For windows of whose label the reader was sure (confidence 3)."""
FLOOR_HAND_MADE = 0.80


def test_target_sentiment_stays_above_its_floor(shared_data: Path) -> None:
    later, words, encoder = packaged_later(shared_data), load_words(models_folder()), packaged_encoder(models_folder())
    assert encoder is not None
    tones, taught = tone_data(shared_data, later)
    tone = fit(TONE, tones, taught, words, Remembering(encoder))
    data, extras = target_data(shared_data, later, tones, tone)
    decisions, labels = cross_validate(TARGET, data, extras, words), np.asarray(data.labels)
    facts = figures(decisions, labels, calibrate(decisions, labels), data)
    print(f"target: macro-F1 {facts['macro_f1_unbiased']}, floor {FLOOR_MACRO_F1}")
    print(f"by confidence {facts['macro_f1_by_confidence']}, floor for 3: {FLOOR_SURE}")
    margins = decisions[np.arange(len(labels)), labels] - decisions.max(axis=1)
    for i in np.argsort(margins)[:15]:
        print(f"  {data.rows[i]['id']}: {LABELS[labels[i]].value}, found {LABELS[int(decisions[i].argmax())].value}")
    assert facts["macro_f1_unbiased"] >= FLOOR_MACRO_F1
    assert facts["macro_f1_by_confidence"]["3"] >= FLOOR_SURE


def test_hand_made_sentences_are_judged_right(shared_data: Path) -> None:
    path = shared_data / "linking" / "target_sentiment.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    score = score_mention_sentiment(rows, build_reader()[0].read)
    print(f"hand-made: accuracy {score.accuracy:.3f} of {len(score.pairs)} (floor {FLOOR_HAND_MADE})")
    print("\n".join(score.worst))
    assert score.accuracy >= FLOOR_HAND_MADE
