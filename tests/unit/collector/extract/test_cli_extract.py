# ruff: noqa: E501 - markup and tables of examples read better unwrapped
import gzip
import io
import json
from dataclasses import dataclass

import pytest
from collector.cli_extract import ExtractCommand, PageFetchError

from tests.unit.collector.extract import styles


@dataclass(frozen=True)
class FakePage:
    url: str
    body: bytes
    content_type: str | None = "text/html; charset=utf-8"


class FakeWeb:
    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, url: str) -> FakePage:
        self.asked.append(url)
        if url not in self.pages:
            raise PageFetchError("http_error", f"404 for {url}")
        return FakePage(url, self.pages[url])


def run(arguments, web=None, **options):
    out = io.StringIO()
    code = ExtractCommand(web or FakeWeb({}), out, **options).run([str(argument) for argument in arguments])
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_file_gives_one_object_with_all_fields(tmp_path):
    path = tmp_path / "halaman.html"
    path.write_text(styles.DETIK, encoding="utf-8")
    code, (row,) = run([path])
    assert code == 0
    assert list(row) == [
        "url", "canonical_url", "title", "text", "published_at", "modified_at", "authors", "section", "image", "language", "outlet",
    ]  # fmt: skip
    assert (
        row["url"]
        == "https://www.detik.com/jatim/berita/d-8101234/jam-layanan-puskesmas-ditambah-antrean-pasien-dipangkas"
    )
    assert (row["published_at"], row["modified_at"]) == ("2026-11-24T14:20:07+07:00", "2026-11-24T15:01:00+07:00")
    assert (row["authors"], row["language"], row["outlet"]) == (["Sinta Maharani"], "id", "detik.com")


def test_base_url_overrules_what_the_file_says_of_itself(tmp_path):
    path = tmp_path / "halaman.html"
    path.write_text(styles.BARE, encoding="utf-8")
    address = "https://dinkes.contohkab.go.id/berita/jam-layanan-puskesmas-ditambah"
    _, (row,) = run([path], base_url=address)
    assert (row["url"], row["canonical_url"], row["outlet"]) == (address, address, "contohkab.go.id")


def test_compressed_files_are_read(tmp_path):
    path = tmp_path / "halaman.html.gz"
    path.write_bytes(gzip.compress(styles.KOMPAS.encode()))
    code, (row,) = run([path])
    assert (code, row["title"]) == (0, styles.TITLE)


def test_one_bad_page_does_not_stop_the_others_and_the_exit_code_tells(tmp_path):
    good, feed, broken = tmp_path / "a.html", tmp_path / "b.html", tmp_path / "c.html.gz"
    good.write_text(styles.TRIBUN, encoding="utf-8")
    feed.write_text("<rss version='2.0'><channel/></rss>", encoding="utf-8")
    broken.write_bytes(b"no gzip at all")
    code, rows = run([tmp_path / "none.html", feed, broken, good])
    assert code == 1
    assert [row.get("error", {}).get("reason") for row in rows] == ["unreadable_file", "feed", "unreadable_file", None]
    assert all(set(row["error"]) == {"reason", "detail"} for row in rows[:3])
    assert rows[3]["title"] == styles.TITLE


def test_addresses_are_fetched_through_the_port_and_further_pages_are_joined():
    first = "https://surabaya.tribunnews.com/2026/11/24/jam-layanan-puskesmas-ditambah-antrean-pasien-dipangkas"
    extra = "Kepala puskesmas di Wonokromo menyiapkan dua dokter tambahan untuk jam layanan sore."
    whole = styles.TRIBUN.replace(f"<p>{styles.LAST}</p>", f"<p>{styles.LAST}</p><p>{extra}</p>")
    web = FakeWeb({first: styles.TRIBUN.encode(), f"{first}?page=all": whole.encode()})
    code, (row,) = run([first], web)
    assert code == 0
    assert web.asked == [first, f"{first}?page=all"]
    assert row["text"].count(styles.SECOND) == 1
    assert row["text"].endswith(extra)


def test_an_address_that_cannot_be_fetched_says_why():
    code, (row,) = run(["https://kabar.contoh.co.id/a"])
    assert code == 1
    assert row == {
        "url": "https://kabar.contoh.co.id/a",
        "error": {"reason": "http_error", "detail": "404 for https://kabar.contoh.co.id/a"},
    }


@pytest.mark.parametrize("options", [{"base_url": "bukan alamat"}, {"zone": "Asia/Surabaya"}])
def test_a_wrong_option_is_reported_per_page(tmp_path, options):
    path = tmp_path / "halaman.html"
    path.write_text(styles.BARE, encoding="utf-8")
    code, (row,) = run([path], **options)
    assert (code, row["error"]["reason"]) == (1, "invalid_argument")
