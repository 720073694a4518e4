"""Labelled rows become Docs whose spans say what was labelled where."""

import spacy
from classifier.adapters.docbin import GOLD, MARKED, to_docbin

ROW = {
    "id": "x1",
    "text": "Dinkes Jatim dipuji warga Kabupaten Jember.",
    "opd": ["dinkes"],
    "unit": [],
    "region": ["kab-jember", "kab-tuban"],
    "sentiment": {"dinkes": "positive"},
}
WINDOW = {"id": "b1", "title": "Antrean", "window": "Warga mengadu. [[RSUD Haji]] membantah.", "sentiment": "neutral"}


def docs_of(*rows: dict) -> list[spacy.tokens.Doc]:
    vocab = spacy.blank("id").vocab
    return list(to_docbin(rows).get_docs(vocab))


def test_labels_stand_as_spans_with_kind_id_and_sentiment() -> None:
    (doc,) = docs_of(ROW)
    spans = {(span.text, span.label_, span.kb_id_, span.id_) for span in doc.spans[GOLD]}
    assert spans == {("Dinkes Jatim", "opd", "dinkes", "positive"), ("Kabupaten Jember", "region", "kab-jember", "")}


def test_a_label_that_is_not_found_in_the_text_is_kept_apart() -> None:
    (doc,) = docs_of(ROW)
    assert list(doc.user_data["unplaced"]) == ["kab-tuban"]
    assert doc.user_data["id"] == "x1"


def test_a_marked_window_has_its_body_as_a_span_and_no_marks_in_its_text() -> None:
    (doc,) = docs_of(WINDOW)
    assert "[[" not in doc.text
    assert [(span.text, span.label_, span.id_) for span in doc.spans[GOLD]] == [("RSUD Haji", MARKED, "neutral")]


def test_rows_keep_their_order() -> None:
    assert [doc.user_data["id"] for doc in docs_of(ROW, WINDOW)] == ["x1", "b1"]
