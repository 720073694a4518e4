"""What people corrected, as the rows that the classifier's training reads."""

import json
from pathlib import Path
from typing import Any

from classifier.training.corrections import corrected_rows
from contract.learnt import ArticleCorrected
from search.domain.training import training_rows

from tests.builders.learnt import corrected, grouped, withdrawal
from tests.builders.routed import assignment, routed
from tests.fakes.correction_line import CorrectionLine

TEXT = "RSUD Dr. Soetomo dikeluhkan pasien.\n\nDinas Pendidikan Jawa Timur membuka beasiswa."
MESSAGE = routed(text=TEXT, assignments=[assignment("rsud-soetomo", "unit")])
MONTH = MESSAGE.article.month


def rows(*events: ArticleCorrected, then: Any = None) -> list[dict[str, Any]]:
    line = CorrectionLine()
    line.route(MESSAGE)
    line.learn(grouped(of=MESSAGE, copy_group="salinan-1"), *events)
    if then is not None:
        line.route(then)
    annotation, document = line.annotation(MESSAGE.article.article_id), line.document(MESSAGE.article.article_id, MONTH)
    assert annotation is not None
    assert document is not None
    return json.loads(json.dumps(training_rows(annotation, document)))


def test_a_row_tells_what_the_machine_said_what_a_person_says_and_the_text() -> None:
    (row,) = rows(corrected("sentiment", "neutral", "negative", "rsud-soetomo", "unit", of=MESSAGE))
    assert row == {
        "article_id": MESSAGE.article.article_id,
        "correction_id": "koreksi-0001",
        "title": MESSAGE.article.title,
        "text": TEXT,
        "content_hash": MESSAGE.article.content_hash,
        "what": "sentiment",
        "entity_id": "rsud-soetomo",
        "kind": "unit",
        "before": "neutral",
        "after": "negative",
        "by_role": "humas-opd",
        "at": "2026-11-24T05:01:00.000+00:00",
        "origin": "person",
    }


def test_only_what_holds_teaches() -> None:
    first = corrected("tone", "neutral", "negative", of=MESSAGE)
    lost = corrected("tone", "neutral", "positive", of=MESSAGE, number=2, by="Agus")
    undone = corrected("severity", 2, 5, of=MESSAGE, number=3)
    assert [row["after"] for row in rows(first, lost, undone, withdrawal(undone))] == ["negative"]


def test_what_was_said_of_a_text_that_changed_teaches_nothing() -> None:
    newer = routed(text="Isi yang lain.", revision=2, assignments=[assignment("rsud-soetomo", "unit")])
    assert rows(corrected("tone", "neutral", "negative", of=MESSAGE), then=newer) == []


def test_what_a_copy_inherited_is_marked() -> None:
    inherited = corrected(
        "tone", "neutral", "negative", of=MESSAGE, origin="copy", copied_from="c" * 32, copy_group="salinan-1"
    )
    (row,) = rows(inherited)
    assert (row["origin"], row["copied_from"]) == ("copy", "c" * 32)


def test_the_classifiers_training_reads_every_row(tmp_path: Path) -> None:
    start = TEXT.index("Dinas Pendidikan")
    span = {"field": "text", "start": start, "end": start + 16}
    found = rows(
        corrected("tone", "neutral", "negative", of=MESSAGE),
        corrected("sentiment", "neutral", "negative", "rsud-soetomo", "unit", of=MESSAGE, number=2),
        corrected(
            "mention", "removed", "added", "dindik", "opd", of=MESSAGE, number=3, sentiment="positive", span=span
        ),
        corrected("category", ("kesehatan",), ("ekonomi",), of=MESSAGE, number=4),
    )
    assert [row["evidence"] for row in found if "evidence" in row] == ["Dinas Pendidikan"]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    read = corrected_rows(path)
    assert (len(read.tone.labels), len(read.target.labels), read.n_passed_over) == (1, 2, 1)
