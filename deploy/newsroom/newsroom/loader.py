"""Reads the article files and says, file by file, everything that is wrong with them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from newsroom.article import Article, Block, BlockKind, FrontMatter, Version, copied, with_edits
from newsroom.outlets import Outlet

ARTICLES_DIR = Path(__file__).parent / "articles"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FENCE = "+++"
PAGE_BREAK = "==="


class FaultyArticlesError(Exception):
    """At least one article file is wrong; ``problems`` holds one line for each fault."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class KnownIds:
    """The gazetteer ids an expectation may use; provincial bodies and regions."""

    bodies: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True)
class RawArticle:
    """A parsed file before copies are resolved."""

    slug: str
    theme: str
    where: str
    matter: FrontMatter
    blocks: tuple[Block, ...]


def load_articles(folder: Path = ARTICLES_DIR, known: KnownIds | None = None) -> tuple[Article, ...]:
    """All articles sorted by slug; ids are checked when ``known`` is given. Raises FaultyArticlesError."""
    problems: list[str] = []
    raw: dict[str, RawArticle] = {}
    for path in sorted(folder.glob("*/*.md")):
        where = f"{path.parent.name}/{path.name}"
        try:
            parsed = parse_article(path.read_text(encoding="utf-8"), path.stem, path.parent.name)
        except ValueError as error:
            problems.extend(f"{where}: {line}" for line in _fault_lines(error))
            continue
        if parsed.slug in raw:
            problems.append(f"{where}: the slug is already used by {raw[parsed.slug].where}")
            continue
        raw[parsed.slug] = parsed
    articles: list[Article] = []
    for item in raw.values():
        try:
            articles.append(_resolve(item, raw))
        except ValueError as error:
            problems.append(f"{item.where}: {error}")
    for article in articles:
        where = raw[article.slug].where
        problems.extend(f"{where}: {fault}" for fault in _faults(article, known))
    problems.extend(_number_clashes(articles))
    if problems:
        raise FaultyArticlesError(problems)
    return tuple(sorted(articles, key=lambda article: article.slug))


def parse_article(source: str, slug: str, theme: str) -> RawArticle:
    """One file's content. Raises ValueError (also as tomllib or pydantic error) when its form is wrong."""
    if not SLUG.fullmatch(slug):
        raise ValueError(f"the file name {slug!r} is not a slug (a-z, 0-9, single hyphens)")
    lines = source.splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        raise ValueError("front matter must stand between two +++ lines at the top")
    if len(fences) > 2:
        raise ValueError(f"a further {FENCE} line stands in the text (line {fences[2] + 1})")
    matter = FrontMatter.model_validate(tomllib.loads("\n".join(lines[1 : fences[1]])))
    blocks = parse_blocks("\n".join(lines[fences[1] + 1 :]))
    if matter.copy_of and blocks:
        raise ValueError("a copy takes its text from the original; use [copy] lead and append")
    if not matter.copy_of and not blocks:
        raise ValueError("the text is missing")
    return RawArticle(slug, theme, f"{theme}/{slug}.md", matter, blocks)


def parse_blocks(text: str) -> tuple[Block, ...]:
    """The text as blocks: chunks between empty lines, ``## `` subheadings, ``- `` items, ``===`` page breaks."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in chunk.splitlines() if line.strip()]
        prose = [line for line in lines if not line.startswith(("## ", "- ")) and line != PAGE_BREAK]
        if prose and len(prose) < len(lines):
            raise ValueError(f"put an empty line between a paragraph and the list or heading at {lines[0][:40]!r}")
        if prose:
            blocks.append(Block(BlockKind.PARAGRAPH, " ".join(prose)))
        else:
            blocks.extend(_special_block(line) for line in lines)
    return tuple(blocks)


def _special_block(line: str) -> Block:
    if line == PAGE_BREAK:
        return Block(BlockKind.PAGE_BREAK)
    if line.startswith("## "):
        return Block(BlockKind.SUBHEADING, line[3:].strip())
    return Block(BlockKind.ITEM, line[2:].strip())


def _resolve(item: RawArticle, raw: dict[str, RawArticle]) -> Article:
    """The article with all versions; ValueError when its original or an edit does not fit."""
    matter = item.matter
    expect = matter.expect
    first = Version(0, matter.title, item.blocks)
    if matter.copy_of is not None and matter.copy_plan is not None:
        original = raw.get(matter.copy_of)
        if original is None:
            raise ValueError(f"copy_of names {matter.copy_of!r}, which does not exist or is faulty")
        if original.matter.copy_of:
            raise ValueError("a copy of a copy is not supported; name the first original")
        _check_copy_follows(matter, original.matter)
        first = copied(Version(0, original.matter.title, original.blocks), matter.title, matter.copy_plan)
        expect = expect or original.matter.expect
    if expect is None:
        raise ValueError("[expect] is missing")
    return Article(item.slug, item.theme, matter, expect, with_edits(first, matter.edits))


def _check_copy_follows(copy: FrontMatter, original: FrontMatter) -> None:
    if original.drip and not copy.drip:
        raise ValueError("a copy of a drip article must be drip = true")
    if copy.minutes is not None and original.minutes is not None and copy.minutes <= original.minutes:
        raise ValueError("a copy must be later than its original")


def _faults(article: Article, known: KnownIds | None) -> list[str]:
    """Faults of content: ids, look-alikes, page breaks, length."""
    faults: list[str] = []
    matter, expect = article.matter, article.expect
    if known is not None:
        faults += [f"unknown OPD or unit id {each!r}" for each in expect.sentiment if each not in known.bodies]
        faults += [f"unknown region id {each!r}" for each in expect.regions if each not in known.regions]
    text = article.full_text
    if matter.copy_of is None:
        faults += [f"look-alike {each!r} does not stand in the text" for each in expect.lookalikes if each not in text]
        words = len(" ".join(block.text for block in article.versions[0].blocks).split())
        if not 80 <= words <= 420:
            faults.append(f"the text has {words} words; 120 to 300 are asked for")
    breaks = any(block.kind is BlockKind.PAGE_BREAK for block in article.versions[0].blocks)
    if breaks and matter.outlet is not Outlet.SUARA:
        faults.append("only suara-contoh serves pages; remove the === line")
    if "baca juga" in text.lower():
        faults.append("the server adds 'Baca juga' lines; remove them from the text")
    return faults


def _number_clashes(articles: Iterable[Article]) -> list[str]:
    by_number: dict[int, str] = {}
    clashes: list[str] = []
    for article in articles:
        other = by_number.setdefault(article.number, article.slug)
        if other != article.slug:
            clashes.append(f"{article.slug}: same address number as {other}; rename one of the two")
    return clashes


def _fault_lines(error: ValueError) -> list[str]:
    """A pydantic error as one line per fault, anything else as its own text."""
    if isinstance(error, ValidationError):
        return [f"{'.'.join(map(str, fault['loc'])) or 'front matter'}: {fault['msg']}" for fault in error.errors()]
    return [str(error)]
