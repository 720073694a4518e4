"""What a person asks to correct, checked against the gazetteer and the rules of each field, in words for the desk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contract.gazetteer import Gazetteer
from contract.learnt import MAX_CATEGORIES, MAX_NOTE_CHARS, OF_AN_ENTITY, ArticleCorrected, CorrectedValue
from contract.values import Category, Correctable, EntityKind, Origin, Presence, Sentiment
from pydantic import ValidationError

from search.domain.problems import Flaw, InvalidRequestError
from search.domain.vocabulary import nearest

MAX_BY_CHARS = 120
MAX_ROLE_CHARS = 60
MAX_EVIDENCE_CHARS = 2_000

_LABELS: dict[Correctable, tuple[str, ...]] = {
    Correctable.TONE: tuple(Sentiment),
    Correctable.SENTIMENT: tuple(Sentiment),
    Correctable.MENTION: tuple(Presence),
    Correctable.ASSIGNMENT: tuple(Presence),
    Correctable.ORIGIN: tuple(Origin),
}


_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")


@dataclass(frozen=True)
class CorrectionAsk:
    """A correction as it was sent. Values are as JSON has them: a word, a number, a list of words."""

    correction_id: str
    what: str
    expected: Any
    after: Any
    by: str
    entity: str = ""
    kind: str = ""
    role: str = ""
    note: str = ""
    sentiment: str = ""
    span: Mapping[str, Any] | None = None
    revision: int | None = None
    content_hash: str = ""


@dataclass(frozen=True)
class WithdrawalAsk:
    """A withdrawal as it was sent."""

    correction_id: str
    withdraws: str
    by: str
    role: str = ""
    note: str = ""


def read_correction(
    ask: CorrectionAsk, article: Mapping[str, Any], gazetteer: Gazetteer, now: datetime
) -> ArticleCorrected:
    """Return the event of a correction. Raises InvalidRequestError with every mistake found.

    What the page showed (`revision`, `content_hash`) is what was judged; without it, what is stored now.
    """
    flaws = _flaws_of_person(ask.by, ask.role, ask.note)
    if ask.what not in set(Correctable):
        flaws.append(_unknown("what", tuple(Correctable)))
        raise InvalidRequestError(*flaws)
    what = Correctable(ask.what)
    kind = _kind_of(what, ask, gazetteer, flaws)
    values = [_value(what, name, found, flaws) for name, found in _values(ask)]
    if ask.sentiment and ask.sentiment not in set(Sentiment):
        flaws.append(_unknown("sentiment", tuple(Sentiment)))
    if ask.sentiment and (what not in {Correctable.MENTION, Correctable.ASSIGNMENT} or ask.after != Presence.ADDED):
        flaws.append(Flaw("sentiment", "Hanya untuk pihak yang ditambahkan."))
    if ask.span is not None:
        flaws += _flaws_of_span(ask.span, article)
    if flaws:
        raise InvalidRequestError(*flaws)
    return _event(
        correction_id=ask.correction_id,
        article_id=article["article_id"],
        month=article["month"],
        revision=ask.revision or article["revision"],
        content_hash=ask.content_hash or article["content_hash"],
        by=ask.by.strip(),
        role=ask.role.strip(),
        note=ask.note.strip(),
        at=now,
        what=what,
        entity_id=ask.entity or None,
        kind=kind,
        expected=values[0],
        after=values[1],
        sentiment=ask.sentiment or None,
        span=dict(ask.span) if ask.span else None,
    )


def read_withdrawal(ask: WithdrawalAsk, withdrawn: ArticleCorrected, now: datetime) -> ArticleCorrected:
    """Return the event that withdraws a correction. Raises InvalidRequestError with every mistake found."""
    flaws = _flaws_of_person(ask.by, ask.role, ask.note)
    if flaws:
        raise InvalidRequestError(*flaws)
    return _event(
        **withdrawn.model_dump(
            include={"article_id", "month", "revision", "content_hash", "what", "entity_id", "kind"}
        ),
        correction_id=ask.correction_id,
        by=ask.by.strip(),
        role=ask.role.strip(),
        note=ask.note.strip(),
        at=now,
        withdraws=ask.withdraws,
    )


def _event(**fields: Any) -> ArticleCorrected:
    try:
        return ArticleCorrected(**fields)
    except ValidationError as error:
        places = dict.fromkeys(str(one["loc"][0]) if one["loc"] else "what" for one in error.errors())
        names = {"correction_id": "id", "entity_id": "entity"}
        raise InvalidRequestError(
            *(Flaw(names.get(one, one), _SHAPES.get(one, _NOT_USABLE)) for one in places)
        ) from error


_NOT_USABLE = "Nilai ini tidak dapat dipakai."
_SHAPES = {"correction_id": "Harus 8 sampai 64 huruf, angka, '-' atau '_', dan diawali huruf atau angka."}


def _values(ask: CorrectionAsk) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return ("expected", ask.expected), ("after", ask.after)


def _flaws_of_person(by: str, role: str, note: str) -> list[Flaw]:
    flaws = []
    if not by.strip():
        flaws.append(
            Flaw("by", "Wajib diisi.", hint="Tulis nama petugas; belum ada login yang dapat memberitahukannya.")
        )
    for name, value, most in (("by", by, MAX_BY_CHARS), ("role", role, MAX_ROLE_CHARS), ("note", note, MAX_NOTE_CHARS)):
        if len(value) > most:
            flaws.append(Flaw(name, f"Terlalu panjang, paling banyak {most:n} huruf."))
        if any(not char.isprintable() and char not in "\n\t" for char in value):
            flaws.append(Flaw(name, "Berisi tanda yang tidak dapat ditampilkan."))
    return flaws


def _unknown(name: str, allowed: tuple[str, ...]) -> Flaw:
    words = tuple(str(one) for one in allowed)
    return Flaw(name, "Nilai tidak dikenal.", hint=f"Yang dikenal: {', '.join(words)}.", allowed=words)


def _kind_of(what: Correctable, ask: CorrectionAsk, gazetteer: Gazetteer, flaws: list[Flaw]) -> EntityKind | None:
    if what not in OF_AN_ENTITY:
        if ask.entity or ask.kind:
            flaws.append(Flaw("entity", f"Tidak dipakai untuk {what}: itu milik berita, bukan satu pihak."))
        return None
    if not ask.entity:
        flaws.append(Flaw("entity", "Wajib diisi.", hint="Id OPD, unit, atau daerah, misalnya dinkes."))
        return None
    kinds = _kinds_of(ask.entity, gazetteer)
    if not kinds:
        hint = "Lihat /v1/opd, /v1/units, dan /v1/regions. Hanya milik provinsi yang dapat ditugaskan."
        flaws.append(Flaw("entity", "Tidak ada OPD, unit provinsi, atau daerah dengan id ini.", hint=hint))
        return None
    if ask.kind and ask.kind not in kinds:
        flaws.append(_unknown("kind", kinds))
        return None
    if what == Correctable.MENTION and ask.kind == EntityKind.BAKORWIL:
        flaws.append(Flaw("kind", "Wilayah Bakorwil dihitung dari daerahnya; tambahkan Bakorwil itu sebagai opd."))
    return EntityKind(ask.kind or kinds[0])


def _kinds_of(entity: str, gazetteer: Gazetteer) -> tuple[EntityKind, ...]:
    if entity in gazetteer.opd_by_id:
        area = (EntityKind.BAKORWIL,) if gazetteer.opd_by_id[entity].type == "bakorwil" else ()
        return (EntityKind.OPD, *area)
    unit = gazetteer.unit_by_id.get(entity)
    if unit is not None and unit.is_provincial:
        return (EntityKind.UNIT,)
    return (EntityKind.REGION,) if entity in gazetteer.region_by_id else ()


def _value(what: Correctable, name: str, found: Any, flaws: list[Flaw]) -> CorrectedValue | None:
    if what == Correctable.SEVERITY:
        if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= 5:
            return found
        flaws.append(Flaw(name, "Harus angka bulat 1 sampai 5."))
        return None
    if what == Correctable.CATEGORY:
        return _categories(name, found, flaws)
    if isinstance(found, str) and found in set(_LABELS[what]):
        return found
    flaws.append(_unknown(name, _LABELS[what]))
    return None


def _categories(name: str, found: Any, flaws: list[Flaw]) -> tuple[str, ...] | None:
    usable = isinstance(found, list) and len(found) <= MAX_CATEGORIES
    if not usable or not all(isinstance(one, str) and _SLUG.match(one) for one in found):
        hint = "Tulis kata kunci kategori seperti pada hasil pencarian, misalnya kesehatan."
        flaws.append(Flaw(name, f"Harus daftar kategori, paling banyak {MAX_CATEGORIES}.", hint=hint))
        return None
    if name == "after":
        _check_known(found, flaws)
    return tuple(dict.fromkeys(found))


def _check_known(found: list[str], flaws: list[Flaw]) -> None:
    """Note a category that there is not: it would be counted beside the others. What was seen may be of an old list."""
    unknown = next((one for one in found if one not in set(Category)), None)
    if unknown is not None:
        near = nearest(unknown, Category) or tuple(map(str, Category))
        flaws.append(
            Flaw("after", f"Kategori {unknown} tidak dikenal.", hint=f"Mungkin: {', '.join(near)}.", allowed=near)
        )
    elif Category.LAINNYA in found and len(found) > 1:
        flaws.append(Flaw("after", "Lainnya berarti tidak satu pun dari kategori lain.", hint="Pilih salah satu."))


def _flaws_of_span(span: Mapping[str, Any], article: Mapping[str, Any]) -> list[Flaw]:
    text = article.get(span.get("field", ""), "") if span.get("field") in ("title", "text") else ""
    start, end = span.get("start", -1), span.get("end", -1)
    if 0 <= start < end <= len(text) and end - start <= MAX_EVIDENCE_CHARS:
        return []
    hint = f"Paling panjang {MAX_EVIDENCE_CHARS:n} huruf, di dalam `title` atau `text` berita ini."
    return [Flaw("span", "Tidak menunjuk kata-kata dalam berita.", hint=hint)]
