"""Article files and editions that the newsroom's tests build on."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import httpx
from newsroom.article import Article
from newsroom.loader import load_articles
from starlette.types import ASGIApp

START = datetime(2026, 11, 24, 2, 15, tzinfo=UTC)

SENTENCE = "Kepala Dinas Kesehatan Jatim menyampaikan keterangan itu di hadapan warga yang memadati balai desa."


def article_source(
    *,
    outlet: str = "kabar-contoh",
    when: str = "minutes = -60",
    title: str = "Puskesmas Keliling Datangi Desa di Lereng Gunung",
    expect: str = '[expect]\ntone = "neutral"\nregions = ["kota-surabaya"]\n[expect.sentiment]\ndinkes = "neutral"',
    extra: str = "",
    text: str | None = None,
) -> str:
    """A complete article file; ``extra`` stands at the end of the front matter."""
    body = (
        text if text is not None else "\n\n".join(f"Alinea {number}. {SENTENCE} {SENTENCE}" for number in range(1, 5))
    )
    return (
        f'+++\ntitle = "{title}"\noutlet = "{outlet}"\nauthors = ["Redaksi Contoh"]\nsection = "Kesehatan"\n'
        f'dateline = "SURABAYA"\nimage = "desa"\n{when}\n{expect}\n{extra}\n+++\n{body}\n'
    )


def copy_source(of: str, *, outlet: str = "warta-contoh", when: str = "minutes = -30", extra: str = "") -> str:
    """A near-copy that keeps the second and first paragraph."""
    return article_source(
        outlet=outlet,
        when=f'copy_of = "{of}"\n{when}',
        title="Warga Lereng Gunung Kini Didatangi Puskesmas Keliling",
        expect="",
        extra=f"[copy]\nkeep = [2, 1]\n{extra}",
        text="",
    )


def write(folder: Path, **sources: str) -> Path:
    """Files under one theme; underscores in the names become hyphens."""
    theme = folder / "kesehatan"
    theme.mkdir(exist_ok=True)
    for name, source in sources.items():
        (theme / f"{name.replace('_', '-')}.md").write_text(source, encoding="utf-8")
    return folder


def load(folder: Path, **sources: str) -> dict[str, Article]:
    """The loaded articles by slug."""
    return {article.slug: article for article in load_articles(write(folder, **sources))}


class Browser:
    """Asks an application directly, without a network; addresses may be paths or whole URLs."""

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self._transport = httpx.ASGITransport(app)
        self._base_url = base_url

    def get(self, address: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """The answer; redirects are not followed."""
        return asyncio.run(self._get(address, headers))

    async def _get(self, address: str, headers: dict[str, str] | None) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url=self._base_url) as client:
            return await client.get(address, headers=headers)
