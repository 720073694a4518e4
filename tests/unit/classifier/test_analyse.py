"""The command line without Kafka."""

import codecs
import io
import json
from pathlib import Path

import pytest
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
    assert parse_row(1, b'{"text": "abc", "targets": {"start": 0}}').error == '"targets" must be a list'


def test_a_byte_order_mark_and_windows_line_ends_are_no_error(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(codecs.BOM_UTF8 + b'{"title": "satu"}\r\n\r\n{"title": "dua"}\r\n')
    assert analyse(source, out) == (0, 2)


def test_a_line_that_no_decoder_reads_costs_itself_alone(tmp_path: Path) -> None:
    source, out, errors = tmp_path / "in.jsonl", tmp_path / "out.jsonl", io.StringIO()
    source.write_bytes(b'{"title": "kafe"}\n{"title": "caf\xe9"}\n' + b"[" * 100_000 + b'\n{"title": "lagi"}')
    assert analyse(source, out, errors=errors) == (2, 4)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert answers[1]["error"] == "not UTF-8: byte 15 of the line is 0xe9"
    assert answers[2]["error"] == "not JSON that can be read: nested too deep"
    assert "error" not in answers[3]


def test_a_text_cut_inside_an_emoji_is_read_and_its_offsets_stay(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(r'{"id": "\ud83d", "title": "\ud83d", "text": "\ude00 ' + TEXT + r' \ud83d"}', encoding="utf-8")
    assert analyse(source, out) == (0, 1)
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert answer["id"] == "\ud83d"
    assert [m["start"] for m in answer["mentions"]] == [START + 2]


def test_the_input_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(ROWS[0], encoding="utf-8")
    assert main(["analyse", str(source), str(tmp_path / ".." / tmp_path.name / "in.jsonl")]) == 2
    assert source.read_text(encoding="utf-8") == ROWS[0]
    assert "is the input itself" in capsys.readouterr().err


def test_models_that_are_not_there_are_named_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(ROWS[0], encoding="utf-8")
    assert main(["analyse", str(source), str(tmp_path / "out"), "--models", str(tmp_path / "none")]) == 2
    said = capsys.readouterr().err
    assert "none/words.npz" in said
    assert len(said.splitlines()) == 1
    assert main(["evaluate", str(tmp_path / "none.jsonl")]) == 2
