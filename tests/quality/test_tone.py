"""Tone by cross-validation: no article is judged by a model that saw it. Prints score, floor and the worst rows."""

from pathlib import Path

import numpy as np
import pytest
from classifier.adapters.linear import LABELS, load_words
from classifier.adapters.packaged import models_folder
from classifier.training.data import tone_rows
from classifier.training.fit import calibrate, cross_validate, figures
from classifier.training.train import TONE, tone_extras

pytestmark = pytest.mark.quality

FLOOR_MACRO_F1 = 0.755
FLOOR_SURE = 0.88
"""For items of whose label the reader was sure (confidence 3)."""


def test_tone_stays_above_its_floor(shared_data: Path) -> None:
    data = tone_rows(shared_data / "news" / "tone.jsonl")
    decisions, labels = cross_validate(TONE, data, tone_extras(), load_words(models_folder())), np.asarray(data.labels)
    facts = figures(decisions, labels, calibrate(decisions, labels), data)
    print(f"tone: macro-F1 {facts['macro_f1_unbiased']}, floor {FLOOR_MACRO_F1}")
    print(f"by confidence {facts['macro_f1_by_confidence']}, floor for 3: {FLOOR_SURE}")
    margins = decisions[np.arange(len(labels)), labels] - decisions.max(axis=1)
    for i in np.argsort(margins)[:15]:
        print(f"  {data.rows[i]['id']}: {LABELS[labels[i]].value}, found {LABELS[int(decisions[i].argmax())].value}")
    assert facts["macro_f1_unbiased"] >= FLOOR_MACRO_F1
    assert facts["macro_f1_by_confidence"]["3"] >= FLOOR_SURE
