"""What is written for a message, and what Elasticsearch's answers mean."""

import json
from datetime import UTC, datetime

import pytest
from contract.codec import encode
from contract.gazetteer import load_gazetteer
from contract.messages import ArticleDisposed
from contract.names import Names
from contract.outcomes import Outcome, Service
from contract.topics import ARTICLES_ROUTED
from search.domain.batch import Received, judge, plan_batch
from search.domain.document import LEAD_CHARS, article_document, article_write, disposition_write, is_sample, lead_of
from search.domain.swap import first_index, month_alias_of, next_index, plan_swap
from search.domain.template import (
    ARTICLE_PROPERTIES,
    DISPOSITION_PROPERTIES,
    protected_words,
    synonym_rules,
    templates,
    words_of,
)
from search.domain.verdicts import Answer, Verdict, verdict_of

from tests.builders.routed import NOON, assignment, many_routed, routed

GAZETTEER = load_gazetteer()


def received(value: bytes, offset: int = 0) -> Received:
    return Received(ARTICLES_ROUTED, "articles.routed", 0, offset, b"key", value)


def test_an_article_carries_its_assignments_as_mentions_and_as_arrays() -> None:
    message = routed(
        assignments=[
            assignment("rsud-soetomo", "unit", "negative"),
            assignment("dinkes", "opd", "negative", derived=True, via=("rsud-soetomo",)),
            assignment("kota-surabaya", "region"),
            assignment("bakorwil-bojonegoro", "bakorwil", derived=True, via=("kota-surabaya",)),
        ]
    )
    found = article_document(message, NOON)
    assert (found["opd"], found["unit"], found["region"]) == (["dinkes"], ["rsud-soetomo"], ["kota-surabaya"])
    assert found["bakorwil"] == ["bakorwil-bojonegoro"]
    assert found["mentions"][1] == {
        "id": "dinkes",
        "kind": "opd",
        "sentiment": "negative",
        "score": 0.9,
        "evidence": "Kalimat tentang dinkes.",
        "rule": "rolled_up",
        "reason": "dinkes disebut dengan nama lengkap",
        "derived": True,
        "via": ["rsud-soetomo"],
        "cues": [],
        "uncertain": False,
    }


@pytest.mark.parametrize("message", many_routed(20))
def test_every_field_of_a_document_is_in_the_template(message: object) -> None:
    found = article_document(message, NOON)  # type: ignore[arg-type]  # parametrize gives an object
    assert set(found) <= set(ARTICLE_PROPERTIES)
    assert {key for one in found["mentions"] for key in one} <= set(ARTICLE_PROPERTIES["mentions"]["properties"])
    json.dumps(found)


def test_every_field_of_a_disposition_is_in_the_template() -> None:
    disposed = ArticleDisposed(
        article_id="a" * 32,
        revision=1,
        service=Service.ROUTER,
        outcome=Outcome.PASSED,
        at=NOON,
        url="u",
        canonical_url="u",
    )
    write = disposition_write(disposed)
    assert set(write.source) <= set(DISPOSITION_PROPERTIES)
    assert write.id == f"{'a' * 32}.1.router"


def test_a_later_revision_has_a_higher_version_than_any_generation_of_an_earlier_one() -> None:
    first, second = article_write(routed(generation=999), NOON), article_write(routed(revision=2), NOON)
    assert first.id == second.id
    assert first.version is not None
    assert second.version is not None
    assert second.version > first.version


def test_the_month_first_seen_names_the_index_also_when_the_date_of_publication_is_another() -> None:
    seen = datetime(2026, 10, 31, 23, 59, tzinfo=UTC)
    assert article_write(routed(published_at=NOON, first_seen_at=seen), NOON).month == "2026.10"


def test_a_lead_is_cut_at_a_word() -> None:
    lead = lead_of("kata " * 200)
    assert len(lead) <= LEAD_CHARS + 2
    assert lead.endswith("kata …")
    assert lead_of("a\n\nb") == "a b"


def test_outlets_of_the_sample_newsroom_are_known_by_their_names() -> None:
    assert is_sample("kabar-contoh")
    assert is_sample("contoh-desa")
    assert not is_sample("antara")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.WRITTEN),
        (201, Verdict.WRITTEN),
        (409, Verdict.NEWER_THERE),
        (400, Verdict.REFUSED),
        (413, Verdict.REFUSED),
        (404, Verdict.LATER),
        (403, Verdict.LATER),
        (429, Verdict.LATER),
        (503, Verdict.LATER),
    ],
)
def test_only_the_documents_own_fault_is_final(status: int, verdict: Verdict) -> None:
    assert verdict_of(Answer(status)) is verdict


def test_a_batch_gives_each_article_one_disposition() -> None:
    messages = many_routed(4)
    batch = [received(encode(message), place) for place, message in enumerate(messages)]
    plan = plan_batch(batch, NOON)
    answers = [Answer(201), Answer(409, "version conflict"), Answer(400, "mapper_parsing_exception"), Answer(200)]
    result = judge(batch, plan, answers, NOON)
    assert [(one.outcome, one.reason) for one in result.dispositions] == [
        (Outcome.INDEXED, ""),
        (Outcome.INDEXED, "superseded"),
        (Outcome.DEAD, "refused_by_elasticsearch"),
        (Outcome.INDEXED, ""),
    ]
    assert [failure.stage for failure in result.failures] == ["index"]
    assert result.went_well == [True, True, False, True]


def test_an_article_that_does_not_decode_is_counted_as_dead_where_it_names_itself() -> None:
    message = routed()
    broken = encode(message).replace(b'"month":"2026.11"', b'"month":"kemarin"')
    batch = [received(broken), received(b"{", 1), received(b"[]", 2), received(b'{"article": 3}', 3), received(b"", 4)]
    result = judge(batch, plan_batch(batch, NOON), [], NOON)
    (disposed,) = result.dispositions
    assert (disposed.article_id, disposed.outcome, disposed.reason) == (
        message.article.article_id,
        "dead",
        "undecodable",
    )
    assert result.went_well == [False] * 5


def test_places_and_abbreviations_are_kept_from_the_stemmer_and_words_of_the_language_are_not() -> None:
    protected = set(protected_words(GAZETTEER))
    assert {"kediri", "kedewan", "menganti", "batuan", "soetomo", "dinkes", "rsud"} <= protected
    assert not {"kesehatan", "pendidikan", "perhubungan", "pelayanan"} & protected


def test_every_word_of_a_place_name_is_protected() -> None:
    protected = set(protected_words(GAZETTEER))
    places = [row.name for row in GAZETTEER.regions] + [row.name for row in GAZETTEER.kecamatan]
    missing = {word for name in places for word in words_of(name) if len(word) > 1 and not word.isdigit()} - protected
    assert not missing


def test_an_abbreviation_is_a_synonym_of_the_full_name() -> None:
    rules = synonym_rules(GAZETTEER)
    assert "dinkes, dinas kesehatan" in rules
    assert any(rule.startswith("bpkad, badan pengelola keuangan dan aset daerah") for rule in rules)
    assert all("," in rule and rule == rule.lower() for rule in rules)


def test_templates_of_two_namespaces_do_not_meet() -> None:
    one, two = (templates(GAZETTEER, Names(namespace)) for namespace in ("", "uji-"))
    assert not set(one) & set(two)
    assert one["pantau-articles"]["index_patterns"] == ["articles-*"]
    assert two["uji-pantau-articles"]["index_patterns"] == ["uji-articles-*"]


def test_indices_are_numbered() -> None:
    assert first_index("articles-2026.11") == "articles-2026.11-000001"
    assert next_index("articles-2026.11-000009") == "articles-2026.11-000010"
    assert month_alias_of("uji-articles-2026.11-000010") == "uji-articles-2026.11"
    with pytest.raises(ValueError, match="not named"):
        next_index("articles")


def test_a_swap_moves_both_aliases_in_one_request() -> None:
    current = {
        "articles-2026.11-000001": {"articles-2026.11", "articles"},
        "articles-2026.10-000001": {"articles-2026.10", "articles"},
    }
    actions = plan_swap(current, {"articles-2026.11-000002"}, "articles")
    removed = [one["remove"] for one in actions if "remove" in one]
    added = [one["add"] for one in actions if "add" in one]
    assert {(one["index"], one["alias"]) for one in removed} == {
        ("articles-2026.11-000001", "articles-2026.11"),
        ("articles-2026.11-000001", "articles"),
    }
    assert {(one["index"], one["alias"]) for one in added} == {
        ("articles-2026.11-000002", "articles-2026.11"),
        ("articles-2026.11-000002", "articles"),
    }


def test_a_swap_that_was_made_already_has_nothing_to_do() -> None:
    current = {"articles-2026.11-000002": {"articles-2026.11", "articles"}}
    assert plan_swap(current, {"articles-2026.11-000002"}, "articles") == []


def test_a_swap_without_an_index_to_take_over_from_is_refused() -> None:
    with pytest.raises(ValueError, match="no index serves"):
        plan_swap({}, {"articles-2026.11-000002"}, "articles")
    two = {f"articles-2026.11-00000{number}": {"articles-2026.11"} for number in (1, 2)}
    with pytest.raises(ValueError, match="2 indices"):
        plan_swap(two, {"articles-2026.11-000003"}, "articles")
