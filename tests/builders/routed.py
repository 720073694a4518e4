"""Builds routed articles for tests: one by hand with defaults, or many from a seed."""

import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from contract.gazetteer import load_gazetteer
from contract.ids import article_id, content_hash, month_of
from contract.messages import (
    Article,
    ArticleRouted,
    Assignment,
    EntityKind,
    Jurisdiction,
    Label,
    OtherBody,
    Reading,
    Sentiment,
    Stamp,
    Suggestion,
)

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
OUTLETS = ("kabar-contoh", "warta-contoh", "suara-contoh", "antara", "detik")
CATEGORIES = ("kesehatan", "pendidikan", "infrastruktur", "bencana", "ekonomi")
SUBJECTS = ("antrean pasien", "jalan berlubang", "banjir luapan sungai", "vaksinasi anak", "beasiswa siswa")
PLACES = ("Kediri", "Menganti", "Surabaya", "Jember", "Pamekasan")


def assignment(entity_id: str, kind: str, sentiment: str = "neutral", **changes: Any) -> Assignment:
    """Return an assignment; a derived one names what it was rolled up from in `via`."""
    fields: dict[str, Any] = {
        "entity_id": entity_id,
        "kind": EntityKind(kind),
        "sentiment": Sentiment(sentiment),
        "score": 0.9,
        "evidence": f"Kalimat tentang {entity_id}.",
        "rule": "rolled_up" if changes.get("derived") else "named",
        "reason": f"{entity_id} disebut dengan nama lengkap",
    }
    return Assignment(**(fields | changes))


def routed(
    url: str = "https://kabar.contoh/berita/1",
    *,
    title: str = "Antrean pasien mengular di rumah sakit",
    text: str = "Dinas Kesehatan Jawa Timur menambah loket.\n\nPasien menunggu sejak pagi.",
    outlet: str = "kabar-contoh",
    published_at: datetime = NOON,
    revision: int = 1,
    generation: int = 0,
    tone: str = "neutral",
    severity: int = 2,
    categories: tuple[str, ...] = ("kesehatan",),
    assignments: Iterable[Assignment] = (),
    first_seen_at: datetime | None = None,
    read: Mapping[str, Any] | None = None,
    **changes: Any,
) -> ArticleRouted:
    """Return a routed article; `read` replaces fields of its `Reading`, other keyword arguments of its `Article`."""
    seen = first_seen_at or published_at
    fields: dict[str, Any] = dict.fromkeys(("source_id", "outlet"), outlet) | {
        "article_id": article_id(url),
        "revision": revision,
        "generation": generation,
        "content_hash": content_hash(title, text),
        "url": url,
        "canonical_url": url,
        "outlet_name": outlet.replace("-", " ").title(),
        "tier": 2,
        "title": title,
        "text": text,
        "authors": ("Redaksi",),
        "language": "id",
        "published": Stamp(at=published_at, zone="Asia/Jakarta", source="jsonld"),
        "first_seen_at": seen,
        "fetched_at": seen,
        "month": month_of(seen),
    }
    unsure = bool(read and read.get("needs_reading"))
    label = Label(label=Sentiment(tone), score=0.8, evidence=title, uncertain=unsure)
    found: dict[str, Any] = {"language": "id", "tone": label, "categories": categories, "severity": severity}
    reading = Reading(**(found | {"model": "uji-1"} | dict(read or {})))
    return ArticleRouted(
        article=Article(**(fields | changes)),
        reading=reading,
        assignments=tuple(assignments),
        classified_at=seen + timedelta(seconds=1),
        routed_at=seen + timedelta(seconds=2),
    )


def many_routed(count: int, *, seed: int = 7) -> list[ArticleRouted]:
    """Return different articles over twelve days, with assignments rolled up as the router does it."""
    rng = random.Random(seed)
    return [_random(number, rng) for number in range(count)]


def _random(number: int, rng: random.Random) -> ArticleRouted:
    gazetteer = load_gazetteer()
    labels = [str(label) for label in Sentiment]
    subject, place = rng.choice(SUBJECTS), rng.choice(PLACES)
    found: dict[tuple[str, str], Assignment] = {}

    # Beside the other random numbers, which give many tests their articles.
    more = random.Random(1_000 + number)

    def add(entity_id: str, kind: str, **changes: Any) -> None:
        unsure = more.random() < 0.2
        found.setdefault(
            (entity_id, kind), assignment(entity_id, kind, rng.choice(labels), uncertain=unsure, **changes)
        )

    for agency in rng.sample(["dinkes", "dindik", "dpu-bina-marga", "bpbd", "disperindag"], rng.choice([0, 1, 1, 2])):
        add(agency, "opd")
    for unit in rng.sample(["rsud-soetomo", "rsud-saiful-anwar", "cabdin-jember"], rng.choice([0, 0, 1, 2])):
        add(unit, "unit")
        add(gazetteer.opd_of_unit(unit) or "dinkes", "opd", derived=True, via=(unit,))
    for region in rng.sample(["kab-jember", "kota-surabaya", "kab-kediri", "kab-pamekasan"], rng.choice([0, 1, 2])):
        add(region, "region")
        add(gazetteer.bakorwil_of_region(region), "bakorwil", derived=True, via=(region,))
    agency_words = rng.choice(["Dinas Kesehatan", "Dinkes", "Dinas Pendidikan", "BPBD", "Pemerintah daerah"])
    return routed(
        f"https://media-{number % 5}.contoh/berita/{number}",
        title=f"{subject.capitalize()} di {place} nomor {number}",
        text=f"{agency_words} menangani {subject} di wilayah {place}.\n\nWarga nomor {number} menunggu kabar.",
        outlet=OUTLETS[number % 5],
        published_at=NOON - timedelta(minutes=rng.randrange(12 * 24 * 60)),
        tone=rng.choice(labels),
        severity=rng.randint(1, 5),
        categories=tuple(rng.sample(CATEGORIES, rng.choice([1, 1, 2]))),
        assignments=found.values(),
        first_seen_at=NOON - timedelta(days=rng.choice([0, 30])),
        read=_doubts(more),
    )


def _doubts(rng: random.Random) -> dict[str, Any]:
    """Return what else may stand in a reading: that it is unsure, a suggestion, bodies of others."""
    suggested = rng.choice([None, None, None, "dpu-bina-marga", "dindik"])
    other = rng.choice([None, None, Jurisdiction.VERTICAL, Jurisdiction.KABUPATEN_KOTA])
    unsure = rng.random() < 0.15
    body = {"name": "Polres Contoh", "start": 0, "end": 4, "field": "text"}
    return {
        "needs_reading": unsure,
        "needs_reading_reason": "Nada positif dan negatif hampir sama kuat." if unsure else "",
        "suggestions": (Suggestion(entity_id=suggested, score=0.5, keywords=("jalan",)),) if suggested else (),
        "others": (OtherBody(jurisdiction=other, **body),) if other else (),
    }
