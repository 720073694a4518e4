"""The query language: what it understands, what it refuses and how it says so."""

from datetime import UTC, datetime

import pytest
from contract.gazetteer import load_gazetteer
from hypothesis import given, settings
from hypothesis import strategies as st
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.query.elastic import compile_query
from search.domain.query.lexer import MAX_QUERY_CHARS
from search.domain.query.parser import parse
from search.domain.query.tree import And, Keyword, Node, Not, Or, Phrase, Prefix, Published, Severity, Words
from search.domain.vocabulary import vocabulary_of

VOCABULARY = vocabulary_of(load_gazetteer())


def tree(query: str) -> Node | None:
    return parse(query, VOCABULARY)


def flaw_of(query: str) -> Flaw:
    with pytest.raises(InvalidRequestError) as raised:
        tree(query)
    return raised.value.flaws[0]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", None),
        ("   ", None),
        ("banjir", Words(("banjir",))),
        ("dinas kesehatan jatim", Words(("dinas", "kesehatan", "jatim"))),
        ("jalan dan jembatan", Words(("jalan", "dan", "jembatan"))),
        ("banjir AND jember", And((Words(("banjir",)), Words(("jember",))))),
        ("banjir DAN jember", And((Words(("banjir",)), Words(("jember",))))),
        ("banjir ATAU longsor", Or((Words(("banjir",)), Words(("longsor",))))),
        ("banjir TANPA jember", And((Words(("banjir",)), Not(Words(("jember",)))))),
        ("banjir -jember", And((Words(("banjir",)), Not(Words(("jember",)))))),
        ("BUKAN banjir", Not(Words(("banjir",)))),
        ("NOT NOT banjir", Words(("banjir",))),
        ("a b OR c", Or((Words(("a", "b")), Words(("c",))))),
        ("a (b OR c)", And((Words(("a",)), Or((Words(("b",)), Words(("c",))))))),
        ('"rumah sakit"', Phrase("rumah sakit")),
        ("“rumah sakit”~5", Phrase("rumah sakit", 5)),
        ("Vaksin*", Prefix("vaksin")),
        ("judul:banjir", Words(("banjir",), "title")),
        ('isi:"jalan rusak"~2', Phrase("jalan rusak", 2, "text")),
        ("penulis:redaksi", Words(("redaksi",), "authors")),
        ("opd:DINKES", Keyword("opd", "dinkes")),
        ("opd:dinkes,dindik", Or((Keyword("opd", "dinkes"), Keyword("opd", "dindik")))),
        ("opd:(dinkes OR dindik)", Or((Keyword("opd", "dinkes"), Keyword("opd", "dindik")))),
        ("nada:negatif", Keyword("tone", "negative")),
        ("media:antara", Keyword("outlet", "antara")),
        ("keparahan:4", Severity(4, 4)),
        ("keparahan:>=4", Severity(4, 5)),
        ("keparahan:2..3", Severity(2, 3)),
        ("jam 10:30", Words(("jam", "10:30"))),
        ("https://x.id/a", Words(("https://x.id/a",))),
        ("COVID-19", Words(("COVID-19",))),
    ],
)
def test_a_query_means_this(query: str, wanted: Node | None) -> None:
    assert tree(query) == wanted


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ("tanggal:2026-11-24", datetime(2026, 11, 23, 17, tzinfo=UTC), datetime(2026, 11, 24, 17, tzinfo=UTC)),
        ("tanggal:24-11-2026", datetime(2026, 11, 23, 17, tzinfo=UTC), datetime(2026, 11, 24, 17, tzinfo=UTC)),
        ("tanggal:>=2026-11-24", datetime(2026, 11, 23, 17, tzinfo=UTC), None),
        ("tanggal:>2026-11-24", datetime(2026, 11, 24, 17, tzinfo=UTC), None),
        ("tanggal:<2026-11-24", None, datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (
            "tanggal:[2026-11-01 TO 2026-11-02]",
            datetime(2026, 10, 31, 17, tzinfo=UTC),
            datetime(2026, 11, 2, 17, tzinfo=UTC),
        ),
        (
            "tanggal:2026-11-01..2026-11-02",
            datetime(2026, 10, 31, 17, tzinfo=UTC),
            datetime(2026, 11, 2, 17, tzinfo=UTC),
        ),
        ("tanggal:[* TO 2026-11-02]", None, datetime(2026, 11, 2, 17, tzinfo=UTC)),
        ("tanggal:>=2026-11-24T06:30+00:00", datetime(2026, 11, 24, 6, 30, tzinfo=UTC), None),
    ],
)
def test_a_day_is_a_day_in_wib(query: str, since: datetime | None, until: datetime | None) -> None:
    assert tree(query) == Published(since, until)


@pytest.mark.parametrize(
    ("query", "position", "said"),
    [
        ("(banjir", 0, "tidak ditutup"),
        ("banjir)", 6, "tanpa kurung buka"),
        ("banjir ()", 7, "kosong"),
        ("banjir AND", 10, "berakhir sesudah “AND”"),
        ("OR banjir", 0, "tidak bisa berdiri di sini"),
        ("banjir AND OR longsor", 11, "tidak bisa berdiri di sini"),
        ('"rumah sakit', 0, "tidak ditutup"),
        ('""', 0, "kosong"),
        ('"a b"~x', 5, "harus angka"),
        ("*banjir", 0, "di akhir kata"),
        ("ban*jir", 3, "di akhir kata"),
        ("b*", 0, "paling sedikit 2 huruf"),
        ("dinas:dinkes", 0, "tidak dikenal"),
        ("opd:dinks", 4, "“dinks” tidak dikenal"),
        ("opd:", 0, "belum berisi nilai"),
        ("opd:din*", 4, "harus lengkap"),
        ("opd:(judul:x)", 5, "di dalam bidang"),
        ("tanggal:kemarin", 8, "tidak terbaca"),
        ("tanggal:2026-02-30", 8, "tidak terbaca"),
        ("tanggal:[2026-11-02 TO 2026-11-01]", 8, "sesudah tanggal akhir"),
        ("keparahan:9", 10, "1 sampai 5"),
        ("judul:[a TO b]", 6, "hanya untuk tanggal"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_way_out(query: str, position: int, said: str) -> None:
    flaw = flaw_of(query)
    assert said in flaw.message
    assert flaw.position == position
    assert flaw.hint


def test_a_misspelt_agency_is_answered_with_the_nearest() -> None:
    assert "dinkes" in flaw_of("opd:dinks").hint


@pytest.mark.parametrize("query", ["x" * (MAX_QUERY_CHARS + 1), "(" * 60, "a OR " * 60 + "a", "ab* " * 9, "NOT " * 80])
def test_a_query_beyond_the_limits_is_refused_not_run(query: str) -> None:
    assert flaw_of(query).parameter == "q"


OPERATORS = ["AND", "OR", "NOT", "DAN", "(", ")", '"', "~5", "~", "*", "-", "[", "]", "TO", ">=", "..", ","]
VALUES = ["opd:", "dinkes", "judul:", "tanggal:", "2026-11-24", "banjir", "ban*", "nada:negatif", "keparahan:", "3"]
ODDITIES = [" ", "  ", "\\", "é", "\x00", "𝔘"]
PIECES = st.sampled_from([*OPERATORS, *VALUES, *ODDITIES])


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=80)
    )
)
def test_whatever_is_typed_is_a_query_or_a_mistake_that_is_told(query: str) -> None:
    try:
        found = tree(query)
        flaws = ()
    except InvalidRequestError as error:
        found, flaws = None, error.flaws
    assert all(flaw.message and flaw.hint for flaw in flaws)
    assert all(flaw.position is not None and 0 <= flaw.position <= len(query) for flaw in flaws)
    assert found is None or compile_query(found)


def test_words_side_by_side_are_asked_together_and_each_alone() -> None:
    query = compile_query(Words(("dinas", "kesehatan")))
    together, each = query["bool"]["should"]
    assert together["combined_fields"]["query"] == "dinas kesehatan"
    assert len(each["bool"]["must"]) == 2


def test_stop_words_are_left_out_unless_nothing_else_is_there() -> None:
    assert compile_query(Words(("banjir", "di")))["combined_fields"]["query"] == "banjir"
    assert "yang di" in str(compile_query(Words(("yang", "di"))))


def test_what_the_analyzer_makes_nothing_of_decides_nothing_also_under_not() -> None:
    assert compile_query(Words(("--",)))["combined_fields"]["zero_terms_query"] == "all"
    negated = compile_query(Not(Words(("--",))))["bool"]["must_not"][0]
    assert negated["combined_fields"]["zero_terms_query"] == "none"


@pytest.mark.parametrize("query", ["--", "…", "banjir ATAU --", "TANPA ?!", "judul:&", "- -"])
def test_a_query_of_punctuation_is_refused_instead_of_finding_everything(query: str) -> None:
    with pytest.raises(InvalidRequestError, match="hanya tanda baca"):
        parse(query, VOCABULARY)


def test_punctuation_beside_words_does_not_matter() -> None:
    assert parse("banjir -- Jember", VOCABULARY) is not None


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("perlu_dibaca:ya", "needs_reading", "true"),
        ("nada:perlu-dibaca", "tone", "needs_reading"),
        ("asal:liputan", "origin", "earned"),
        ("salinan:tanpa", "copies", "hide"),
        ("hilang:tidak", "vanished", "false"),
        ("usulan:dinkes", "suggested", "dinkes"),
        ("cerita:abc-1", "story", "abc-1"),
    ],
)
def test_what_was_learnt_about_an_article_can_be_asked_for(query: str, field: str, value: str) -> None:
    assert parse(query, VOCABULARY) == Keyword(field, value)
