"""Reasons a humas officer understands."""

from contract.messages import Sentiment
from router.domain import reasons
from router.domain.rules import SentimentRules
from router.domain.verdict import judge

from tests.builders.articles import a_mention


def named(*mentions):
    return reasons.named(mentions, judge(mentions, SentimentRules()))


def test_one_mention_in_the_title():
    assert named(a_mention("dinkes", text="Dinkes Jatim", field="title")) == "Disebut di judul sebagai “Dinkes Jatim”."


def test_several_mentions_with_their_forms_in_order_of_reading():
    found = named(
        a_mention("dinkes", text="Dinas Kesehatan Jatim", start=40),
        a_mention("dinkes", text="Dinkes Jatim", field="title"),
        a_mention("dinkes", text="Dinkes Jatim", start=90),
    )
    assert found == "Disebut 3 kali, juga di judul, sebagai “Dinkes Jatim”, “Dinas Kesehatan Jatim”."


def test_many_forms_are_counted_instead_of_listed():
    assert "dan 2 sebutan lain" in named(*(a_mention("dinkes", text=f"bentuk {n}", start=n) for n in range(5)))


def test_a_conflict_of_sentiments_is_told():
    found = named(
        a_mention("dinkes", sentiment=Sentiment.NEGATIVE), a_mention("dinkes", sentiment=Sentiment.POSITIVE, start=9)
    )
    assert found.endswith("Ada 1 sebutan bernada negatif dan 1 positif; yang negatif didahulukan.")


def test_lists_read_like_a_sentence():
    assert reasons.region_of(["Kota Malang", "Kota Batu"], "Bakorwil Malang") == (
        "Kota Malang dan Kota Batu termasuk wilayah kerja Bakorwil Malang."
    )


def test_no_reason_is_longer_than_a_message_carries():
    assert len(named(*(a_mention("dinkes", text="x" * 390 + str(n), start=n) for n in range(3)))) == 400
