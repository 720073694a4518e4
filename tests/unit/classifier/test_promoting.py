"""A model goes live by an explicit step, whole or not at all, and can be taken back."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spacy
from classifier.__main__ import main
from classifier.adapters.linear import ModelError
from classifier.adapters.packaged import models_folder
from classifier.training.promote import HISTORY, digest_of, previous_of, promote, take_back
from spacy.tokens import DocBin

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    """The same models with another note: other bytes, as a new training would give."""
    folder = Path(shutil.copytree(models_folder(), tmp_path / "candidate"))
    spec = json.loads((folder / "tone.json").read_text("utf-8"))
    (folder / "tone.json").write_text(json.dumps(spec | {"note": "second"}), "utf-8")
    return folder


def test_a_candidate_goes_live_and_who_and_when_are_kept(live: Path, candidate: Path) -> None:
    before = digest_of(live)
    done = promote(candidate, live, by="Rina", at=NOW)
    assert done.changed
    assert digest_of(live) == digest_of(candidate) == done.after
    assert digest_of(previous_of(live)) == before
    row = json.loads((live.parent / HISTORY).read_text("utf-8"))
    assert (row["by"], row["before"], row["after"], row["at"]) == (
        "Rina",
        before,
        done.after,
        "2026-11-25T09:00:00+00:00",
    )


def test_a_promotion_can_be_taken_back_and_made_again(live: Path, candidate: Path) -> None:
    before = digest_of(live)
    promote(candidate, live, by="Rina", at=NOW)
    take_back(live, by="Budi", at=NOW)
    assert digest_of(live) == before
    take_back(live, by="Budi", at=NOW)
    assert digest_of(live) == digest_of(candidate)
    assert len((live.parent / HISTORY).read_text("utf-8").splitlines()) == 3


def test_a_candidate_that_cannot_be_read_changes_nothing(live: Path, candidate: Path) -> None:
    before = digest_of(live)
    (candidate / "tone.npz").write_bytes(b"cut off")
    with pytest.raises(ModelError, match=r"model tone in .*candidate cannot be read"):
        promote(candidate, live, by="Rina", at=NOW)
    assert digest_of(live) == before
    assert not previous_of(live).exists()


def test_what_is_live_already_is_not_promoted_again(live: Path) -> None:
    assert not promote(models_folder(), live, by="Rina", at=NOW).changed
    assert not (live.parent / HISTORY).exists()


def test_nobody_promotes_without_a_name(live: Path, candidate: Path) -> None:
    with pytest.raises(ModelError, match="--by"):
        promote(candidate, live, by=" ", at=NOW)


def test_there_is_nothing_to_take_back_before_the_first_promotion(live: Path) -> None:
    with pytest.raises(ModelError, match="nothing was promoted"):
        take_back(live, by="Rina", at=NOW)


def test_the_command_promotes_and_takes_back(live: Path, candidate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["promote", str(candidate), "--by", "Rina", "--live", str(live)]) == 0
    assert "restart it" in capsys.readouterr().out
    assert main(["promote", "--back", "--by", "Rina", "--live", str(live)]) == 0
    assert main(["promote", str(live / "missing"), "--by", "Rina", "--live", str(live)]) == 2


def test_the_command_prints_flips_and_writes_them(
    candidate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = tmp_path / "a.jsonl"
    articles.write_text(json.dumps({"id": "x", "title": "Dinkes Jatim siaga", "text": "Warga tenang."}) + "\n", "utf-8")
    assert main(["flips", str(candidate), str(articles), "--out", str(tmp_path / "flips.jsonl")]) == 0
    assert "0 labels change in 1 articles" in capsys.readouterr().out
    assert (tmp_path / "flips.jsonl").read_text("utf-8") == ""


def test_the_command_writes_a_docbin_that_spacy_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "c1", "text": "Dinkes Jatim siaga.", "opd": ["dinkes"]}) + "\n", "utf-8")
    assert main(["docbin", str(rows), "--out", str(tmp_path / "rows.spacy")]) == 0
    (doc,) = DocBin().from_disk(tmp_path / "rows.spacy").get_docs(spacy.blank("id").vocab)
    assert [span.kb_id_ for span in doc.spans["gold"]] == ["dinkes"]
