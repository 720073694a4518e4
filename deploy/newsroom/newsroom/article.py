"""What a sample article is: its front matter, its text as blocks, and the versions its edits produce."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Literal
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field, model_validator

from newsroom.outlets import Outlet

OLDEST_MINUTES = -14_400
NEWEST_MINUTES = -5

Sentiment = Literal["positive", "neutral", "negative"]
Motif = Literal[
    "rumah-sakit", "sekolah", "jalan", "banjir", "gunung", "sawah", "laut", "pasar",
    "kantor", "hutan", "bus", "pabrik", "posko", "ternak", "desa", "kota",
]  # fmt: skip
NonEmpty = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A front-matter table: unknown keys are errors, so that a misspelt one cannot be ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(Strict):
    """What a careful reader finds in the article; ``sentiment`` maps provincial OPD and unit ids."""

    tone: Sentiment
    regions: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()
    sentiment: dict[str, Sentiment] = Field(default_factory=dict)


class Replacement(Strict):
    """New text for one block, counted from 1."""

    paragraph: int = Field(ge=1)
    text: NonEmpty


class Edit(Strict):
    """A change by the newsroom, ``after`` minutes after publication."""

    after: float = Field(gt=0)
    title: NonEmpty | None = None
    replace: tuple[Replacement, ...] = ()
    remove: tuple[int, ...] = ()
    append: tuple[NonEmpty, ...] = ()


class VanishingHow(StrEnum):
    """What the outlet answers at the address of an article that it took away."""

    GONE = "gone"
    NOT_FOUND = "not_found"
    HOME = "home"


class Vanishing(Strict):
    """The outlet takes the article away, ``after`` minutes after it appeared, and after the newsroom opened."""

    after: float = Field(gt=0)
    how: VanishingHow


class CopyPlan(Strict):
    """How a near-copy is made from the first version of its original."""

    keep: tuple[int, ...] = Field(min_length=1)
    lead: NonEmpty | None = None
    append: tuple[NonEmpty, ...] = ()


class FrontMatter(Strict):
    """The table between the two ``+++`` lines of an article file."""

    title: Annotated[str, Field(min_length=20, max_length=140)]
    outlet: Outlet
    authors: tuple[NonEmpty, ...] = Field(min_length=1)
    section: NonEmpty
    dateline: NonEmpty
    image: Motif
    caption: str = ""
    minutes: int | None = Field(default=None, ge=OLDEST_MINUTES, le=NEWEST_MINUTES)
    drip: bool = False
    tags: tuple[NonEmpty, ...] = ()
    copy_of: str | None = None
    copy_plan: CopyPlan | None = Field(default=None, alias="copy")
    expect: Expectation | None = None
    edits: tuple[Edit, ...] = ()
    vanish: Vanishing | None = None

    @model_validator(mode="after")
    def _has_one_time_and_what_its_kind_needs(self) -> "FrontMatter":
        if (self.minutes is None) == (not self.drip):
            raise ValueError("give either minutes = -N or drip = true")
        if (self.copy_of is None) != (self.copy_plan is None):
            raise ValueError("copy_of and [copy] belong together")
        if self.copy_of is None and self.expect is None:
            raise ValueError("[expect] is missing")
        return self


class BlockKind(StrEnum):
    """The kinds of text block; a page break is not counted by edits and copies."""

    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    ITEM = "item"
    PAGE_BREAK = "page-break"


@dataclass(frozen=True)
class Block:
    """One paragraph, subheading, list item or page break."""

    kind: BlockKind
    text: str = ""


@dataclass(frozen=True)
class Version:
    """Title and text from ``after_minutes`` after publication on."""

    after_minutes: float
    title: str
    blocks: tuple[Block, ...]

    def counted(self) -> tuple[Block, ...]:
        """The blocks that edits and copies count, in order."""
        return tuple(block for block in self.blocks if block.kind is not BlockKind.PAGE_BREAK)

    def pages(self) -> tuple[tuple[Block, ...], ...]:
        """The blocks page by page; an empty page is dropped."""
        pages: list[list[Block]] = [[]]
        for block in self.blocks:
            if block.kind is BlockKind.PAGE_BREAK:
                pages.append([])
            else:
                pages[-1].append(block)
        return tuple(tuple(page) for page in pages if page)


@dataclass(frozen=True)
class Article:
    """One article with all its versions, oldest first."""

    slug: str
    theme: str
    matter: FrontMatter
    expect: Expectation
    versions: tuple[Version, ...]

    @property
    def number(self) -> int:
        """A stable six-digit number for addresses, derived from the slug."""
        return 100_000 + crc32(self.slug.encode()) % 900_000

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags as printed; an article without any carries its rubric."""
        return self.matter.tags or (self.matter.section,)

    @property
    def full_text(self) -> str:
        """Title and text of the first version, for checks."""
        return "\n".join([self.versions[0].title, *(block.text for block in self.versions[0].blocks)])


def apply_edit(version: Version, edit: Edit) -> Version:
    """The version after ``edit``. Raises ValueError when it names a block that does not exist."""
    new_texts = {change.paragraph: change.text for change in edit.replace}
    highest = len(version.counted())
    beyond = [number for number in (*new_texts, *edit.remove) if not 1 <= number <= highest]
    if beyond:
        raise ValueError(f"edit names paragraph {beyond[0]}, the text has {highest}")
    blocks: list[Block] = []
    number = 0
    for block in version.blocks:
        if block.kind is BlockKind.PAGE_BREAK:
            blocks.append(block)
            continue
        number += 1
        if number not in edit.remove:
            blocks.append(replace(block, text=new_texts.get(number, block.text)))
    blocks.extend(Block(BlockKind.PARAGRAPH, text) for text in edit.append)
    return Version(edit.after, edit.title or version.title, tuple(blocks))


def with_edits(first: Version, edits: Iterable[Edit]) -> tuple[Version, ...]:
    """All versions in order of time."""
    versions = [first]
    for edit in sorted(edits, key=lambda each: each.after):
        versions.append(apply_edit(versions[-1], edit))
    return tuple(versions)


def copied(original: Version, title: str, plan: CopyPlan) -> Version:
    """The first version of a near-copy. Raises ValueError when the plan names a block that does not exist."""
    counted = original.counted()
    beyond = [number for number in plan.keep if not 1 <= number <= len(counted)]
    if beyond:
        raise ValueError(f"[copy] keeps paragraph {beyond[0]}, the original has {len(counted)}")
    lead = [Block(BlockKind.PARAGRAPH, plan.lead)] if plan.lead else []
    kept = [counted[number - 1] for number in plan.keep]
    added = [Block(BlockKind.PARAGRAPH, text) for text in plan.append]
    return Version(0, title, (*lead, *kept, *added))
