"""What is out is a function of articles, pace and now."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from newsroom.article import Article
from newsroom.edition import Edition, Origin
from newsroom.schedule import Pace, drip_order, publication_minutes

from tests.unit.newsroom.samples import START, article_source, copy_source, load

SECOND = timedelta(seconds=1)


def drip(folder: Path, count: int = 8) -> dict[str, Article]:
    return load(folder, **{f"tetes_{number}": article_source(when="drip = true") for number in range(count)})


def slugs(edition: Edition, after_s: float) -> list[str]:
    return [item.article.slug for item in edition.published(START + timedelta(seconds=after_s))]


def test_the_backlog_is_out_at_the_start_and_the_drip_is_not(tmp_path: Path) -> None:
    articles = load(tmp_path, lama=article_source(), baru=article_source(when="drip = true"))
    edition = Edition(articles.values(), Pace(START))
    assert slugs(edition, 0) == ["lama"]
    assert slugs(edition, 15) == ["baru", "lama"]


def test_new_articles_come_after_15_seconds_and_then_every_20_to_30(tmp_path: Path) -> None:
    times = sorted(minutes * 60 for minutes in publication_minutes(drip(tmp_path).values(), seed=1).values())
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert times[0] == 15
    assert all(20 <= round(gap, 6) <= 30 for gap in gaps)


def test_the_seed_decides_the_order_and_nothing_else_does(tmp_path: Path) -> None:
    articles = list(drip(tmp_path).values())
    first = [article.slug for article in drip_order(articles, seed=1)]
    assert [article.slug for article in drip_order(reversed(articles), seed=1)] == first
    assert [article.slug for article in drip_order(articles, seed=2)] != first


def test_a_copy_of_a_drip_article_follows_it_whatever_the_seed(tmp_path: Path) -> None:
    load_all = drip(tmp_path)
    load_all = load(tmp_path, salinan=copy_source("tetes-3", when="drip = true"))
    for seed in range(20):
        order = [article.slug for article in drip_order(load_all.values(), seed)]
        assert order.index("salinan") > order.index("tetes-3")


def test_speed_shortens_waits_after_the_start_and_leaves_the_backlog(tmp_path: Path) -> None:
    articles = load(tmp_path, lama=article_source(), baru=article_source(when="drip = true"))
    edition = Edition(articles.values(), Pace(START, speed=3))
    assert edition.published_at(articles["baru"]) == START + timedelta(seconds=5)
    assert edition.published_at(articles["lama"]) == START - timedelta(minutes=60)


def test_an_edit_replaces_the_version_when_its_time_has_come(tmp_path: Path) -> None:
    extra = '[[edits]]\nafter = 61\ntitle = "Judul Baru yang Lebih Lunak"'
    articles = load(tmp_path, lama=article_source(extra=extra))
    edition = Edition(articles.values(), Pace(START))
    before, after = edition.published(START)[0], edition.published(START + timedelta(seconds=60))[0]
    assert (before.revision, after.revision) == (1, 2)
    assert after.title == "Judul Baru yang Lebih Lunak"
    assert after.modified_at == START + timedelta(seconds=60)
    assert after.path == before.path
    assert edition.next_change(START) == START + timedelta(seconds=60)
    assert edition.next_change(START + timedelta(seconds=60)) is None


def test_what_was_out_at_the_start_is_edited_whatever_the_speed_after_there_was_time_to_see_it(tmp_path: Path) -> None:
    old = '[[edits]]\nafter = 61\ntitle = "Judul Lama yang Lebih Lunak"'
    new = '[[edits]]\nafter = 1\ntitle = "Judul Baru yang Lebih Lunak"'
    articles = load(tmp_path, lama=article_source(extra=old), baru=article_source(when="drip = true", extra=new))
    edition = Edition(articles.values(), Pace(START, speed=30))
    appeared, edited = edition.version_times(articles["lama"])
    assert (appeared, edited) == (START - timedelta(minutes=60), START + timedelta(seconds=60))
    appeared, edited = edition.version_times(articles["baru"])
    assert edited == appeared + timedelta(seconds=2)


def test_the_same_start_gives_the_same_site(tmp_path: Path) -> None:
    articles = drip(tmp_path)
    now = START + timedelta(seconds=70)
    again = Edition(reversed(list(articles.values())), Pace(START))
    assert Edition(articles.values(), Pace(START)).published(now) == again.published(now)


def test_a_page_links_only_to_what_was_out_when_it_appeared(tmp_path: Path) -> None:
    articles = load(
        tmp_path,
        pertama=article_source(when="minutes = -90"),
        kedua=article_source(when="minutes = -60"),
        ketiga=article_source(when="minutes = -30"),
    )
    edition = Edition(articles.values(), Pace(START))
    second = next(item for item in edition.published(START) if item.article.slug == "kedua")
    assert [item.article.slug for item in edition.neighbours(second, 5)] == ["pertama"]


def test_an_article_is_taken_away_whatever_the_speed_after_there_was_time_to_see_it(tmp_path: Path) -> None:
    vanish = '[vanish]\nafter = 1.5\nhow = "gone"'
    articles = load(tmp_path, lama=article_source(extra=vanish), baru=article_source(when="drip = true", extra=vanish))
    edition = Edition(articles.values(), Pace(START, speed=30))
    assert edition.vanishes_at(articles["lama"]) == START + timedelta(seconds=90)
    assert edition.vanishes_at(articles["baru"]) == edition.published_at(articles["baru"]) + timedelta(seconds=90)
    assert not edition.is_taken_away(articles["lama"], START + timedelta(seconds=89))
    assert edition.is_taken_away(articles["lama"], START + timedelta(seconds=90))
    assert slugs(edition, 100) == ["baru", "lama"]
    assert edition.next_change(START + timedelta(seconds=5)) == START + timedelta(seconds=90)
    assert edition.next_change(START + timedelta(seconds=99)) is None


def test_a_press_article_with_a_releases_text_is_a_pick_up_whichever_of_the_two_was_first(tmp_path: Path) -> None:
    articles = load(
        tmp_path,
        rilis=article_source(outlet="dinkes-contoh"),
        kutipan=copy_source("rilis", outlet="kabar-contoh"),
        lebih_dulu=article_source(),
        rilis_menyusul=copy_source("lebih-dulu", outlet="dinkes-contoh"),
        salinan_pers=copy_source("lebih-dulu"),
        liputan=article_source(),
        salinan_liputan=copy_source("liputan"),
    )
    edition = Edition(articles.values(), Pace(START))
    assert {slug: (edition.origin(one), edition.release_of(one)) for slug, one in articles.items()} == {
        "rilis": (Origin.OWN, None),
        "kutipan": (Origin.PICKUP, "rilis"),
        "lebih-dulu": (Origin.PICKUP, "rilis-menyusul"),
        "rilis-menyusul": (Origin.OWN, None),
        "salinan-pers": (Origin.PICKUP, "rilis-menyusul"),
        "liputan": (Origin.EARNED, None),
        "salinan-liputan": (Origin.EARNED, None),
    }
