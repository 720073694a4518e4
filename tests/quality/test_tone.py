"""Tone on held-out articles: figures from the packaged decisions, which one fold trained anew must bear out."""

from pathlib import Path

import pytest
from classifier.training.labels import packaged_later
from classifier.training.train import TONE, tone_data, tone_invented

from tests.quality.held_out import check_figures, check_fold, packaged_model

pytestmark = pytest.mark.quality

FLOOR_MACRO_F1 = 0.80
FLOOR_SURE = 0.93
"""For items of whose label the reader was sure (confidence 3)."""


def test_tone_stays_above_its_floor(shared_data: Path) -> None:
    data, extras = tone_data(shared_data, packaged_later(shared_data))
    facts = check_figures(packaged_model(TONE.name), data)
    assert facts["macro_f1_unbiased"] >= FLOOR_MACRO_F1
    assert facts["macro_f1_by_confidence"]["3"] >= FLOOR_SURE
    check_fold(TONE, data, (*extras, *tone_invented()))
