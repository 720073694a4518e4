"""Javanese and Madurese on the NusaX test parts, by the committed model, which learnt from the training parts only."""

from pathlib import Path

import pytest
from classifier.adapters.linear import LABELS
from classifier.adapters.packaged import load_regional, models_folder
from classifier.domain.language import language_of
from classifier.training.regional import nusax_rows
from sklearn.metrics import f1_score

pytestmark = pytest.mark.quality

PUBLISHED_SVM = {"jv": 0.713, "mad": 0.738}
"""Macro-F1 of the SVM baselines in the NusaX paper, the floor here."""
FLOOR_LANGUAGE = 0.93


@pytest.mark.parametrize("language", PUBLISHED_SVM)
def test_regional_tone_is_at_least_as_good_as_the_published_svm(shared_data: Path, language: str) -> None:
    rows = nusax_rows(shared_data, "test", (language,))
    judged = load_regional(models_folder()).judge(rows.features)
    score = f1_score(rows.labels, [LABELS.index(one.label) for one in judged], average="macro")
    print(f"{language}: macro-F1 {score:.3f} of {len(judged)}, published SVM {PUBLISHED_SVM[language]}")
    wrong = [(one.score, row, label) for one, row, label in zip(judged, rows.rows, rows.labels, strict=True)
             if LABELS[label] is not one.label]  # fmt: skip
    for surest, row, label in sorted(wrong, key=lambda item: -item[0])[:10]:
        print(f"  {row['id']}: {LABELS[label].value}, missed at {surest:.2f}")
    assert score >= PUBLISHED_SVM[language]


@pytest.mark.parametrize("language", PUBLISHED_SVM)
def test_the_language_is_told_from_a_few_words(shared_data: Path, language: str) -> None:
    rows = nusax_rows(shared_data, "test", (language,)).rows
    share = sum(language_of(row["text"]) == language for row in rows) / len(rows)
    print(f"{language}: told right {share:.3f}, floor {FLOOR_LANGUAGE}")
    assert share >= FLOOR_LANGUAGE
