"""docs/panduan-humas.md says what is true: its pictures are there, its examples are understood."""

import re
from pathlib import Path

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from search.domain.query.parser import parse
from search.domain.trace import STATUS
from search.domain.vocabulary import vocabulary_of

MAX_PICTURES = 12
MAX_BYTES = 150_000


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / "panduan-humas.md").read_text()


def test_every_picture_is_there_used_and_small(root: Path, guide: str) -> None:
    named = set(re.findall(r"gambar/([a-z-]+\.png)", guide))
    there = {path.name: path.stat().st_size for path in (root / "docs" / "gambar").glob("*.png")}
    assert named == set(there)
    assert len(there) <= MAX_PICTURES
    assert max(there.values()) <= MAX_BYTES


def test_every_example_of_a_search_is_understood(guide: str) -> None:
    table = guide.split("| tulis | untuk |")[1].split("\n\n", maxsplit=1)[0]
    examples = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(examples) == 9
    for example in examples:
        assert parse(example, vocabulary_of(load_gazetteer())) is not None, example


def test_what_the_guide_names_stands_on_the_page(api: httpx.Client, guide: str) -> None:
    page = api.get("/", params={"opd": "dinkes", "q": "pasien"}).text
    for words in ("Bantuan penulisan", "Nada terhadap OPD", "Nada terhadap Dinas Kesehatan", "Keparahan tertinggi"):
        assert words in guide
        assert words in page


def test_the_answers_of_a_trace_are_those_of_the_guide(guide: str) -> None:
    for status in STATUS.values():
        assert status.split(":")[0] in guide, status
