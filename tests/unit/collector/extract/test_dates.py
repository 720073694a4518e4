from datetime import UTC, datetime

import pytest
from collector.extract.dates import ReadTime, choose, read_machine, read_url, read_visible
from collector.extract.model import ExtractError, Stamp, StampSource, zone_info

WIB = "Asia/Jakarta"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Kamis, 05 November 2015 11:52", "2015-11-05T11:52:00+07:00"),
        ("Kamis, 05/11/2015 10:08 WIB", "2015-11-05T10:08:00+07:00"),
        ("Jum'at, 17 Februari 2017 - 13:30 wib", "2017-02-17T13:30:00+07:00"),
        ("Jumat , 17 February 2017, 13:16 WIB", "2017-02-17T13:16:00+07:00"),
        ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16T09:10:00+07:00"),
        ("Wednesday, 04 November, 2015 |  07:28 WIB", "2015-11-04T07:28:00+07:00"),
        ("Kompas.com - 24/11/2026, 14:20 WIB", "2026-11-24T14:20:00+07:00"),
        ("Tayang: Selasa, 24 Nopember 2026 14.20 WITA", "2026-11-24T14:20:00+08:00"),
        ("Minggu, 22 Nov 2026 pukul 19.05 WIT", "2026-11-22T19:05:00+09:00"),
        ("Diterbitkan 14:09 WIB, 25 November 2026", "2026-11-25T14:09:00+07:00"),
        ("November 25, 2026 2:09 pm", "2026-11-25T14:09:00+07:00"),
        ("November 25, 2026 12:09 am", "2026-11-25T00:09:00+07:00"),
        ("Ahad, 1 Pebruari 2026 00:05:09", "2026-02-01T00:05:09+07:00"),
        ("2 Agt 2026 | 07:00 GMT+8", "2026-08-02T07:00:00+08:00"),
        ("Senin, 30 Agustus 2026", "2026-08-30T00:00:00+07:00"),
        ("20/1/2026 18:30", "2026-01-20T18:30:00+07:00"),
    ],
)
def test_visible_dates_of_indonesian_outlets_are_read(text, iso):
    read = read_visible(text)
    assert read is not None
    assert read.stamp(WIB, StampSource.TEXT).local_iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Selasa (20/1)",
        "Rp 2.015.000",
        "3 jam yang lalu",
        "31 Februari 2026",
        "45/13/2026",
        "telepon 0812-2026-1111",
    ],
)
def test_what_is_no_full_date_is_not_read_as_one(text):
    assert read_visible(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2016-02-16T13:01:52+0700", "2016-02-16T13:01:52+07:00"),
        ("2017-02-17 13:30:08", "2017-02-17T13:30:08+07:00"),
        ("2016-02-16T02:10:56.123Z", "2016-02-16T09:10:56+07:00"),
        ("2026-11-24T14:20:07+08:00", "2026-11-24T14:20:07+08:00"),
        ("2026-11-24T14:20:07-05:30", "2026-11-24T14:20:07-05:30"),
        ("Thu, 05 Nov 2015 14:56:43 +0700", "2015-11-05T14:56:43+07:00"),
        ("Thu, 05 Nov 2015 07:56:43 GMT", "2015-11-05T14:56:43+07:00"),
        ("2021/10/01 10:20:33", "2021-10-01T10:20:33+07:00"),
        ("2015-11-05 T10:08:58", "2015-11-05T10:08:58+07:00"),
    ],
)
def test_machine_dates_are_read_and_a_missing_zone_is_the_sources(text, iso):
    read = read_machine(text)
    assert read is not None
    assert read.stamp(WIB, StampSource.JSONLD).local_iso() == iso


def test_a_source_in_another_zone_gives_its_zone_to_dates_without_one():
    read = read_machine("2026-11-24 14:20:00")
    assert read is not None
    assert read.stamp("Asia/Makassar", StampSource.JSONLD) == Stamp(
        datetime(2026, 11, 24, 6, 20, tzinfo=UTC), "Asia/Makassar", StampSource.JSONLD
    )


@pytest.mark.parametrize(
    "value", [None, 5, "", "kemarin", "0000-00-00T00:00:00Z", "x" * 200, "2026-99-99", [], "1500-01-01"]
)
def test_broken_machine_dates_are_none(value):
    assert read_machine(value) is None


def _read(text: str) -> ReadTime:
    read = read_machine(text)
    assert read is not None
    return read


def test_local_time_labelled_utc_is_found_out_by_the_visible_zone():
    visible = read_visible("Kamis, 05/11/2015 10:08 WIB")
    stamp = choose([(StampSource.OPENGRAPH, _read("2015-11-05T10:08:58Z"))], visible, WIB)
    assert stamp is not None
    assert stamp.local_iso() == "2015-11-05T10:08:58+07:00"
    assert stamp.source is StampSource.OPENGRAPH


def test_a_liar_that_is_also_off_loses_to_the_visible_time():
    visible = read_visible("Selasa, 23/02/2016 15:32 WIB")
    stamp = choose([(StampSource.OPENGRAPH, _read("2016-02-23T16:00:20Z"))], visible, WIB)
    assert stamp is not None
    assert (stamp.local_iso(), stamp.source) == ("2016-02-23T15:32:00+07:00", StampSource.TEXT)


def test_true_utc_is_believed_and_shown_in_the_zone_of_the_page():
    visible = read_visible("24 November 2026 14:20 WITA")
    stamp = choose([(StampSource.JSONLD, _read("2026-11-24T06:20:31Z"))], visible, WIB)
    assert stamp is not None
    assert (stamp.local_iso(), stamp.zone) == ("2026-11-24T14:20:31+08:00", "Asia/Makassar")


def test_a_zoneless_time_takes_the_zone_shown_beside_the_same_clock():
    visible = read_visible("24 November 2026 14:20 WITA")
    stamp = choose([(StampSource.JSONLD, _read("2026-11-24 14:20:31"))], visible, WIB)
    assert stamp is not None
    assert stamp.local_iso() == "2026-11-24T14:20:31+08:00"


def test_a_bare_date_gives_way_to_a_later_source_with_a_clock_on_the_same_day():
    visible = read_visible("24 November 2026 14:20 WIB")
    assert visible is not None
    stamp = choose([(StampSource.JSONLD, _read("2026-11-24")), (StampSource.TEXT, visible)], visible, WIB)
    assert stamp is not None
    assert (stamp.local_iso(), stamp.source) == ("2026-11-24T14:20:00+07:00", StampSource.TEXT)


def test_dates_in_addresses_are_read_with_a_clock_only_when_it_is_one():
    full = read_url("http://inet.contoh.com/read/2015/11/05/100026/3062623/judul")
    day = read_url("https://contoh.id/2026/11/24/judul-berita")
    compact = read_url("https://contoh.id/nasional/20260120183313-20-123/judul")
    assert (full and full.has_clock, day and day.has_clock, compact and compact.has_clock) == (True, False, True)
    assert read_url("https://contoh.id/berita/judul?tanggal=/2026/11/24/") is None


def test_an_unknown_zone_is_refused():
    with pytest.raises(ExtractError):
        zone_info("Asia/Surabaya")
    assert zone_info("+09:30").utcoffset(None).total_seconds() == 34_200
