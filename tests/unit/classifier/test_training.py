"""Training on a small invented set: the same data gives the same bytes, and what is wrong is said."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from classifier.adapters.linear import LABELS, ModelError, Voice, load_model
from classifier.adapters.vectors import VectorSpec
from classifier.domain.article import ArticleText
from classifier.domain.sentiment.features import Features
from classifier.training.data import DataError, target_patterns, tone_patterns, tone_rows
from classifier.training.fit import Encoded, fit
from classifier.training.labels import Later, packaged_labels
from classifier.training.train import TARGET, TONE, target_data, target_invented, tone_data, tone_invented, write
from contract.messages import Sentiment
from numpy.typing import NDArray

TONES = [
    ("negative", "Warga keluhkan jalan rusak"),
    ("neutral", "Jadwal layanan samsat"),
    ("positive", "Siswa raih medali emas"),
]

LATER = Later(
    articles={"x": ArticleText("Warga keluhkan antrean", "Warga keluhkan antrean di Dinas 3 kemarin.")},
    tone_items=[{"article": "x", "tone": "negative", "confidence": 3}],
    tone_second=[{"id": "1", "tone": "neutral", "confidence": 1}],
    tone_passages=[{"article": "x", "start": 0, "end": 42, "tone": "negative", "confidence": 2}],
    target_windows=[{"article": "x", "start": 26, "end": 33, "sentiment": "negative", "confidence": 3}],
    target_second=[{"id": "2", "sentiment": "positive", "confidence": 1}],
)


class Parrot:
    """Stands for an encoder: says rows in order."""

    def __init__(self, rows: NDArray[np.float64]) -> None:
        self._rows = rows

    def decisions(self, features: Sequence[Features]) -> NDArray[np.float32]:
        return self._rows[: len(features)].astype(np.float32)


def small(spec: VectorSpec) -> VectorSpec:
    return replace(spec, blocks=tuple(replace(block, bits=10) for block in spec.blocks), mark_bits=8)


def write_tone(path: Path) -> Path:
    rows = [
        {
            "id": str(i),
            "title": f"{title} nomor {i}",
            "lead": f"{title} di kota {i}.",
            "tone": tone,
            "confidence": 1 + i % 3,
        }
        for i in range(6)
        for tone, title in TONES
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_target(path: Path) -> Path:
    rows = [
        {
            "id": str(i),
            "title": f"{title} {i}",
            "window": f"{title} oleh [[Dinas {i}]] kemarin.",
            "sentiment": tone,
            "confidence": 2,
        }
        for i in range(6)
        for tone, title in TONES
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    write_tone(news / "tone.jsonl")
    write_target(news / "target.jsonl")
    for name in ("one", "two"):
        small_tone, small_target = replace(TONE, spec=small(TONE.spec)), replace(TARGET, spec=small(TARGET.spec))
        tones, extras = tone_data(tmp_path, LATER)
        fitted = fit(small_tone, tones, (*extras, *tone_invented()))
        write(small_tone, fitted, tmp_path / name)
        targets = target_data(tmp_path, LATER).with_tones(tones, fitted.held_out, fitted)
        write(small_target, fit(small_target, targets.rows, (*targets.others, *target_invented())), tmp_path / name)
    for file in ("tone.npz", "tone.json", "target.npz", "target.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_loaded_model_judges_and_has_a_version(tmp_path: Path) -> None:
    rows = tone_rows(write_tone(tmp_path / "tone.jsonl"))
    recipe = replace(TONE, spec=small(TONE.spec))
    write(recipe, fit(recipe, rows), tmp_path)
    model = load_model(tmp_path, "tone")
    judged = model.judge(rows.features[:3])
    assert [item.label.value for item in judged] == ["negative", "neutral", "positive"]
    assert all(abs(sum(item.probabilities.values()) - 1.0) < 1e-6 for item in judged)
    assert model.version.startswith("tone-")
    assert model.judge([]) == []


def test_a_missing_or_broken_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="tone"):
        load_model(tmp_path, "tone")
    (tmp_path / "tone.json").write_text("{}")
    (tmp_path / "tone.npz").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="tone"):
        load_model(tmp_path, "tone")


@pytest.mark.parametrize("line", ['{"title": "a", "lead": "b", "tone": "bad"}', '{"title": "a"}', "{"])
def test_a_bad_row_names_its_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "tone.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(DataError, match=r"tone\.jsonl"):
        tone_rows(path)


def test_a_pattern_without_label_or_target_is_refused() -> None:
    with pytest.raises(DataError, match="label"):
        target_patterns(["buruk Warga [[X]]."])
    with pytest.raises(DataError, match="marks no target"):
        target_patterns(["neg Warga X."])
    with pytest.raises(DataError, match="label"):
        tone_patterns(["baik Judul | Kalimat."])
    with pytest.raises(DataError, match="tone patterns line 1"):
        tone_patterns(["pos Judul tanpa kalimat"])


def test_a_pattern_may_have_a_title_before_its_sentence() -> None:
    alone, titled = target_patterns(["neg Loket [[X]] tutup.", "neg Pasien Telantar || Loket [[X]] tutup."]).features
    assert (alone.blocks[0], titled.blocks[0]) == ("", "Pasien Telantar")
    assert alone.blocks[1] == titled.blocks[1]


def test_later_rows_teach_and_are_not_scored(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    write_tone(news / "tone.jsonl")
    rows, (second, passages) = tone_data(tmp_path, LATER)
    assert rows.n_scored == len(rows.labels) - 1
    assert second.groups == [rows.groups[5]]
    assert (passages.groups, passages.titles) == ([rows.groups[-1]], ["Warga keluhkan antrean"])
    assert passages.features[0].blocks[0] == "Warga keluhkan antrean di Dinas 3 kemarin."
    facts = fit(replace(TONE, spec=small(TONE.spec)), rows, (*tone_invented(), second, passages)).facts
    assert (facts["n_rows"], facts["n_taught"]) == (18, 19)
    with pytest.raises(DataError, match="nowhere"):
        tone_data(tmp_path, replace(LATER, tone_items=[{"article": "nowhere", "tone": "neutral"}]))


def test_targets_know_the_tone_that_a_model_without_their_article_gave(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    write_tone(news / "tone.jsonl")
    write_target(news / "target.jsonl")
    tones, _ = tone_data(tmp_path, LATER)
    fitted = fit(replace(TONE, spec=small(TONE.spec)), tones)
    before = target_data(tmp_path, LATER)
    after = before.with_tones(tones, fitted.held_out, fitted)
    assert not any(name.startswith("tone") for name in before.rows.features[0].marks)
    assert all("tone.negative" in item.marks for item in after.rows.features)
    second, windows = after.others
    assert second.features == [after.rows.features[8]]
    assert windows.features[0].marks["tone.negative"] == 2.0 * fitted.held_out[-1].probabilities[Sentiment.NEGATIVE]


def test_the_encoder_counts_as_much_as_held_out_rows_bear_out(tmp_path: Path) -> None:
    rows = tone_rows(write_tone(tmp_path / "tone.jsonl"))
    recipe = replace(TONE, spec=small(TONE.spec), margin=100.0)
    right = np.eye(3)[rows.labels] * 5.0
    fitted = fit(recipe, rows, encoded=Encoded(Parrot(right), right))
    assert fitted.voice is not None
    assert fitted.voice.scale > 0.0
    assert fitted.facts["macro_f1_encoder"] == fitted.facts["macro_f1"] == 1.0
    write(recipe, fitted, tmp_path)
    with pytest.raises(ModelError, match="needs the encoder"):
        load_model(tmp_path, "tone")
    judged = load_model(tmp_path, "tone", encoder=Parrot(right[::-1] * 99.0)).judge(rows.features)
    assert [item.label for item in judged[-1:]] == [LABELS[rows.labels[0]]]


def test_a_text_whose_label_leads_clearly_is_not_put_to_the_encoder() -> None:
    voice = Voice(scale=0.5, margin=1.0)
    decisions = np.array([[0.0, 3.0, 0.0], [0.0, 0.5, 0.0], [2.0, 1.5, 0.0]])
    assert voice.asked(decisions).tolist() == [1, 2]
    blended = voice.blend(decisions, np.full((3, 3), 2.0))
    assert blended.tolist() == [[0.0, 3.0, 0.0], [1.0, 1.5, 1.0], [3.0, 2.5, 1.0]]
    assert decisions[1].tolist() == [0.0, 0.5, 0.0]


def test_packaged_labels_have_no_texts() -> None:
    for file in (
        "tone_items.jsonl",
        "tone_second.jsonl",
        "tone_passages.jsonl",
        "target_windows.jsonl",
        "target_second.jsonl",
    ):
        rows = packaged_labels(file)
        assert rows
        assert all(isinstance(value, int) or len(value) <= 16 for row in rows for value in row.values())
