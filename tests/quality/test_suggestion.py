"""Suggestions where no agency is named: precision first. The sentences are invented, half of them nobody's matter."""

import json
from pathlib import Path

import pytest
from classifier.adapters.packaged import matters, packaged_linker
from classifier.domain.article import ArticleText
from classifier.domain.suggestion import Suggester

pytestmark = pytest.mark.quality

OWN = Path(__file__).parent / "data" / "suggestion_own.jsonl"
PRECISION_FLOOR = 0.96
RECALL_FLOOR = 0.90


def test_a_suggestion_is_right_nearly_always_and_silent_without_a_matter() -> None:
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    suggester, linker = Suggester(matters()), packaged_linker()
    right = given = wanted = 0
    worst = []
    for row in rows:
        article = ArticleText("", row["text"])
        found = [one.entity_id for one in suggester.suggest(article, linker.link(article.joined, article.bounds))]
        given += len(found)
        wanted += row["suggestion"] is not None
        right += row["suggestion"] in found
        if found != ([row["suggestion"]] if row["suggestion"] else []):
            worst.append(f"{row['id']}: wanted {row['suggestion']}, found {found}")
    precision, recall = right / max(1, given), right / wanted
    print(f"precision {precision:.3f}, floor {PRECISION_FLOOR}; recall {recall:.3f}, floor {RECALL_FLOOR}")
    print("\n".join(worst))
    assert precision >= PRECISION_FLOOR
    assert recall >= RECALL_FLOOR
