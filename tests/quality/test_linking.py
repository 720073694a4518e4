"""Linking against labelled sentences and articles. Each test prints score, floor and the worst rows."""

import json
from pathlib import Path

import pytest
from classifier.adapters.packaged import build_reader, packaged_linker
from classifier.scoring import LinkingScore, article_of, score_linking

pytestmark = pytest.mark.quality

OWN = Path(__file__).parent / "data" / "linking_own.jsonl"
OWN_FLOOR = (0.99, 0.99, 0.99, 0.99, 0.01)
"""Invented sentences, one section per trap of the gazetteer's list, written before the rules that read them."""
OTHERS_FLOOR = 0.98
FLOORS = {
    "cases.jsonl": (0.98, 0.97, 0.97, 0.97, 0.0),
    "traps.jsonl": (0.99, 0.99, 0.95, 0.95, 0.02),
    "snippets.jsonl": (0.97, 0.95, 0.97, 0.97, 0.0),
    "articles.jsonl": (0.98, 0.98, 0.98, 0.97, 0.0),
}
"""Precision and recall of agencies and units, then of regions, then the largest share of rows with a forbidden tag."""


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(path: Path) -> LinkingScore:
    return score_linking(rows_of(path), build_reader()[0].read)


def check(name: str, score: LinkingScore, floor: tuple[float, ...]) -> None:
    reached = (score.bodies.precision, score.bodies.recall, score.regions.precision, score.regions.recall)
    names = ("precision", "recall", "region precision", "region recall")
    for what, value, least in zip(names, reached, floor, strict=False):
        print(f"{name}: {what} {value:.3f}, floor {least}")
    print(f"{name}: forbidden {score.n_forbidden} of {score.n_rows}, at most {floor[4]:.0%}")
    print("\n".join(score.worst[:20]))
    assert all(value >= least for value, least in zip(reached, floor, strict=False))
    assert score.forbidden_share <= floor[4]


@pytest.mark.parametrize("file", sorted(FLOORS))
def test_linking_stays_above_its_floor(shared_data: Path, file: str) -> None:
    check(file, measure(shared_data / "linking" / file), FLOORS[file])


def test_linking_of_the_own_sentences_stays_above_its_floor() -> None:
    check(OWN.name, measure(OWN), OWN_FLOOR)


def test_bodies_that_are_not_the_provinces_stay_visible_with_whose_they_are() -> None:
    rows = [row for row in rows_of(OWN) if row.get("others")]
    worst = []
    for row in rows:
        article = article_of(row)
        shown = {str(one.jurisdiction) for one in packaged_linker().link(article.joined, article.bounds).others}
        missing = sorted(set(row["others"]) - shown)
        if missing:
            worst.append(f"{row['id']}: no body is shown as {', '.join(missing)}")
    share = 1 - len(worst) / len(rows)
    print(f"jurisdiction shown in {share:.3f} of {len(rows)} rows, floor {OTHERS_FLOOR}")
    print("\n".join(worst))
    assert share >= OTHERS_FLOOR
