"""The pipeline with the committed models, and the handler over it."""

from datetime import UTC, datetime

import pytest
from classifier.adapters.packaged import build_reader
from classifier.adapters.pipeline import Reader, article_doc, build_nlp
from classifier.agents import make_handler
from classifier.domain.article import ArticleText
from contract.codec import decode, encode
from contract.gazetteer import load_gazetteer
from contract.messages import ArticleClassified
from runtime.handling import Handled
from spacy.vocab import Vocab

from tests.builders.articles import collected

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TITLE = "Warga Keluhkan Antrean RSUD Dr. Soetomo"
TEXT = (
    "SURABAYA - Pasien mengeluhkan antrean panjang di RSUD Dr. Soetomo. Mereka menunggu enam jam tanpa kepastian.\n\n"
    'Kepala Dinas Kesehatan Jawa Timur menyatakan akan mengevaluasi layanan. "Kami minta maaf," katanya.\n\n'
    "Sementara itu, Dinkes Kota Surabaya menyiapkan puskesmas."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return build_reader()[0]


def test_every_mention_carries_exactly_its_words(reader: Reader) -> None:
    (reading,) = reader.read([ArticleText(TITLE, TEXT)])
    fields = {"title": TITLE, "text": TEXT}
    assert {m.entity_id for m in reading.mentions} == {"rsud-soetomo", "dinkes", "kota-surabaya"}
    for mention in reading.mentions:
        assert fields[mention.field][mention.start : mention.end] == mention.text
        assert mention.reason
        assert mention.evidence


def test_a_complaint_is_negative_with_its_sentence_as_evidence(reader: Reader) -> None:
    (reading,) = reader.read([ArticleText(TITLE, TEXT)])
    assert reading.tone.label.value == "negative"
    assert "eluhkan" in reading.tone.evidence
    hospital = next(m for m in reading.mentions if m.entity_id == "rsud-soetomo")
    assert hospital.sentiment.value == "negative"
    assert "Soetomo" in hospital.evidence
    assert reading.severity >= 2


def test_category_and_severity_carry_the_words_that_decided(reader: Reader) -> None:
    (reading,) = reader.read([ArticleText(TITLE, TEXT)])
    assert [one.category for one in reading.category_cues] == list(reading.categories)
    assert "rsud" in reading.category_cues[0].words
    assert reading.severity_cues == ("keluhkan",)


def test_a_cue_is_as_long_as_a_message_may_carry(reader: Reader) -> None:
    title = f"Obat {'sangatpanjang' * 20} kosong di RSUD Dr. Soetomo"
    (reading,) = reader.read([ArticleText(title, TEXT)])
    assert max(map(len, reading.severity_cues)) == 120


def test_the_citys_agency_is_no_mention_but_stays_visible(reader: Reader) -> None:
    (reading,) = reader.read([ArticleText(TITLE, TEXT)])
    assert "Dinkes Kota Surabaya" in [other.name for other in reading.others]


def test_ids_are_of_the_gazetteer_and_scores_are_probabilities(reader: Reader) -> None:
    gazetteer = load_gazetteer()
    (reading,) = reader.read([ArticleText(TITLE, TEXT)])
    for mention in reading.mentions:
        assert gazetteer.name_of(mention.entity_id)
        assert 0.0 <= mention.score <= 1.0


def test_a_batch_reads_like_one_by_one(reader: Reader) -> None:
    articles = [ArticleText(TITLE, TEXT), ArticleText("", ""), ArticleText("x", ""), ArticleText("", TEXT)]
    together = list(reader.read(articles))
    assert together == [next(iter(reader.read([article]))) for article in articles]


def test_a_sector_is_only_suggested_when_no_agency_is_named(reader: Reader) -> None:
    text = "Di Jawa Timur, Gubernur menyebut demam berdarah dan stunting masih tinggi; imunisasi dikejar di puskesmas."
    (reading,) = reader.read([ArticleText("", text)])
    assert all(m.kind.value == "region" for m in reading.mentions)
    assert all(s.score <= 0.6 for s in reading.suggestions)


def test_the_doc_keeps_the_text_and_the_sentences() -> None:
    article = ArticleText(TITLE, TEXT)
    doc = article_doc(Vocab(), article)
    assert doc.text == article.joined
    assert len(list(doc.sents)) == len(article.bounds)


def test_the_handler_sends_one_classified_article_that_survives_the_codec(reader: Reader) -> None:
    messages = [collected(1, title=TITLE, text=TEXT), collected(2)]
    handled = make_handler(reader)(messages, NOW)
    assert len(handled) == 2
    for message, item in zip(messages, handled, strict=True):
        assert isinstance(item, Handled)
        (emit,) = item.emits
        assert isinstance(emit.message, ArticleClassified)
        again = decode(encode(emit.message), ArticleClassified)
        assert again.article == message.article
        assert again.classified_at == NOW


def test_an_article_that_cannot_be_read_does_not_hold_back_the_others() -> None:
    class Choosy(Reader):
        def read(self, articles):  # type: ignore[no-untyped-def]  # a fake
            for article in articles:
                if article.title == "rusak":
                    raise RuntimeError("cannot read")
                yield from super().read([article])

    from classifier.adapters.packaged import load_models, load_regional, matters, models_folder, packaged_linker
    from classifier.domain.suggestion import Suggester

    tone, target = load_models(models_folder())
    nlp = build_nlp(packaged_linker(), tone, target, load_regional(models_folder()), Suggester(matters()))
    choosy = Choosy(nlp, tone, target)
    handled = make_handler(choosy)([collected(1), collected(2, title="rusak"), collected(3)], NOW)
    assert [isinstance(item, Handled) for item in handled] == [True, False, True]
