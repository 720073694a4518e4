"""The shipped articles are in order and cover the province."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from contract.gazetteer import Gazetteer, load_gazetteer
from newsroom.__main__ import known_ids
from newsroom.article import Article
from newsroom.edition import Edition, Origin
from newsroom.loader import load_articles
from newsroom.outlets import CARDS, PRESS
from newsroom.pictures import LIGHTS, draw
from newsroom.schedule import Pace

from tests.unit.newsroom.samples import START


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    return load_articles(known=known_ids())


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def named(articles: tuple[Article, ...]) -> set[str]:
    return {body for article in articles for body in article.expect.sentiment}


def test_there_are_at_least_150_originals_and_20_near_copies(articles: tuple[Article, ...]) -> None:
    copies = [article for article in articles if article.matter.copy_of]
    assert len(articles) - len(copies) >= 150
    assert len(copies) >= 20


def test_about_120_are_backlog_with_some_from_the_last_hours(articles: tuple[Article, ...]) -> None:
    backlog = [article.matter.minutes for article in articles if article.matter.minutes is not None]
    assert 100 <= len(backlog) <= 150
    assert sum(minutes > -360 for minutes in backlog) >= 8
    assert min(backlog) < -12_000
    assert len(articles) - len(backlog) >= 40


def test_every_opd_is_named(articles: tuple[Article, ...], gazetteer: Gazetteer) -> None:
    assert set(gazetteer.opd_by_id) - named(articles) == set()


def test_every_provincial_hospital_is_named(articles: tuple[Article, ...], gazetteer: Gazetteer) -> None:
    hospitals = {unit.id for unit in gazetteer.provincial_units if unit.is_hospital}
    assert len(hospitals) == 14
    assert hospitals - named(articles) == set()


def test_every_cabang_dinas_pendidikan_is_named(articles: tuple[Article, ...], gazetteer: Gazetteer) -> None:
    branches = {unit.id for unit in gazetteer.provincial_units if unit.kind == "cabdin"}
    assert len(branches) == 24
    assert branches - named(articles) == set()


def test_all_38_kabupaten_and_kota_and_five_bakorwil_appear(
    articles: tuple[Article, ...], gazetteer: Gazetteer
) -> None:
    places = {region for article in articles for region in article.expect.regions}
    assert set(gazetteer.region_by_id) - places == set()
    assert {opd.id for opd in gazetteer.bakorwil} - named(articles) == set()


def test_all_sentiments_are_well_represented(articles: tuple[Article, ...]) -> None:
    toward = Counter(itertools.chain.from_iterable(article.expect.sentiment.values() for article in articles))
    tone = Counter(article.expect.tone for article in articles)
    for counted in (toward, tone):
        assert min(counted[label] / counted.total() for label in ("positive", "neutral", "negative")) >= 0.2


def test_some_articles_name_only_lookalikes(articles: tuple[Article, ...]) -> None:
    assert sum(not article.expect.sentiment and bool(article.expect.lookalikes) for article in articles) >= 15


def test_each_outlet_has_its_share_and_enough_edits_and_pages(articles: tuple[Article, ...]) -> None:
    share = Counter(article.matter.outlet for article in articles)
    assert min(share[outlet] for outlet in PRESS) >= 45
    assert sum(len(article.versions) > 1 for article in articles) >= 12
    assert sum(len(article.versions[0].pages()) > 1 for article in articles) >= 15


def test_an_agencys_releases_are_taken_over_retold_and_contradicted(articles: tuple[Article, ...]) -> None:
    edition, by_slug = Edition(articles, Pace(START)), {article.slug: article for article in articles}
    own = [article for article in articles if edition.origin(article) is Origin.OWN]
    assert len(own) >= 8
    assert all(CARDS[article.matter.outlet].own_of in article.expect.sentiment for article in own)
    pickups = [(each, by_slug[slug]) for each in articles if (slug := edition.release_of(each)) is not None]
    assert {each.matter.outlet for each, _ in pickups} == set(PRESS)
    assert 2 <= len({release.slug for _, release in pickups}) < len(own)
    lead = {each.slug: edition.published_at(release) - edition.published_at(each) for each, release in pickups}
    assert [slug for slug, ahead in lead.items() if ahead > timedelta()] == ["kantin-sehat-seribu-sekolah"]
    assert all(-timedelta(days=7) < ahead < timedelta(days=1) for ahead in lead.values())
    earned = Counter(
        article.expect.sentiment["dinkes"]
        for article in articles
        if "dinkes" in article.expect.sentiment and edition.origin(article) is Origin.EARNED
    )
    theirs = [*own, *(each for each, _ in pickups)]
    praised = [each for each in theirs if each.expect.sentiment["dinkes"] == "positive"]
    assert earned["negative"] >= 4
    assert len(praised) > earned["positive"] >= 1
    assert not any(each.expect.sentiment["dinkes"] == "negative" for each in theirs)


def test_no_paragraph_stands_in_two_originals(articles: tuple[Article, ...]) -> None:
    originals = [article for article in articles if not article.matter.copy_of]
    paragraphs = Counter(block.text for article in originals for block in article.versions[0].counted())
    assert [text for text, count in paragraphs.items() if count > 1] == []


def test_every_motif_is_drawn_in_every_light(articles: tuple[Article, ...]) -> None:
    motifs = {article.matter.image for article in articles}
    assert all(draw(f"{motif}-{variant}").startswith("<svg") for motif in motifs for variant in range(len(LIGHTS)))


def test_every_expectation_has_its_words_in_the_text(articles: tuple[Article, ...], gazetteer: Gazetteer) -> None:
    words = {opd.id: {*opd.aliases_strong, *opd.aliases_weak, *opd.head_titles} for opd in gazetteer.opd_by_id.values()}
    for unit in gazetteer.provincial_units:
        words.setdefault(unit.id, set()).update(unit.aliases_strong, unit.aliases_weak)
    unfounded: list[tuple[str, str]] = []
    for article in (each for each in articles if not each.matter.copy_of):
        text = f"{article.full_text}\n{article.matter.dateline}".lower()
        short_names = {region: gazetteer.region_by_id[region].short_name for region in article.expect.regions}
        unfounded += [(article.slug, region) for region, name in short_names.items() if name.lower() not in text]
        unfounded += [
            (article.slug, body)
            for body in article.expect.sentiment
            if not any(word.lower() in text for word in words[body])
        ]
    assert unfounded == []


def test_some_are_softened_lose_a_paragraph_carry_a_ralat_or_vanish_soon_after_the_start(
    articles: tuple[Article, ...],
) -> None:
    by_slug = {article.slug: article for article in articles}
    before, after = by_slug["rusun-gunung-anyar-lift-mati"].versions
    assert before.title != after.title
    assert len(after.blocks) == len(before.blocks) - 1
    assert by_slug["museum-mpu-tantular-ac-mati"].versions[1].blocks[-1].text.startswith("Ralat:")
    vanishing = {
        article.matter.vanish.how: article.matter.vanish.after for article in articles if article.matter.vanish
    }
    assert vanishing == {"gone": 1.5, "home": 1.6}
