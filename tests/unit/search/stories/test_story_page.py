"""The page of a story with people at it: two at once, one who clicks twice, and the address of a story that is gone."""

import re

import pytest

from tests.builders.story_office import A, B, C, D, Office, news
from tests.fakes.story_bench import FLOOD


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the page's forms, which both carry the same."""
    found = re.findall(r'type="hidden" name="(versi|putusan)" value="([^"]*)"', page)
    assert len(found) == 4
    return dict(found)


def test_of_two_who_split_at_once_the_second_is_told_who_did_what_and_keeps_what_was_filled_in(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    first = office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B]})
    second = office.budi.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B, C], "alasan": "lain <kejadian>"})
    assert (first.status_code, second.status_code) == (200, 409)
    assert "Cerita ini baru saja berubah" in second.text
    assert "Siti lebih dulu mengubah cerita ini: memisahkan 1 berita darinya." in second.text
    assert office.decided == [("Siti", "split")]
    assert (office.story_of(A), office.story_of(C)) == (A, A)
    back = re.search(r'class="tombol" href="([^"]+)"', second.text)
    assert back is not None
    page = office.budi.get(back[1].replace("&amp;", "&")).text
    assert f'value="{C}" checked' in page
    assert 'value="lain &lt;kejadian&gt;"' in page
    again = office.budi.post(f"/cerita/{A}/pisah", data={**fields(page), "berita": [C], "alasan": "lain <kejadian>"})
    assert again.status_code == 200
    assert office.decided == [("Siti", "split"), ("Budi", "split")]


def test_of_two_who_decide_before_anything_was_done_the_second_is_told(office: Office) -> None:
    office.held = True
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    office.siti.post(f"/cerita/{A}/gabung", data={**seen, "lain": D})
    second = office.budi.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B]})
    assert second.status_code == 409
    assert "Siti lebih dulu mengubah cerita ini: menggabungkannya." in second.text
    assert office.decided == [("Siti", "merge")]


def test_a_merge_of_what_somebody_split_meanwhile_is_not_done_and_keeps_the_address(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [C]})
    second = office.budi.post(f"/cerita/{A}/gabung", data={**seen, "lain": f"/berita/{D}", "alasan": "satu hal"})
    assert second.status_code == 409
    back = re.search(r'class="tombol" href="([^"]+)"', second.text)
    assert back is not None
    page = office.budi.get(back[1].replace("&amp;", "&")).text
    assert f'value="/berita/{D}"' in page
    assert 'value="satu hal"' in page
    assert office.decided == [("Siti", "split")]


@pytest.mark.parametrize("held", [False, True])
def test_who_presses_twice_decided_once(office: Office, *, held: bool) -> None:
    office.held = held
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    for _ in range(2):
        answer = office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B, C]})
        assert "Tersimpan." in answer.text
    assert office.decided == [("Siti", "split")]


def test_a_merge_that_is_sent_twice_is_one(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    for _ in range(2):
        assert "Tersimpan." in office.siti.post(f"/cerita/{A}/gabung", data={**seen, "lain": D}).text
    assert office.decided == [("Siti", "merge")]


def test_an_article_that_came_meanwhile_is_told_as_the_reason(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    office.take(news(4, "Banjir Benjeng Surut", f"{FLOOD}\n\nAir mulai surut pada malam hari."))
    answer = office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B]})
    assert answer.status_code == 409
    assert "Ada berita yang masuk ke cerita ini" in answer.text
    assert office.decided == []


def test_the_old_address_of_a_merged_story_leads_to_the_new_one(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{D}").text)
    office.siti.post(f"/cerita/{D}/gabung", data={**seen, "lain": A})
    assert office.budi.get(f"/cerita/{D}").url.path == f"/cerita/{A}"
    late = office.budi.post(f"/cerita/{D}/gabung", data={**seen, "lain": B})
    assert late.status_code == 409
    assert "Siti lebih dulu" in late.text
