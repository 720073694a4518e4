"""From a feed to a searchable article per OPD: the whole line on the real stack, with every service killed once."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import Any

import pytest

from tests.e2e.line import MAX_RSS_BYTES, Line, address, differences

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]
PIPELINE = ("collector", "classifier", "router", "search")


def by_service(line: Line) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for disposed in line.dispositions():
        counts[disposed["service"]][disposed["outcome"]] += 1
    return counts


def test_the_whole_run_stays_below_three_and_a_half_gigabytes(settled_line: Line) -> None:
    assert settled_line.rss_bytes() < MAX_RSS_BYTES


def test_every_published_text_is_found_once_with_its_latest_title(settled_line: Line) -> None:
    assert differences(settled_line.published()["items"], settled_line.all_articles()) == []


def test_each_services_book_keeping_adds_up_after_every_service_was_killed(settled_line: Line) -> None:
    counts = by_service(settled_line)
    for earlier, later in itertools.pairwise(PIPELINE):
        assert counts[earlier]["passed"] == counts[later].total(), (earlier, later, counts)
    assert counts["search"]["indexed"] == counts["search"].total()


def test_collected_is_indexed_plus_duplicate_plus_rejected_plus_dead(settled_line: Line) -> None:
    counts = by_service(settled_line)
    final = Counter(
        {outcome: sum(counts[s][outcome] for s in PIPELINE) for outcome in ("duplicate", "rejected", "dead")}
    )
    assert counts["collector"].total() == counts["search"]["indexed"] + final.total()
    assert final["dead"] == 0
    copies = [item for item in settled_line.published()["items"] if item["same_outlet_copy"]]
    assert final["duplicate"] == len(copies)


def test_no_article_has_a_revision_that_some_service_never_saw(settled_line: Line) -> None:
    seen: dict[tuple[str, int], set[str]] = defaultdict(set)
    for disposed in settled_line.dispositions():
        if disposed["outcome"] in ("passed", "indexed"):
            seen[disposed["article_id"], disposed["revision"]].add(disposed["service"])
    assert {frozenset(services) for services in seen.values()} == {frozenset(PIPELINE)}


def test_a_trace_says_where_each_article_is_and_why(settled_line: Line) -> None:
    found = {address(item) for item in settled_line.all_articles()}
    for item in settled_line.published()["items"]:
        stages = settled_line.get("/v1/trace", url=item["url"])["stages"]
        if address(item) in found:
            assert {stage["service"] for stage in stages} == set(PIPELINE), item["url"]
        else:
            assert [(stage["service"], stage["outcome"]) for stage in stages] == [("collector", "duplicate")]
            assert stages[0]["detail"]


FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"opd": "dinkes"},
    {"opd": "dinkes", "sentiment": "negative"},
    {"opd": "dindik", "sentiment": "positive"},
    {"opd": "dpu-bina-marga", "sentiment": "negative", "tone": "negative"},
    {"unit": "rsud-soetomo"},
    {"unit": "rsud-soetomo", "sentiment": "negative"},
    {"unit": "rsud-saiful-anwar", "sentiment": "neutral"},
    {"unit": "rsj-menur", "opd": "dinkes"},
    {"bakorwil": "bakorwil-malang"},
    {"bakorwil": "bakorwil-jember", "sentiment": "negative"},
    {"bakorwil": "bakorwil-madiun", "tone": "positive"},
    {"region": "kota-surabaya"},
    {"region": "kab-jember", "sentiment": "neutral"},
    {"outlet": "warta-contoh"},
    {"outlet": "suara-contoh", "opd": "dindik"},
    {"tone": "negative"},
    {"sentiment": "negative"},
    {"category": "kesehatan"},
)


CLASSES = ("positive", "neutral", "negative", "needs_reading")


def tone_of(item: dict[str, Any]) -> str:
    """Return the class under which an article's tone counts."""
    return "needs_reading" if item["tone_uncertain"] else str(item["tone"])


def sentiment_of(mention: dict[str, Any]) -> str:
    """Return the class under which the sentiment toward an agency counts."""
    return "needs_reading" if mention["uncertain"] else str(mention["sentiment"])


def matches(item: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Decide by plain reading of an item what the gateway decides by its index."""
    for name in ("opd", "unit", "region", "bakorwil", "category"):
        if name in wanted and wanted[name] not in item[name]:
            return False
    if "outlet" in wanted and item["outlet"] != wanted["outlet"]:
        return False
    if "tone" in wanted and tone_of(item) != wanted["tone"]:
        return False
    if "sentiment" not in wanted:
        return True
    agencies = [wanted[name] for name in ("opd", "unit") if name in wanted]
    spoken = {(one["id"], sentiment_of(one)) for one in item["mentions"] if one["kind"] in ("opd", "unit")}
    if agencies:
        return all((agency, wanted["sentiment"]) in spoken for agency in agencies)
    return any(sentiment == wanted["sentiment"] for _, sentiment in spoken)


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda f: "&".join(f"{k}={v}" for k, v in f.items()) or "all")
def test_a_filter_answers_what_a_scan_of_everything_answers(settled_line: Line, wanted: dict[str, str]) -> None:
    everything = settled_line.all_articles()
    expected = sorted(item["id"] for item in everything if matches(item, wanted))
    found = settled_line.all_articles(**wanted)
    assert sorted(item["id"] for item in found) == expected
    assert settled_line.get("/v1/articles", size=1, **wanted)["total"] == len(expected)


@pytest.mark.parametrize("kind", ["opd", "unit"])
def test_counts_per_agency_are_those_of_a_scan_over_target_sentiments(settled_line: Line, kind: str) -> None:
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for item in settled_line.all_articles():
        for mention in item["mentions"]:
            if mention["kind"] == kind:
                expected[mention["id"]][sentiment_of(mention)] += 1
    answer = settled_line.get("/v1/stats", group_by=kind)
    found = {bucket["key"]: bucket for bucket in answer["buckets"] if bucket["total"]}
    assert set(found) == set(expected)
    for key, counts in expected.items():
        bucket = found[key]
        assert {label: bucket[label] for label in CLASSES} == {label: counts[label] for label in CLASSES}, key


@pytest.mark.parametrize("group", ["region", "bakorwil", "outlet", "category"])
def test_counts_per_place_and_outlet_are_those_of_a_scan_over_tones(settled_line: Line, group: str) -> None:
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for item in settled_line.all_articles():
        keys = [item[group]] if isinstance(item[group], str) else item[group]
        for key in keys:
            expected[key][tone_of(item)] += 1
    answer = settled_line.get("/v1/stats", group_by=group)
    found = {b["key"]: Counter({label: b[label] for label in CLASSES if b[label]}) for b in answer["buckets"]}
    assert {key: counts for key, counts in found.items() if counts} == dict(expected)


def test_agencies_and_sentiments_are_what_the_writers_of_the_sample_meant(settled_line: Line) -> None:
    """A floor on reading, over every sample article: it fails when the reading breaks, and prints where it errs."""
    found = {address(item): item for item in settled_line.all_articles()}
    hits = wanted = extra = right = 0
    errors: list[str] = []
    for item in settled_line.published()["items"]:
        if item["copy_of"] or address(item) not in found:
            continue
        stated = {
            m["id"]: m["sentiment"]
            for m in found[address(item)]["mentions"]
            if m["kind"] in ("opd", "unit") and not m["derived"]
        }
        expected = item["expect"]["sentiment"]
        both = stated.keys() & expected.keys()
        hits, wanted, extra = hits + len(both), wanted + len(expected), extra + len(stated.keys() - expected.keys())
        right += sum(stated[agency] == expected[agency] for agency in both)
        if stated.keys() != expected.keys():
            errors.append(
                f"{item['slug']}: missed {expected.keys() - stated.keys()}, added {stated.keys() - expected.keys()}"
            )
    recall, precision, sentiment = hits / wanted, hits / max(1, hits + extra), right / max(1, hits)
    print(f"agencies: recall {recall:.3f}, precision {precision:.3f}; sentiment toward them {sentiment:.3f}")
    print(*errors, sep="\n")
    assert recall >= 0.90
    assert precision >= 0.90
    assert sentiment >= 0.60


def test_no_service_logged_an_error_beyond_its_own_killing(settled_line: Line) -> None:
    assert settled_line.log_errors() == []
