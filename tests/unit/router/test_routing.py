"""Who must see an article, and why."""

import random

import pytest
from contract.gazetteer import load_gazetteer
from contract.messages import (
    Assignment,
    CategoryCues,
    EntityKind,
    Jurisdiction,
    Mention,
    OtherBody,
    Sentiment,
    Suggestion,
)
from hypothesis import given
from hypothesis import strategies as st
from router.domain.routing import Routing, route
from router.domain.rules import RoutingRules

from tests.builders.articles import SEEN, a_mention, a_reading, an_article

GAZETTEER = load_gazetteer()
RULES = RoutingRules()
OPD, UNIT, REGION, BAKORWIL = EntityKind.OPD, EntityKind.UNIT, EntityKind.REGION, EntityKind.BAKORWIL
POSITIVE, NEUTRAL, NEGATIVE = Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE


def routed(*mentions: Mention, **article: object) -> Routing:
    return route(a_reading(mentions), an_article(**article), GAZETTEER, RULES, SEEN)


def by_body(routing: Routing) -> dict[tuple[EntityKind, str], Assignment]:
    return {(one.kind, one.entity_id): one for one in routing.assignments}


def test_an_opd_that_is_named_is_assigned_with_its_own_sentiment_and_words():
    found = by_body(routed(a_mention("dinkes", text="Dinkes Jatim", sentiment=NEGATIVE)))[OPD, "dinkes"]
    assert (found.rule, found.sentiment, found.derived) == ("named", NEGATIVE, False)
    assert "“Dinkes Jatim”" in found.reason
    assert found.evidence == "Kalimat tentang Dinkes Jatim."


def test_a_unit_rolls_up_to_its_opd_its_place_and_the_bakorwil_of_that_place():
    found = by_body(routed(a_mention("rsud-saiful-anwar", UNIT, NEGATIVE, score=0.8)))
    assert set(found) == {
        (UNIT, "rsud-saiful-anwar"),
        (OPD, "dinkes"),
        (REGION, "kota-malang"),
        (BAKORWIL, "bakorwil-malang"),
    }
    opd = found[OPD, "dinkes"]
    assert (opd.rule, opd.derived, opd.via) == ("unit_of", True, ("rsud-saiful-anwar",))
    assert (opd.sentiment, opd.score) == (NEGATIVE, 0.8)
    assert opd.reason == "RSUD Dr. Saiful Anwar disebut, unit di bawah Dinas Kesehatan Provinsi Jawa Timur."
    assert found[REGION, "kota-malang"].rule == "located_in"
    assert found[BAKORWIL, "bakorwil-malang"].rule == "region_of"


def test_an_opd_that_is_named_beside_its_unit_keeps_its_own_sentiment():
    found = by_body(routed(a_mention("rsud-haji", UNIT, NEGATIVE), a_mention("dinkes", OPD, POSITIVE)))
    assert (found[OPD, "dinkes"].rule, found[OPD, "dinkes"].sentiment) == ("named", POSITIVE)
    assert not found[OPD, "dinkes"].derived


def test_a_branch_office_of_several_regions_is_located_in_none_but_belongs_to_their_bakorwil():
    found = by_body(routed(a_mention("cabdin-bondowoso", UNIT)))
    assert set(found) == {(UNIT, "cabdin-bondowoso"), (OPD, "dindik"), (BAKORWIL, "bakorwil-jember")}


def test_a_unit_whose_regions_lie_in_two_bakorwil_rolls_up_to_neither():
    found = by_body(routed(a_mention("tahura-raden-soerjo", UNIT)))
    assert set(found) == {(UNIT, "tahura-raden-soerjo"), (OPD, "dishut")}


def test_two_units_of_one_opd_give_one_assignment_over_both():
    found = by_body(routed(a_mention("rsud-haji", UNIT, POSITIVE), a_mention("rsud-soetomo", UNIT, NEGATIVE)))
    assert found[OPD, "dinkes"].via == ("rsud-haji", "rsud-soetomo")
    assert found[OPD, "dinkes"].sentiment == NEGATIVE


def test_a_bakorwil_takes_the_sentiment_of_regions_and_units_together():
    found = by_body(routed(a_mention("kota-malang", REGION), a_mention("rsud-saiful-anwar", UNIT, NEGATIVE)))
    assert found[REGION, "kota-malang"].sentiment == NEUTRAL
    assert found[BAKORWIL, "bakorwil-malang"].sentiment == NEGATIVE
    assert found[BAKORWIL, "bakorwil-malang"].via == ("kota-malang", "rsud-saiful-anwar")


def test_a_named_bakorwil_is_an_opd_and_the_bakorwil_of_its_area():
    found = by_body(routed(a_mention("bakorwil-jember", OPD, POSITIVE), a_mention("kab-jember", REGION)))
    assert found[OPD, "bakorwil-jember"].rule == "named"
    both = found[BAKORWIL, "bakorwil-jember"]
    assert (both.rule, both.sentiment, both.derived) == ("named", POSITIVE, False)


def test_a_hospital_of_a_kabupaten_is_never_assigned_and_says_why():
    routing = routed(a_mention("rsud-kanjuruhan", UNIT, NEGATIVE, jurisdiction=Jurisdiction.KABUPATEN_KOTA))
    assert routing.assignments == ()
    assert routing.alerts == ()
    assert routing.set_aside[0].why == "bukan milik Pemerintah Provinsi Jawa Timur"


def test_no_district_hospital_is_assigned_even_when_a_reader_takes_it_for_the_provinces():
    districts = [unit for unit in GAZETTEER.units if not unit.is_provincial]
    assert districts
    for unit in districts:
        assert routed(a_mention(unit.id, UNIT)).assignments == ()


@pytest.mark.parametrize("kind", [OPD, UNIT, REGION])
def test_an_id_that_no_list_has_is_set_aside(kind):
    routing = routed(a_mention("tidak-ada", kind))
    assert routing.assignments == ()
    assert routing.set_aside[0].why.startswith("tidak ada dalam daftar")


def test_a_place_elsewhere_is_set_aside():
    routing = routed(a_mention("kota-malang", REGION, jurisdiction=Jurisdiction.ELSEWHERE))
    assert routing.assignments == ()


def test_an_article_on_an_agencys_own_site_is_assigned_to_it_without_a_sentiment():
    found = by_body(routed(own_of="dinkes"))[OPD, "dinkes"]
    assert (found.rule, found.sentiment, found.score) == ("own_site", NEUTRAL, 0.0)
    assert found.reason == "Terbit di situs resmi Dinas Kesehatan Provinsi Jawa Timur."


def test_an_own_site_of_a_unit_rolls_up_like_a_mention():
    assert {(UNIT, "rsud-haji"), (OPD, "dinkes"), (BAKORWIL, "bakorwil-malang")} <= set(
        by_body(routed(own_of="rsud-haji"))
    )


def test_an_own_site_of_nobody_we_know_assigns_nobody():
    assert routed(own_of="tidak-ada").assignments == ()


def test_an_article_that_names_nobody_is_routed_to_nobody():
    assert routed() == Routing((), (), (), (), a_reading())


UNITS = [unit.id for unit in GAZETTEER.provincial_units]
REGIONS = [region.id for region in GAZETTEER.regions]
OPDS = sorted(GAZETTEER.opd_by_id)


@st.composite
def mentions(draw: st.DrawFn) -> list[Mention]:
    one = st.builds(
        lambda body, sentiment, score, start, field: a_mention(
            body[1], body[0], sentiment, score=score, start=start, field=field, text=body[1]
        ),
        st.one_of(
            st.tuples(st.just(OPD), st.sampled_from(OPDS)),
            st.tuples(st.just(UNIT), st.sampled_from(UNITS)),
            st.tuples(st.just(REGION), st.sampled_from(REGIONS)),
        ),
        st.sampled_from(list(Sentiment)),
        st.floats(0, 1),
        st.integers(0, 5000),
        st.sampled_from(["title", "text"]),
    )
    return draw(st.lists(one, max_size=12))


@given(mentions())
def test_every_body_is_assigned_once_and_every_reason_is_there(drawn):
    routing = routed(*drawn)
    keys = [(one.kind, one.entity_id) for one in routing.assignments]
    assert len(keys) == len(set(keys))
    assert all(one.reason for one in routing.assignments)


@given(mentions())
def test_every_roll_up_is_complete(drawn):
    found = by_body(routed(*drawn))
    for one in drawn:
        assert (one.kind, one.entity_id) in found
        if one.kind == UNIT:
            assert (OPD, GAZETTEER.opd_of_unit(one.entity_id)) in found
        if one.kind == REGION:
            assert (BAKORWIL, GAZETTEER.bakorwil_of_region(one.entity_id)) in found


@given(mentions())
def test_nothing_is_derived_from_what_is_not_there(drawn):
    found = by_body(routed(*drawn))
    present = {body for _, body in found}
    for one in found.values():
        assert one.derived == bool(one.via)
        assert set(one.via) <= present


@given(mentions(), st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(drawn, rng: random.Random):
    shuffled = list(drawn)
    rng.shuffle(shuffled)
    assert routed(*drawn) == routed(*shuffled)


def test_cues_speaker_and_doubt_of_the_deciding_mention_go_on_to_the_assignment_and_its_roll_ups():
    told = a_mention("rsud-haji", UNIT, NEGATIVE, cues=("antre", "ditolak"), speaker="keluarga pasien", uncertain=True)
    found = by_body(routed(told))
    for key in ((UNIT, "rsud-haji"), (OPD, "dinkes"), (REGION, "kota-surabaya"), (BAKORWIL, "bakorwil-malang")):
        assert (found[key].cues, found[key].speaker, found[key].uncertain) == (told.cues, told.speaker, True)


def test_a_doubtful_reading_of_an_agency_sends_the_article_to_a_person_with_the_reason():
    reading = routed(a_mention("dinkes", sentiment=NEGATIVE, score=0.4, uncertain=True)).reading
    assert reading.needs_reading
    assert reading.needs_reading_reason == (
        "Sikap berita terhadap Dinas Kesehatan Provinsi Jawa Timur belum pasti terbaca."
    )


def test_a_reason_of_the_classifier_to_read_it_stays():
    doubtful = a_mention("dinkes", sentiment=NEGATIVE, uncertain=True)
    given = a_reading([doubtful], needs_reading=True, needs_reading_reason="Nada berita belum pasti.")
    assert route(given, an_article(), GAZETTEER, RULES, SEEN).reading.needs_reading_reason == "Nada berita belum pasti."


def test_a_doubtful_region_sends_nobody_to_read():
    assert not routed(a_mention("kab-jember", REGION, NEGATIVE, uncertain=True)).reading.needs_reading


def test_a_group_of_regions_rolls_up_to_the_bakorwil_of_most_of_its_members_and_names_none_of_them():
    madura = OtherBody(
        name="Madura", jurisdiction=Jurisdiction.KABUPATEN_KOTA, entity_id="madura", start=0, end=6, field="text"
    )
    found = by_body(route(a_reading(others=(madura,)), an_article(), GAZETTEER, RULES, SEEN))
    assert set(found) == {(BAKORWIL, "bakorwil-pamekasan")}
    only = found[BAKORWIL, "bakorwil-pamekasan"]
    assert (only.derived, only.via, only.sentiment) == (True, ("madura",), NEUTRAL)
    assert only.reason.startswith("Madura termasuk wilayah kerja")


def test_the_words_that_decided_category_and_severity_go_on():
    given = a_reading(
        severity_cues=("keracunan",), category_cues=(CategoryCues(category="kesehatan", words=("keracunan",)),)
    )
    passed = route(given, an_article(), GAZETTEER, RULES, SEEN).reading
    assert (passed.severity_cues, passed.category_cues) == (given.severity_cues, given.category_cues)


def test_a_suggestion_goes_on_as_usulan_with_its_reason_and_is_no_assignment():
    given = a_reading(suggestions=(Suggestion(entity_id="bapenda", score=0.5, keywords=("pemutihan pajak",)),))
    routing = route(given, an_article(), GAZETTEER, RULES, SEEN)
    assert routing.assignments == ()
    (usulan,) = routing.reading.suggestions
    assert usulan.reason == (
        "Usulan, bukan penugasan: Badan Pendapatan Daerah Provinsi Jawa Timur tidak disebut, tetapi “pemutihan pajak” "
        "lazimnya menjadi urusannya."
    )


def test_a_suggestion_for_an_agency_that_no_list_has_is_dropped():
    given = a_reading(suggestions=(Suggestion(entity_id="dinas-lama", score=0.5),))
    assert route(given, an_article(), GAZETTEER, RULES, SEEN).reading.suggestions == ()
