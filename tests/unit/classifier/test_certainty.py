"""A score below the model's threshold is uncertain; the threshold is where nine in ten are right."""

import numpy as np
from classifier.adapters.linear import Calibration
from classifier.training.data import Labelled
from classifier.training.fit import RIGHT_WHERE_SURE, calibrate, figures

IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def test_a_low_score_is_uncertain() -> None:
    calibration = Calibration((0.0, 0.0, 0.0), IDENTITY, (0.0, 0.0, 0.0), sure_from=0.8)
    sure, unsure = calibration.judgements(np.array([[4.0, 0.0, 0.0], [1.0, 0.9, 0.0]]))
    assert (sure.uncertain, unsure.uncertain) == (False, True)


def test_above_the_threshold_nine_in_ten_are_right() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, 3_000)
    decisions = rng.normal(0.0, 1.0, (3_000, 3))
    decisions[np.arange(3_000), labels] += 1.2
    calibration = calibrate(decisions, labels)
    rows = [{"confidence": 2}] * 3_000
    data = Labelled([], labels.tolist(), [], list(range(3_000)), rows)
    sure = figures(decisions, labels, calibration, data)["sure"]["all"]
    assert 0.34 < calibration.sure_from < 1.0
    assert 0.0 < sure["coverage"] < 1.0
    assert sure["right"] >= RIGHT_WHERE_SURE
