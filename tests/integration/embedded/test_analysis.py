"""The analysis plugin: official names, official parameters, Indonesian as Lucene has it."""

from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

pytestmark = pytest.mark.stack
SENTENCE = "Pelayanan kesehatan masyarakat yang dikeluhkan pasien"


@pytest.fixture
def elastic(elastic_url: str):
    with Elasticsearch(elastic_url) as client:
        yield client


@pytest.fixture
def analyse(elastic: Elasticsearch, namespace: str):
    """Makes an index with one analyzer out of the given parts and returns a function that runs it."""

    def made(**analysis: Any):
        settings = {"number_of_replicas": 0, "analysis": analysis}
        elastic.indices.create(index=f"{namespace}x", settings=settings)
        return lambda text: [
            token["token"]
            for token in elastic.indices.analyze(index=f"{namespace}x", analyzer="a", text=text)["tokens"]
        ]

    yield made
    elastic.indices.delete(index=f"{namespace}x", ignore_unavailable=True)


def custom(*filters: str, char_filters: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "a": {"type": "custom", "tokenizer": "standard", "filter": list(filters), "char_filter": list(char_filters)}
    }


def test_the_indonesian_analyzer_stems_and_drops_stop_words(elastic: Elasticsearch):
    tokens = elastic.indices.analyze(analyzer="indonesian", text=SENTENCE)["tokens"]
    assert [token["token"] for token in tokens] == ["layan", "sehat", "masyarakat", "keluh", "pasien"]


def test_protected_words_are_not_stemmed(analyse):
    run = analyse(
        filter={
            "tempat": {"type": "keyword_marker", "keywords": ["kediri", "menganti"]},
            "akar": {"type": "stemmer", "language": "indonesian"},
        },
        analyzer=custom("lowercase", "tempat", "akar"),
    )
    assert run("Kediri Menganti pelayanan") == ["kediri", "menganti", "layan"]


def test_an_acronym_finds_its_long_form_as_a_phrase(analyse):
    run = analyse(
        filter={"singkatan": {"type": "synonym_graph", "synonyms": ["dinkes, dinas kesehatan"]}},
        analyzer=custom("lowercase", "singkatan"),
    )
    assert run("Dinkes Jatim") == ["dinas", "dinkes", "kesehatan", "jatim"]


def test_synonym_rules_pass_through_the_filters_before_them(analyse):
    run = analyse(
        filter={
            "akar": {"type": "stemmer", "language": "indonesian"},
            "singkatan": {"type": "synonym_graph", "synonyms": ["Dinkes => Dinas Kesehatan"]},
        },
        analyzer=custom("lowercase", "akar", "singkatan"),
    )
    assert run("dinkes") == ["dinas", "sehat"]


def test_markup_and_accents_are_removed_without_any_definition(analyse):
    run = analyse(analyzer=custom("lowercase", "asciifolding", char_filters=("html_strip",)))
    assert run("<p>Café &amp; <b>résumé</b></p>") == ["cafe", "resume"]


def test_folding_may_be_used_in_a_normalizer(analyse):
    analyse(normalizer={"n": {"type": "custom", "filter": ["lowercase", "asciifolding"]}}, analyzer=custom("lowercase"))


def test_the_indonesian_analyzer_takes_its_official_parameters(analyse):
    run = analyse(analyzer={"a": {"type": "indonesian", "stopwords": ["pasien"], "stem_exclusion": ["kesehatan"]}})
    assert run(SENTENCE) == ["layan", "kesehatan", "masyarakat", "yang", "keluh"]


def test_a_stemmer_of_another_language_is_refused(analyse):
    with pytest.raises(BadRequestError, match="only the stemmer of language"):
        analyse(filter={"s": {"type": "stemmer", "language": "dutch"}}, analyzer=custom("s"))


def test_a_keyword_marker_without_words_is_refused(analyse):
    with pytest.raises(BadRequestError, match="keyword filter requires"):
        analyse(filter={"k": {"type": "keyword_marker"}}, analyzer=custom("k"))
