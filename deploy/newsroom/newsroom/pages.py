"""Turns items into what the templates print: the stream of text parts with boilerplate between, summaries, JSON-LD."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from newsroom import wib
from newsroom.article import Block, BlockKind
from newsroom.edition import Item
from newsroom.outlets import CARDS, Outlet, section_slug

TEMPLATES_DIR = Path(__file__).parent / "templates"
RELATED_AFTER = (2, 4)
SUMMARY_CHARS = 170
PICTURE_VARIANTS = 6

_DEFAULT_CAPTIONS = {
    "rumah-sakit": "Ilustrasi layanan rumah sakit.",
    "sekolah": "Ilustrasi kegiatan di sekolah.",
    "jalan": "Ilustrasi ruas jalan.",
    "banjir": "Ilustrasi genangan di permukiman.",
    "gunung": "Ilustrasi kawasan lereng gunung.",
    "sawah": "Ilustrasi lahan pertanian.",
    "laut": "Ilustrasi kawasan pesisir.",
    "pasar": "Ilustrasi suasana pasar.",
    "kantor": "Ilustrasi kantor pelayanan.",
    "hutan": "Ilustrasi kawasan hutan.",
    "bus": "Ilustrasi angkutan umum.",
    "pabrik": "Ilustrasi kawasan industri.",
    "posko": "Ilustrasi posko pelayanan.",
    "ternak": "Ilustrasi peternakan rakyat.",
    "desa": "Ilustrasi suasana desa.",
    "kota": "Ilustrasi suasana kota.",
}


@dataclass(frozen=True)
class Part:
    """One thing in the text column, as templates read it."""

    kind: Literal["paragraph", "subheading", "list", "related"]
    text: str = ""
    first: bool = False
    texts: tuple[str, ...] = ()
    item: Item | None = None
    index: int = 0


def text_stream(blocks: Sequence[Block], related: Sequence[Item]) -> list[Part]:
    """The blocks as parts: list items gathered, related links after the second and fourth paragraph, never last."""
    parts: list[Part] = []
    items: list[str] = []
    paragraphs = placed = 0
    for position, block in enumerate(blocks):
        if block.kind is BlockKind.ITEM:
            items.append(block.text)
            continue
        if items:
            parts.append(Part("list", texts=tuple(items)))
            items = []
        if block.kind is BlockKind.SUBHEADING:
            parts.append(Part("subheading", block.text))
            continue
        parts.append(Part("paragraph", block.text, first=paragraphs == 0))
        paragraphs += 1
        if paragraphs in RELATED_AFTER and placed < len(related) and position + 1 < len(blocks):
            parts.append(Part("related", item=related[placed], index=placed))
            placed += 1
    if items:
        parts.append(Part("list", texts=tuple(items)))
    return parts


def summary(item: Item) -> str:
    """The first paragraph cut at a word, at most ``SUMMARY_CHARS`` characters."""
    first = next(block.text for block in item.version.blocks if block.kind is BlockKind.PARAGRAPH)
    if len(first) <= SUMMARY_CHARS:
        return first
    return first[:SUMMARY_CHARS].rsplit(" ", 1)[0] + "…"


def summary_html(item: Item) -> str:
    """The summary as HTML for an Atom ``type="html"`` summary."""
    return str(Markup("<p>{}</p>").format(summary(item)))


def feed_html(item: Item) -> str:
    """What a WordPress feed carries: two paragraphs and the line that says where the article appeared."""
    card = CARDS[item.outlet]
    paragraphs = [block.text for block in item.version.blocks if block.kind is BlockKind.PARAGRAPH][:2]
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f"{body}<p>Artikel {escape(item.title)} pertama kali tampil pada {escape(card.name)}.</p>"


def picture_path(item: Item) -> str:
    """The address of the drawn picture; the variant depends on the article only."""
    return f"/gambar/{item.article.matter.image}-{item.article.number % PICTURE_VARIANTS}.svg"


def caption(item: Item) -> str:
    """The caption as written, or the motif's own; always a sentence."""
    written = item.article.matter.caption or _DEFAULT_CAPTIONS[item.article.matter.image]
    return written if written.endswith(".") else f"{written}."


def json_ld(item: Item, base: str, url: str) -> Markup:
    """The NewsArticle record, safe to stand inside a script element."""
    card = CARDS[item.outlet]
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": item.title,
        "description": summary(item),
        "image": [base + picture_path(item)],
        "datePublished": wib.iso(item.published_at),
        "dateModified": wib.iso(item.modified_at),
        "author": [{"@type": "Organization", "name": name} for name in item.article.matter.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": card.name},
        "articleSection": item.article.matter.section,
        "keywords": list(item.article.tags),
        "inLanguage": "id",
    }
    return Markup(json.dumps(record, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 - "</" cannot close the script


def make_environment() -> Environment:
    """The template environment; everything is escaped, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES_DIR), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    environment.filters.update(
        section_slug=section_slug,
        short_date=wib.short_date,
        long_date=wib.long_date,
        numeric_date=wib.numeric_date,
        iso=wib.iso,
        rfc822=wib.rfc822,
        picture=picture_path,
        summary=summary,
        summary_html=summary_html,
        feed_html=feed_html,
    )
    return environment


def static_css(outlet: Outlet) -> str:
    """The outlet's style sheet."""
    name = outlet.value.split("-")[0]
    return (Path(__file__).parent / "static" / f"{name}.css").read_text(encoding="utf-8")
