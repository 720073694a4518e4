"""How long after an article stands in its feed can it be found? Watches a running `make run` from outside.

    python benchmarks/freshness.py --minutes 5

Prints median, 95th percentile and maximum of the seconds between publication and the first answer of
`GET /v1/articles` that has the article, over everything the sample newsroom publishes meanwhile, and the same as a
ratio to the poll interval of its sources, which is the longest that a perfect line would need.
"""

import argparse
import json
import statistics
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any

LOOK_EVERY_S = 0.5
GRACE_S = 30.0


def fetch(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def watch(api: str, newsroom: str, minutes: float) -> tuple[dict[str, float], list[str]]:
    """Return seconds to the first sight of each new article by its address, and the addresses never seen."""
    started = datetime.now(UTC)
    ends_s = time.monotonic() + minutes * 60
    published: dict[str, datetime] = {}
    seen: dict[str, float] = {}
    while True:
        now = datetime.now(UTC)
        if time.monotonic() < ends_s:
            for item in fetch(f"{newsroom}/_newsroom/published.json")["items"]:
                at = datetime.fromisoformat(item["published_at"])
                if at >= started and not item["same_outlet_copy"]:
                    published.setdefault(item["url"].rstrip("/"), at)
        for item in fetch(f"{api}/v1/articles?size=50&sort=-published_at")["items"]:
            url = item["canonical_url"]
            if url in published and url not in seen:
                seen[url] = (now - published[url]).total_seconds()
        waiting = [url for url in published if url not in seen]
        if time.monotonic() > ends_s and (not waiting or time.monotonic() > ends_s + GRACE_S):
            return seen, waiting
        time.sleep(LOOK_EVERY_S)  # the step of the measurement, part of every figure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--api", default="http://127.0.0.1:8000")
    parser.add_argument("--newsroom", default="http://127.0.0.1:18080")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--interval-s", type=float, default=5.0, help="poll interval of the sample sources")
    options = parser.parse_args()
    seen, never = watch(options.api, options.newsroom, options.minutes)
    if not seen:
        raise SystemExit(
            f"nothing new was found within {options.minutes:g} minutes; {len(never)} articles were published"
        )
    seconds = sorted(seen.values())
    rows = {
        "median": statistics.median(seconds),
        "95th percentile": seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))],
        "maximum": seconds[-1],
    }
    print(f"{len(seconds)} articles found, {len(never)} not found")
    print(f"{'':16} {'seconds':>8} {'x poll interval':>16}")
    for name, value in rows.items():
        print(f"{name:16} {value:8.1f} {value / options.interval_s:16.2f}")


if __name__ == "__main__":
    main()
