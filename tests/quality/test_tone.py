"""Tone by cross-validation: no article is judged by a model that saw it. Prints score, floor and the worst rows."""

from pathlib import Path

import numpy as np
import pytest
from classifier.adapters.linear import LABELS, load_words
from classifier.adapters.packaged import models_folder, packaged_encoder
from classifier.training.fit import calibrate, cross_validate, figures
from classifier.training.labels import packaged_later
from classifier.training.train import TONE, Remembering, tone_data

pytestmark = pytest.mark.quality

FLOOR_MACRO_F1 = 0.78
FLOOR_SURE = 0.91
"""For items of whose label the reader was sure (confidence 3)."""


def test_tone_stays_above_its_floor(shared_data: Path) -> None:
    data, extras = tone_data(shared_data, packaged_later(shared_data))
    encoder = packaged_encoder(models_folder())
    assert encoder is not None
    decisions = cross_validate(TONE, data, extras, load_words(models_folder()), Remembering(encoder))[: data.n_scored]
    labels = np.asarray(data.labels)[: data.n_scored]
    facts = figures(decisions, labels, calibrate(decisions, labels), data)
    print(f"tone: macro-F1 {facts['macro_f1_unbiased']}, floor {FLOOR_MACRO_F1}")
    print(f"counted and right among them: {facts['sure']}")
    print(f"by confidence {facts['macro_f1_by_confidence']}, floor for 3: {FLOOR_SURE}")
    margins = decisions[np.arange(len(labels)), labels] - decisions.max(axis=1)
    for i in np.argsort(margins)[:15]:
        print(f"  {data.rows[i]['id']}: {LABELS[labels[i]].value}, found {LABELS[int(decisions[i].argmax())].value}")
    assert facts["macro_f1_unbiased"] >= FLOOR_MACRO_F1
    assert facts["macro_f1_by_confidence"]["3"] >= FLOOR_SURE
