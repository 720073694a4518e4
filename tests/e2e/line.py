"""The whole of Pantau as `make run` starts it, on ports and in a folder of its own, for end-to-end tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from embedded.plan import SERVICES
from embedded.ports import Ports, is_free
from embedded.settings import EmbeddedSettings

from tests.waiting import until

READY_S = 180.0
SETTLE_S = 120.0
MAX_RSS_BYTES = 3_500_000_000
_KILLABLE = ("collector", "classifier", "router", "indexer", "stories", "api", "newsroom")


def free_offset() -> int:
    """Return an offset at which every port of a run is free."""
    own = [port for card in SERVICES for port in card.ports]
    engines = vars(Ports())
    for offset in range(2_000 + os.getpid() % 1_000, 40_000, 37):
        if all(is_free(port + offset) for port in [*own, *engines.values()]):
            return offset
    raise RuntimeError("no offset with free ports")


def addresses_of_one_text(published: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return, per text that must be found once, its possible addresses with their titles.

    A text that an outlet has under two addresses is indexed under the one that was read first; the other is its
    duplicate.
    """
    by_slug = {item["slug"]: {address(item): item["title"]} for item in published if not item["same_outlet_copy"]}
    for item in published:
        if item["same_outlet_copy"]:
            by_slug[item["copy_of"]][address(item)] = item["title"]
    return list(by_slug.values())


def differences(published: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    """Return what is missing, unknown, doubled or old among the articles that were found."""
    titles = {address(item): item["title"] for item in found}
    problems = [] if len(titles) == len(found) else [f"{len(found) - len(titles)} articles are there twice"]
    # What an outlet took away before a slow start was over was never seen.
    taken_away = {address(item) for item in published if item["vanishes_at"]}
    for possible in addresses_of_one_text(published):
        seen = possible.keys() & titles.keys()
        if len(seen) != 1 and not (not seen and possible.keys() <= taken_away):
            problems.append(f"of {sorted(possible)} found {sorted(seen)}")
        problems += [f"{one}: {titles[one]!r}, not {possible[one]!r}" for one in seen if titles[one] != possible[one]]
    known = {address(item) for item in published}
    return problems + [f"{one} was never published" for one in titles.keys() - known]


def address(item: dict[str, Any]) -> str:
    """Return an item's address without a final slash: a canonical URL has none, a feed's link may have one."""
    return str(item.get("canonical_url", item["url"])).rstrip("/")


@dataclass
class Line:
    """A run of everything. Start it with `start`, end it with `stop`; `close` also removes its data."""

    root: Path
    newsroom_speed: float
    offset: int = field(default_factory=free_offset)
    process: subprocess.Popen[str] | None = None

    @property
    def folder(self) -> Path:
        return EmbeddedSettings().home / f"run-{self.offset}"

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{8_000 + self.offset}"

    @property
    def newsroom(self) -> str:
        return f"http://127.0.0.1:{18_080 + self.offset}"

    @property
    def elastic(self) -> str:
        return f"http://127.0.0.1:{19_200 + self.offset}"

    def start(self) -> None:
        """Start and wait until the run says that it is ready."""
        command = [sys.executable, "-m", "embedded", "run", "--port-offset", str(self.offset)]
        command += ["--newsroom-speed", str(self.newsroom_speed)]
        self.output = self.folder.with_suffix(".out")
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command, cwd=self.root, stdout=output, stderr=subprocess.STDOUT, text=True, start_new_session=True
            )
        until(self._says_ready, what="the run is ready", within_s=READY_S, state=self.output.read_text)

    def _says_ready(self) -> bool:
        said = self.output.read_text()
        assert self.process is not None
        assert self.process.poll() is None, f"the run ended:\n{said}"
        return "Pantau siap" in said

    def processes(self) -> list[psutil.Process]:
        """Every process of the run, the supervisor first."""
        assert self.process is not None
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def rss_bytes(self) -> int:
        return sum(process.memory_info().rss for process in self.processes())

    def pid_of(self, service: str) -> int:
        return int(json.loads((self.folder / "run" / f"{service}.json").read_text())["pid"])

    def kill(self, service: str) -> None:
        """End a service with SIGKILL and wait until the supervisor has another one that is ready."""
        assert service in _KILLABLE
        before = self.pid_of(service)
        os.kill(before, signal.SIGKILL)
        until(
            lambda: self.pid_of(service) != before and self._ready(service),
            what=f"{service} is back after kill -9",
            within_s=READY_S,
            state=self.output.read_text,
        )

    def _ready(self, service: str) -> bool:
        port = next(card.port for card in SERVICES if card.name == service) + self.offset
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5):
                return True
        except OSError:
            return False

    def stop(self) -> tuple[int, list[psutil.Process]]:
        """Press Ctrl-C; return the exit code and the processes that were left."""
        assert self.process is not None
        running = self.processes()
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=90)
        _, left = psutil.wait_procs(running, timeout=5)
        self.process = None
        return code, left

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.output.unlink(missing_ok=True)

    def get(self, path: str, **query: Any) -> Any:
        """Ask the gateway; a list value repeats the parameter."""
        url = f"{self.api}{path}?{urllib.parse.urlencode(query, doseq=True)}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)

    def published(self) -> dict[str, Any]:
        """What the newsroom has published by now, and what a reader should find in it."""
        with urllib.request.urlopen(f"{self.newsroom}/_newsroom/published.json", timeout=10) as answer:
            body: dict[str, Any] = json.load(answer)
            return body

    def all_articles(self, **query: Any) -> list[dict[str, Any]]:
        """Every article that matches, page by page."""
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = self.get("/v1/articles", size=100, **query, **more)
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items

    def elastic_search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.elastic}/{index}/_search", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def dispositions(self) -> list[dict[str, Any]]:
        """Every outcome that any service gave."""
        hits = self.elastic_search("dispositions", {"size": 10_000, "query": {"match_all": {}}})["hits"]
        assert hits["total"]["value"] <= 10_000
        return [hit["_source"] for hit in hits["hits"]]

    def log_errors(self) -> list[str]:
        """Log lines of level error or above that Pantau's own code wrote, over all services.

        A broker client says "coordinator not available" as an error while a new broker finds its feet.
        """
        lines: list[str] = []
        for log in (self.folder / "logs").glob("*.log"):
            if log.stem in ("kafka", "elasticsearch", "newsroom"):
                continue
            lines += [
                f"{log.stem}: {line[:300]}"
                for line in log.read_text(errors="replace").splitlines()
                if re.search(r'"log\.level":\s*"(error|critical)"', line) and '"logger":"aiokafka' not in line
            ]
        return lines
