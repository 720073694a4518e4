"""Copies as newsrooms make them, constructed from real articles by seeded edits."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

INTROS = (
    "SURABAYA, MEDIACONTOH.COM – ",
    "Surabaya (ANTARA CONTOH) - ",
    "JAKARTA, WARTACONTOH - ",
    "SUARACONTOH.ID | MALANG – ",
)
LEADS = (
    "Sejumlah pihak menyoroti peristiwa yang ramai dibicarakan warga dalam beberapa hari terakhir ini.",
    "Kabar ini menjadi perhatian masyarakat luas dan ramai diperbincangkan di berbagai kanal.",
)
RELATED = (
    "Baca juga: Pemprov Siapkan Langkah Lanjutan untuk Warga",
    "Baca Juga: Lima Fakta yang Perlu Diketahui Pembaca",
    "[Gambas:Video 20detik]",
    'Simak Video "Penjelasan Lengkap Pejabat Terkait"',
    "Dapatkan update berita pilihan setiap hari di kanal kami",
)


@dataclass(frozen=True)
class Text:
    """A title and a text with paragraphs separated by blank lines."""

    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]


Edit = Callable[[Text, random.Random, Sequence[Text]], Text]


def _joined(title: str, paragraphs: Sequence[str]) -> Text:
    return Text(title, "\n\n".join(paragraphs))


def new_title(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    words = one.title.split()
    rng.shuffle(words)
    return Text(f"{' '.join(words[: max(3, len(words) // 2)])}, Ini Penjelasannya", one.text)


def agency_intro(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    return Text(one.title, rng.choice(INTROS) + one.text)


def new_lead(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    return _joined(one.title, [rng.choice(LEADS), *one.paragraphs])


def dropped(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    paragraphs = one.paragraphs
    gone = set(rng.sample(range(len(paragraphs)), max(1, len(paragraphs) // 3)))
    return _joined(one.title, [part for place, part in enumerate(paragraphs) if place not in gone])


def shuffled(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    paragraphs = one.paragraphs
    rng.shuffle(paragraphs)
    return _joined(one.title, paragraphs)


def added(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    paragraphs = one.paragraphs
    for part in rng.choice(others).paragraphs[-2:]:
        paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), part[:400])
    return _joined(one.title, paragraphs)


def reworded(share: float) -> Edit:
    """Return an edit that replaces that share of the words by words of other articles."""

    def edit(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
        pool = [word for other in rng.sample(list(others), 3) for word in other.text.split()[:150]]
        changed = [
            " ".join(rng.choice(pool) if rng.random() < share else word for word in part.split())
            for part in one.paragraphs
        ]
        return _joined(one.title, changed)

    return edit


def halved(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    kept: list[str] = []
    half = len(one.text.split()) / 2
    for part in one.paragraphs:
        if sum(len(done.split()) for done in kept) >= half:
            break
        kept.append(part)
    return _joined(one.title, kept)


def corrected(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    """Change one number in the text, or two."""
    places = [match.span() for match in re.finditer(r"\b\d+\b", one.text)]
    text = one.text
    for start, end in sorted(rng.sample(places, min(2, len(places))), reverse=True):
        text = f"{text[:start]}{int(text[start:end]) + rng.randrange(1, 9)}{text[end:]}"
    return Text(one.title, text)


def related(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
    paragraphs = one.paragraphs
    for line in rng.sample(RELATED, 3):
        paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), line)
    return _joined(one.title, paragraphs)


def chain(*edits: Edit) -> Edit:
    def edit(one: Text, rng: random.Random, others: Sequence[Text]) -> Text:
        for each in edits:
            one = each(one, rng, others)
        return one

    return edit


EDITS: dict[str, Edit] = {
    "judul baru": new_title,
    "intro agensi": agency_intro,
    "paragraf awal baru": new_lead,
    "paragraf dibuang": dropped,
    "paragraf diacak": shuffled,
    "paragraf ditambah": added,
    "5 % kata diganti": reworded(0.05),
    "10 % kata diganti": reworded(0.10),
    "15 % kata diganti": reworded(0.15),
    "dipendekkan separuh": halved,
    "angka dikoreksi": corrected,
    "baca juga": related,
    "judul, intro, dibuang, 5 %": chain(new_title, dropped, reworded(0.05), agency_intro),
    "judul, separuh, 10 %, baca juga": chain(new_title, halved, reworded(0.10), related),
    "paragraf awal, ditambah, diacak": chain(new_lead, added, shuffled),
}
