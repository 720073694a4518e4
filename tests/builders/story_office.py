"""Two officers at the desk of stories: a flood in three articles, a queue in one, grouped by the line's own grouper."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
from contract.messages import ArticleRouted
from runtime.health import Health
from search.api.app import create_app
from search.domain.desk import Desk
from search.stories.desk import StoryDesk
from search.stories.domain.incoming import piece_of

from tests.builders.routed import NOON, routed
from tests.fakes.desk_world import DeskWorld
from tests.fakes.memory_archive import MemoryArchive
from tests.fakes.story_bench import CLINIC, FLOOD, Bench
from tests.serving import serving

SHORTENED = "\n\n".join(FLOOD.split("\n\n")[:2])
LONGER = f"{FLOOD}\n\nBantuan selimut tiba Senin pagi."


def news(place: int, title: str, text: str) -> ArticleRouted:
    return routed(
        f"https://media{place}.contoh/{place}",
        title=title,
        text=text,
        outlet=f"media{place}",
        published_at=NOON + timedelta(hours=place),
    )


EVERY = [
    news(0, "Banjir Kali Lamong Rendam Benjeng", FLOOD),
    news(1, "Ribuan Rumah Terendam", SHORTENED),
    news(2, "Warga Benjeng Mengungsi", LONGER),
    news(3, "Antrean Poli Jantung Soetomo", CLINIC),
]
A, B, C, D = (one.article.article_id for one in EVERY)


@dataclass
class Office:
    """Two officers at one desk; what they decide is done at once, unless `held`."""

    bench: Bench
    world: DeskWorld
    siti: httpx.Client
    budi: httpx.Client
    held: bool = False

    def settle(self) -> None:
        if not self.held:
            self.bench.now += timedelta(seconds=1)
            self.bench.grouper.apply(self.bench.now)
        events, self.bench.post.sent[:] = list(self.bench.post.sent), []
        self.world.line.learn(*events)

    def take(self, message: ArticleRouted) -> None:
        self.world.line.route(message)
        self.bench.take(piece_of(message))
        self.settle()

    def story_of(self, article_id: str) -> str:
        return str(self.siti.get(f"/v1/articles/{article_id}").json()["story_id"])

    @property
    def decided(self) -> list[tuple[str, str]]:
        return [(one.by, str(one.verb)) for one in self.bench.shelf.kept_decisions.values()]


@contextmanager
def story_office() -> Iterator[Office]:
    """Serve the office: a story of three articles, A, B and C, and D, which is another one."""
    world, bench = DeskWorld(EVERY), Bench()
    texts = {one.article.article_id: {"title": one.article.title, "text": one.article.text} for one in EVERY}
    archive = MemoryArchive(bench.shelf, texts)
    stories = StoryDesk(archive, world.clock, world.clock.advance)
    app = create_app(replace(world.gateway, desk=Desk(world.corrections, stories)), Health("search-api", ready={}))
    app.state.stories = stories
    with serving(app) as siti, httpx.Client(base_url=siti.base_url) as budi:
        for one, name in ((siti, "Siti"), (budi, "Budi")):
            one.headers["Origin"] = str(siti.base_url).rstrip("/")
            one.cookies.set("pantau_nama", name)
            one.follow_redirects = True
        made = Office(bench, world, siti, budi)
        archive.then = made.settle
        for message in EVERY:
            bench.take(piece_of(message))
        made.settle()
        yield made
