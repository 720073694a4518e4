"""`evaluate` reads every labelled table of the data folder and says which one it cannot."""

from pathlib import Path

import pytest
from classifier.training.data import DataError
from classifier.training.evaluate import evaluate_file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("test.tsv", "warga senang jalan mulus\tpositive\nwarga kecewa jalan rusak\tnegative\n"),
        ("test.csv", "id,text,label\n1,warga senang jalan mulus,positive\n2,warga kecewa jalan rusak,negative\n"),
        ("headlines.csv", "judul,sentimen\nWarga Senang Jalan Mulus,positif\nWarga Kecewa Jalan Rusak,negatif\n"),
    ],
)
def test_a_table_of_texts_has_a_figure_for_the_tone(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    report = evaluate_file(path)
    assert str(path) in report
    assert "of 2" in report


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wrong.tsv", "warga senang\tgembira\n"),
        ("wrong.csv", "kolom\nwarga senang\n"),
        ("wrong_label.csv", "judul,sentimen\nWarga Senang,gembira\n"),
        ("empty.csv", "text,label\n"),
        ("empty.jsonl", ""),
    ],
)
def test_a_table_that_is_not_one_of_them_is_named(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=name):
        evaluate_file(path)
