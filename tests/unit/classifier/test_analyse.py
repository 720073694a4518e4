"""The command line without Kafka."""

import io
import json
from pathlib import Path

from classifier.__main__ import main
from classifier.analyse import analyse, parse_row

TEXT = "Warga memprotes Dinas Perhubungan Jatim karena lampu jalan mati."
START = TEXT.index("Dinas")
ROWS = [
    json.dumps({"id": "a", "title": "Protes", "text": TEXT, "targets": [{"start": START, "end": START + 24}]}),
    "{rusak",
    json.dumps({"text": ""}),
    json.dumps({"title": "Hanya judul"}),
    json.dumps({"title": 3, "text": "x"}),
    json.dumps({"text": "pendek", "targets": [{"start": 2, "end": 99}]}),
    json.dumps({"lain": 1}),
    json.dumps(["daftar"]),
]


def test_each_row_gets_its_answer_in_order_and_errors_name_the_line(tmp_path: Path) -> None:
    source, out, errors = tmp_path / "in.jsonl", tmp_path / "out.jsonl", io.StringIO()
    source.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    assert analyse(source, out, errors=errors) == (5, len(ROWS))
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, False, False, True, True, True, True]
    first = answers[0]
    assert first["id"] == "a"
    assert {"tone", "language", "mentions", "targets", "categories", "severity"} <= first.keys()
    assert [m["id"] for m in first["mentions"]] == ["dishub"]
    assert first["targets"][0]["sentiment"] == "negative"
    assert first["targets"][0]["start"] == START
    assert [f"line {n}:" in errors.getvalue() for n in (2, 5, 6, 7, 8)] == [True] * 5


def test_the_exit_code_tells_whether_all_rows_were_read(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(ROWS[0] + "\n", encoding="utf-8")
    assert main(["analyse", str(source), str(out)]) == 0
    source.write_text(ROWS[0] + "\n" + ROWS[1] + "\n", encoding="utf-8")
    assert main(["analyse", str(source), str(out)]) == 1
    assert main(["analyse", str(tmp_path / "none.jsonl"), str(out)]) == 2


def test_a_target_of_the_wrong_type_is_an_error_of_the_row() -> None:
    assert parse_row(1, '{"text": "abc", "targets": {"start": 0}}').error == '"targets" must be a list'
