"""What people corrected becomes training rows of the right model, and a broken line is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from classifier.adapters.linear import LABELS
from classifier.training.corrections import WEIGHT, corrected_rows
from classifier.training.data import DataError

TITLE = "Antrean RSUD Dr Soetomo dikeluhkan"
TEXT = "Pasien mengeluh. RSUD Dr Soetomo Surabaya menambah loket. Keluarga pasien masih menunggu."


def write(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps({"title": TITLE, "text": TEXT, **row}) + "\n" for row in rows), "utf-8")
    return path


def labels(extra: Any) -> list[str]:
    return [LABELS[label].value for label in extra.labels]


def test_a_corrected_tone_teaches_the_tone_model(tmp_path: Path) -> None:
    found = corrected_rows(write(tmp_path, {"what": "tone", "after": "negative"}))
    assert (labels(found.tone), labels(found.target)) == (["negative"], [])


def test_a_corrected_sentiment_teaches_the_target_model_at_the_mentions_of_the_body(tmp_path: Path) -> None:
    found = corrected_rows(write(tmp_path, {"what": "sentiment", "entity_id": "rsud-soetomo", "after": "negative"}))
    assert labels(found.target) == ["negative", "negative"]
    assert "dikeluhkan" in found.target.features[0].blocks[0]


def test_the_words_that_a_person_marked_are_the_ones_that_teach(tmp_path: Path) -> None:
    start = TEXT.index("RSUD Dr Soetomo")
    row = {
        "what": "sentiment",
        "entity_id": "rsud-soetomo",
        "after": "positive",
        "span": {"field": "text", "start": start, "end": start + 10},
    }
    found = corrected_rows(write(tmp_path, row))
    assert labels(found.target) == ["positive"]
    assert "menambah loket" in found.target.features[0].blocks[2]


def test_a_marked_body_that_the_linker_does_not_know_still_teaches(tmp_path: Path) -> None:
    span = {"field": "text", "start": 0, "end": 6}
    row = {"what": "mention", "entity_id": "dinkes", "after": "added", "sentiment": "negative", "span": span}
    assert labels(corrected_rows(write(tmp_path, row)).target) == ["negative"]


def test_an_inherited_correction_weighs_little(tmp_path: Path) -> None:
    row = {"what": "tone", "after": "positive"}
    found = corrected_rows(write(tmp_path, row, {**row, "origin": "copy"}))
    assert found.tone.weights == [WEIGHT["person"], WEIGHT["copy"]]
    assert WEIGHT["copy"] < WEIGHT["person"] / 2


def test_other_corrections_are_passed_over_and_counted(tmp_path: Path) -> None:
    found = corrected_rows(
        write(
            tmp_path,
            {"what": "severity", "after": 4},
            {"what": "mention", "entity_id": "rsud-soetomo", "after": "removed"},
        )
    )
    assert (found.tone.labels, found.target.labels, found.n_passed_over) == ([], [], 2)


@pytest.mark.parametrize("row", [{"what": "tone", "after": "buruk"}, {"what": "sentiment", "after": "negative"}])
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="line 2"):
        corrected_rows(write(tmp_path, {"what": "tone", "after": "neutral"}, row))
