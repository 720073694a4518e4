"""Which lines of an article's body are not its text: related links, captions, credits, share bars, notices.

Conservative: a rule names what it removes by its form, most only for short lines; what no rule names stays.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from enum import StrEnum

from collector.extract.paragraphs import Line


class Furniture(StrEnum):
    """What a removed line was."""

    RELATED = "related_link"
    NOTICE = "notice"
    CAPTION = "caption"
    CREDIT = "credit"
    SHARE = "share_bar"
    PAGING = "paging"
    COPYRIGHT = "copyright"
    DATE = "date"
    TITLE = "title"


_LEAD = r"^[\W_]*"
_RELATED_WORDS = (
    r"(?:baca|simak|lihat|tonton|cek|saksikan|see|read)(?:\s+(?:juga|pula|also|selengkapnya))?\s*:|also\s+read\s*:|"
    r"(?:baca|simak|lihat|tonton|saksikan)\s+(?:juga\s+)?(?:video|live|infografis|foto-foto)\b|"
    r"(?:pilihan|rekomendasi)\s+(?:editor|redaksi|untuk\s+anda)\b|"
    r"(?:berita|artikel|topik|video|foto|informasi|tulisan)\s+(?:terkait|lainnya|menarik\s+lainnya|rekomendasi|pilihan)\s*:?\s*$|"
    r"(?:terpopuler|terkait)\s*:|related\s+(?:news|articles?|posts?|stories)\b|recommended\s+for\s+you|"
    r"(?:baca|simak|lihat|tonton)\s+juga\W*$|more\s+stories$|temukan\s+lebih\s+banyak\b"
)
_RELATED = re.compile(_LEAD + rf"(?:{_RELATED_WORDS})", re.IGNORECASE)
_RELATED_UNLESS_SENTENCE = re.compile(
    _LEAD + r"(?:(?:baca|simak|lihat|tonton|read)\s+(?:juga|pula|also)|also\s+read|read\s+more|jangan\s+lewatkan|"
    r"baca\s+berita\s+(?:lainnya|terkait|selengkapnya))\b",
    re.IGNORECASE,
)
"""Without a colon these may open a sentence of advice ("Baca juga label kemasan."); a headline has no full stop."""
_RELATED_TAIL = re.compile(
    r"""(?:(?<=[.!?"”’)])|^)\s*[(\[]?\s*(?:baca|simak|lihat|tonton)\s+(?:juga|pula)\b(?:\s+video)?\s*:?\s*""",
    re.IGNORECASE,
)
_MORE = re.compile(
    _LEAD + r"(?:(?:baca|simak|lihat|cek|klik|berita|artikel|saksikan|info)\s+(?:[\w-]+\s+){0,3})?selengkapnya"
    r"(?:\W*|\W{1,6}(?:(?:di|pada|melalui|lewat)\s|klik\b).*)$",
    re.IGNORECASE,
)
_PAGING = re.compile(
    _LEAD
    + r"(?:halaman\s+(?:selanjutnya|berikutnya|sebelumnya|berikut|\d+)|(?:selanjutnya|berikutnya|sebelumnya)\s*[>»→]|"
    r"(?:next|previous)\s+page|(?:show|view)\s+all|(?:tampilkan|lihat)\s+semua(?:\s+halaman)?|"
    r"hal(?:aman|\.)?\s*:?\s*\d+(?:\s*(?:dari|/|of)\s*\d+)?)[^.]{0,80}$|^(?:\d{1,2}(?:\s+|\s*[|·,]\s*))+(?:\d{1,2}|\.{2,3}|selanjutnya|next|"
    r"show\s+all|semua|»|>|last|\s)*$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    _LEAD + r"(?:advertisement\b|iklan$|adv$|scroll\s+(?:to\s+(?:continue|resume)|ke\s+bawah|untuk)|"
    r"continue\s+with\s+content|baca\s+berita\s+(?:dengan\s+sedikit|tanpa)\s+iklan|loading\W*$|arrow_forward_ios|pause\s+play\b|"
    r"(?:powered|supported|sponsored|presented)\s+by\b|general_url|press\s+enter\s+or\s+click|"
    r"(?:ikuti|follow|gabung|bergabung|dapatkan|cek|temukan|subscribe|langganan|berlangganan|yuk|update|baca|"
    r"informasi\s+(?:lengkap|menarik))\b.{0,160}"
    r"\b(?:(?:whatsapp|wa|telegram)\s+(?:channel|grup|group)|(?:channel|saluran|kanal|grup)\s+(?:whatsapp|wa|telegram|youtube)|"
    r"google\s?news|newsletter|push\s+notif\w*)\b|"
    r"(?:simak|dapatkan|ikuti)\s+(?:update|breaking\s+news|berita\s+(?:terkini|terbaru|pilihan|up\s+to))\b|"
    r"fakta\s+atau\s+hoaks\?|artikel\s+ini\s+ditulis\s+oleh\b|.{0,80}berkomitmen\s+memberikan\s+fakta\s+jernih|"
    r".{0,300}https?://(?:www\.)?(?:whatsapp\.com/channel|t\.me/|news\.google)|"
    r"cek\s+berita\s+dan\s+artikel|(?:lihat|view)\s+(?:postingan|this\s+post|unggahan)\b|"
    r"(?:sebuah\s+kiriman\s+dibagikan|a\s+post\s+shared)\s+|\[?gambas:|\[video\b|"
    r"artikel\s+ini\s+(?:telah|sudah|pertama\s+kali)\s+(?:tayang|terbit|dimuat|ditayangkan)|"
    r"kami\s+mengajak\s+(?:anda\s+)?untuk\s+mendukung|"
    r"(?:your\s+browser|javascript|please\s+enable)\b.{0,60}(?:support|javascript|cookies)|"
    r"disclaimer\s*:|komentar\s+(?:adalah\s+tanggapan|pembaca)|load\s+more|muat\s+lainnya|tinggalkan\s+(?:komentar|balasan)|"
    r"(?:berikan|tulis|kirim)\s+komentar)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    _LEAD + r"(?:copyright\s*(?:©|\(c\)|@|by\b|\d{4}|$)|hak\s+cipta\s+(?:dilindungi|©|\(c\)|\d{4})|"
    r"dilarang\s+(?:keras\s+)?(?:mengambil|mengutip|menyalin|memperbanyak)\b.{0,60}\b(?:konten|isi|artikel|berita|materi|tulisan))|"
    r"^\s*(?:©|\(c\)\s*\d{4})|\ball\s+rights?\s+reserved\b",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^\W*(?:[a-z']{3,8},?\s*)?(?:\d{1,2}[\s/-](?:\d{1,2}|[a-z]{3,9})[\s/-]\d{4})\W{1,4}(?:pukul\s)?\d{1,2}[:.]\d{2}"
    r"(?:[:.]\d{2})?\s*(?:wib|wita|wit)?(?:\W{1,3}[\d.,]+\s*(?:views?|kali dibaca|dibaca))?\W*$",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:penulis|editor|reporter|pewarta|redaktur|wartawan|jurnalis|kontributor|fotografer|rep|red|uploader|peliput|"
    r"penyunting|pemimpin\s+redaksi|sumber|source|writer|author|penerjemah|translator|videografer|koresponden)"
)
_CREDIT = re.compile(
    rf"^\W*{_ROLE}(?:\s*(?:/|dan|&)\s*{_ROLE})*\s*[:|]\s*[^\n]{{0,110}}$|"
    r"^laporan\s+(?:wartawan|reporter|kontributor|jurnalis)\b[^.]{0,90}(?:\.com[^.]{0,60})?$|"
    r"^\W{0,2}[(\[]\s*(?:[a-zA-Z]{2,6}\d{0,3}|[a-zA-Z](?=\s*/)|\*+)(?:\s*[/\-,&]\s*(?:[a-zA-Z]{1,6}|\d{1,3}|\*+)){0,4}\s*[)\]]\W{0,2}$|"
    r"^[(\[]?\s*[A-Z]{1,3}-\d{1,3}\s*[)\]]?$|^tags?\s*:|^(?:topik|label|kata\s+kunci|keywords?)\s*:|"
    rf"^.{{0,60}}\b{_ROLE}\s*:[^:]{{2,50}}\b{_ROLE}\s*:[^:]{{2,60}}$",
    re.IGNORECASE,
)
_PHOTO_WORDS = (
    r"(?:(?:sumber|keterangan|kredit|ket\.?)\s*)?(?:foto|photo|gambar|image|ilustrasi|illustration|grafis|infografis|caption|dok(?:\.|umen"
    r"tasi)?)"
)
_CAPTION_START = re.compile(rf"^[(\[]?\s*{_PHOTO_WORDS}\s*[:/©]", re.IGNORECASE)
_CAPTION_END = re.compile(
    r"(?:\b(?:foto|photo|image|dok(?:\.|umentasi)?|ilustrasi)\s*[:/]\s*[^.!?]{2,70}[)\]]?\.?|"
    r"[(\[]\s*(?:foto|photo|dok\.?|dokumentasi|ist\.?|istimewa|antara\s+foto|shutterstock|freepik|pixabay|unsplash|pexels|"
    r"getty\s*images|tangkapan\s+layar|screenshot|ap\s+photo|instagram|youtube|twitter|facebook|ilustrasi)\b[^)\]]{0,70}[)\]]\.?|"
    r"\s-\s\((?:dok\.?\s*)?[A-Z][\w.]+(?:\s[\w.]+)?\)|©\s*[^.]{2,60})$",
    re.IGNORECASE,
)
_AGENCY_END = re.compile(r"[(\[/]\s*(?:reuters|afp|ap|epa|antara|xinhua|bloomberg)\b[^)\]]{0,50}[)\]]?$", re.IGNORECASE)
_SHARE_WORDS = frozenset(
    {
        "share", "shares", "bagikan", "sebarkan", "facebook", "twitter", "x", "whatsapp", "wa", "telegram",
        "line", "email", "mail", "copy", "link", "salin", "tautan", "linkedin", "pinterest", "google",
        "plus", "tweet", "like", "komentar", "comment", "comments", "print", "cetak", "instagram",
        "threads", "follow", "ikuti", "tiktok", "via", "ke", "artikel", "ini", "berita", "this", "to", "on",
        "dan", "views", "view", "dibaca", "kali", "a-", "a+", "font", "size", "aa", "tag", "simpan",
        "bookmark", "suka",
    }
)  # fmt: skip
_BRACKETED = re.compile(r"^[(\[（][^()\[\]]{12,200}[)\]）][.:]?$")
_WORD = re.compile(r"\w[\w'’.-]*")
_REPORTED = re.compile(r"\b(?:kata|ujar|tutur|ucap|jelas|tegas|imbuh|tambah)(?:nya)?\b", re.IGNORECASE)
_RELATED_LABEL = re.compile(
    r"^\W*(?:(?:baca|simak|lihat|tonton|read|also)(?:\s*(?:juga|pula|also|read|more))?|(?:berita|artikel)\s+(?:terkait|lainnya))\W*$",
    re.IGNORECASE,
)
_NEXT_HEADLINE = re.compile(_LEAD + r"(?:selanjutnya|berikutnya)\s*:", re.IGNORECASE)
_LINKED_PART = 0.3
_SHORT_CHARS = 220
_HEADING_LINES = 12
_MAX_INLINE_CHARS = 6_000
_MAX_INLINE_LINKS = 30
_PREAMBLE_CHARS = 80
_TAIL_INITIALS = re.compile(r"""(?<=[.!?"”])\s*\(\s*[A-Za-z]{2,4}(?:\s*/\s*[A-Za-z]{2,4}){1,3}\s*\)\s*$""")
_SIGNATURE = re.compile(r"^[A-Z][A-Z.'’ ]{2,30}(?:\s*[|/,&]\s*[A-Z][A-Z.'’ ]{2,30}){0,3}$")


def _is_share_bar(text: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_][\w+-]*", text)]
    return bool(words) and len(words) <= 25 and all(word in _SHARE_WORDS for word in words)


def _is_related(line: Line) -> bool:
    if _RELATED.search(line.text):
        return True
    if line.linked > _LINKED_PART and _NEXT_HEADLINE.match(line.text):
        return True
    # A label in a box of its own stands beside its link without a space: "BACA JUGAJudul lain".
    last = line.links[-1] if line.links else ""
    if last and line.text.endswith(last) and _RELATED_LABEL.match(line.text[: -len(last)]):
        return True
    is_sentence = line.text.rstrip().endswith(".") and line.linked <= _LINKED_PART
    return bool(_RELATED_UNLESS_SENTENCE.search(line.text)) and not is_sentence


def _is_bracketed_headline(line: Line) -> bool:
    """Tell whether a whole line in brackets is another headline, and no remark that belongs to the text."""
    if not _BRACKETED.match(line.text):
        return False
    inner = line.text.strip(".:")[1:-1].strip()
    words = _WORD.findall(inner)
    if line.linked > 0.8:
        return len(words) >= 3
    if len(words) < 4 or re.search(r"[.!;]$|[.;] ", inner) or _REPORTED.search(inner):
        return False
    return inner[:1].isupper() or inner[:1] in "\"'“‘0123456789"


def _is_linked_headline(line: Line) -> bool:
    """Tell whether a whole line is one link whose text reads like a headline."""
    words = _WORD.findall(line.text)
    if line.linked < 0.95 or len(words) < 4 or len(line.links) != 1:
        return False
    return not re.search(r"""[.:;"”]$|^(?:https?:|www\.)""", line.text)


def _is_caption(line: Line) -> bool:
    text = line.text
    if text.count(". ") > 2:
        return False
    if _CAPTION_START.match(text):
        return len(text) <= 250
    quoted = text[:1] in '"“'
    if _CAPTION_END.search(text) and not quoted:
        return True
    return line.after_image and len(text) <= 250 and not quoted and bool(_AGENCY_END.search(text))


_RULES: tuple[tuple[Furniture, int, Callable[[Line], object]], ...] = (
    (Furniture.COPYRIGHT, 320, lambda line: _COPYRIGHT.search(line.text)),
    (Furniture.RELATED, _SHORT_CHARS, _is_related),
    (Furniture.PAGING, _SHORT_CHARS, lambda line: _MORE.match(line.text) or _PAGING.match(line.text)),
    (Furniture.NOTICE, 400, lambda line: _NOTICE.search(line.text)),
    (Furniture.SHARE, 160, lambda line: _is_share_bar(line.text)),
    (Furniture.DATE, 90, lambda line: _DATE_LINE.match(line.text)),
    (Furniture.CREDIT, 200, lambda line: _CREDIT.match(line.text)),
    (Furniture.CAPTION, 300, _is_caption),
    (Furniture.RELATED, _SHORT_CHARS, _is_bracketed_headline),
    (Furniture.RELATED, 300, _is_linked_headline),
)
"""Kind, longest line in characters that it may take, and how it is recognised; the first that fits decides."""


def furniture_of(line: Line, title: str = "") -> Furniture | None:
    """Return what kind of furniture a line is; None when it is text."""
    for kind, max_chars, fits in _RULES:
        if len(line.text) <= max_chars and fits(line):
            return kind
    is_title = bool(title) and len(line.text) <= 2 * len(title) and _same(line.text, title)
    return Furniture.TITLE if is_title else None


def _same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one == other or (abs(len(one) - len(other)) < 8 and SequenceMatcher(None, one, other).ratio() > 0.93)


def _without_inline_links(line: Line) -> Line | None:
    """Cut "Baca juga: HEADLINE" out of a paragraph that also has text; None when nothing is left.

    Only words that are a link's text are cut, so a sentence that merely says "baca juga" stays whole.
    """
    text = line.text
    if len(text) > _MAX_INLINE_CHARS or not _RELATED_TAIL.search(text):
        return line
    for link in line.links[:_MAX_INLINE_LINKS]:
        for match in reversed(list(_RELATED_TAIL.finditer(text))):
            rest = text[match.end() :]
            if len(link) >= 12 and rest.startswith(link):
                text = f"{text[: match.start()]} {rest[len(link) :].lstrip(' )].')}".strip()
                break
    if text == line.text:
        return line
    return replace(line, text=text) if len(text) >= 3 else None


def clean(lines: Sequence[Line], title: str = "", *, signature: bool = False) -> list[Line]:
    """Return the lines that are text. `signature`: the outlet ends articles with its author's name in capitals."""
    kept: list[Line] = []
    for position, line in enumerate(lines):
        # The title repeated further down may be a quotation of it; at the top it is the heading.
        heading = title if len(kept) < 2 else ""
        trimmed = _without_inline_links(line)
        if trimmed is None or not any(char.isalnum() for char in trimmed.text):
            continue
        kind = furniture_of(trimmed, heading or (title if position < _HEADING_LINES else ""))
        if kind is Furniture.TITLE and all(len(before.text) < _PREAMBLE_CHARS for before in kept):
            # What stands above the headline (section, breadcrumb, date) is no text.
            kept.clear()
        elif kind is None:
            kept.append(trimmed)
    if kept:
        kept[-1] = replace(kept[-1], text=_TAIL_INITIALS.sub("", kept[-1].text))
    while signature and len(kept) > 1 and _SIGNATURE.match(kept[-1].text) and len(kept[-1].text.split()) <= 8:
        kept.pop()
    while kept and kept[-1].heading and len(kept) > 1:
        kept.pop()
    return kept


def signature_of(lines: Sequence[Line]) -> str | None:
    """Return the author's name in capitals that ends the lines, as Tempo signs; None when there is none."""
    for line in reversed(lines[-4:]):
        if _SIGNATURE.match(line.text) and line.emphasised and 2 <= len(line.text.split()) <= 8:
            return line.text
    return None
