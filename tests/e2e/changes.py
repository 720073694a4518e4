"""What the sample newsroom changes and takes away a minute after it opens, and what of it the line has seen."""

from __future__ import annotations

from typing import Any

from tests.e2e.line import Line, address

SOFTENED = "rusun-gunung-anyar-lift-mati"
CORRECTED = "museum-mpu-tantular-ac-mati"
GONE = "sma-malang-selatan-tanpa-internet"
AWAY = "petani-kopi-dampit-bibit-mati"
CHANGES = {SOFTENED: "title_softened", CORRECTED: "correction_note", GONE: "vanished", AWAY: "vanished"}


def ids(line: Line) -> dict[str, str]:
    """The articles' ids by slug."""
    slugs = {address(item): item["slug"] for item in line.published()["items"]}
    return {slugs[address(item)]: item["id"] for item in line.all_articles() if address(item) in slugs}


def revisions(line: Line, article_id: str) -> dict[str, Any]:
    found: dict[str, Any] = line.get(f"/v1/articles/{article_id}/revisions")
    return found


def unread(line: Line) -> list[str]:
    """Which of the articles that will be changed are not found yet."""
    known = ids(line)
    return [f"{slug} is not found" for slug in CHANGES if slug not in known]


def unseen(line: Line) -> list[str]:
    """Which changes are not seen yet."""
    known = ids(line)
    problems = [f"{slug} is not found" for slug in CHANGES if slug not in known]
    for slug in CHANGES.keys() & known.keys():
        found, wanted = revisions(line, known[slug]), CHANGES[slug]
        if wanted not in found["edit_kinds"] and not (wanted == "vanished" and found["vanished"]):
            problems.append(f"{slug}: no {wanted} in {found['timeline']}")
    return problems
