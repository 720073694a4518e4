"""Puts a reason into words that a humas officer understands: which words in the article, or which rule, decided."""

from collections.abc import Sequence

from contract.gazetteer import Gazetteer
from contract.messages import Assignment, Mention, Sentiment

from router.domain.verdict import Verdict

MAX_REASON_CHARS = 400
MAX_FORMS = 3


def named(mentions: Sequence[Mention], verdict: Verdict) -> str:
    """Return for instance: Disebut 2 kali, juga di judul, sebagai “Dinkes Jatim”."""
    count = f"Disebut {len(mentions)} kali" if len(mentions) > 1 else "Disebut"
    in_title = [one for one in mentions if one.field == "title"]
    where = "" if not in_title else " di judul" if len(in_title) == len(mentions) else ", juga di judul,"
    forms = list(dict.fromkeys(one.text for one in sorted(mentions, key=_place)))
    shown = ", ".join(f"“{form}”" for form in forms[:MAX_FORMS])
    more = f" dan {len(forms) - MAX_FORMS} sebutan lain" if len(forms) > MAX_FORMS else ""
    return clip(f"{count}{where} sebagai {shown}{more}.{_conflict(verdict)}")


def unit_of(units: Sequence[str], opd: str) -> str:
    """Return why an OPD sees what names its units."""
    return clip(f"{_listed(units)} disebut, unit di bawah {opd}.")


def located_in(units: Sequence[str], place: str) -> str:
    """Return why a region sees what names a unit that stands there."""
    return clip(f"{_listed(units)} disebut, lokasinya di {place}.")


def region_of(places: Sequence[str], bakorwil: str) -> str:
    """Return why a Bakorwil sees what names a region, or a unit, within its area."""
    return clip(f"{_listed(places)} termasuk wilayah kerja {bakorwil}.")


def own_site(name: str) -> str:
    return clip(f"Terbit di situs resmi {name}.")


def suggested(name: str, keywords: Sequence[str]) -> str:
    """Return why an agency is suggested that the article does not name."""
    words = ", ".join(f"“{word}”" for word in keywords[:MAX_FORMS])
    return clip(f"Usulan, bukan penugasan: {name} tidak disebut, tetapi {words} lazimnya menjadi urusannya.")


def doubtful(names: Sequence[str]) -> str:
    """Return why a person should read an article before it is counted."""
    return clip(f"Sikap berita terhadap {_listed(names)} belum pasti terbaca.")


def alert(name: str, verdict: Verdict, severity: int, severity_reason: str) -> str:
    """Return why an alert is raised."""
    because = f": {severity_reason.rstrip('.')}" if severity_reason else ""
    return clip(
        f"Kalimat negatif tentang {name} (keyakinan {round(verdict.score * 100)}%), tingkat {severity} dari 5{because}."
    )


def summary(assignments: Sequence[Assignment], alerts: int, gazetteer: Gazetteer) -> str:
    """Return what the trace of an article shows of its routing."""
    names = list(dict.fromkeys(gazetteer.name_of(one.entity_id) for one in assignments))
    if not names:
        return "Tidak menyebut OPD, unit, atau daerah di Jawa Timur."
    raised = f"; {alerts} peringatan dikirim" if alerts else ""
    return f"Ditujukan kepada {', '.join(names)}{raised}."


def clip(text: str) -> str:
    """Return the text, cut with an ellipsis at what a message may carry."""
    return text if len(text) <= MAX_REASON_CHARS else text[: MAX_REASON_CHARS - 1] + "…"


def _conflict(verdict: Verdict) -> str:
    if not verdict.is_contested:
        return ""
    counted = f"{verdict.negative} sebutan bernada negatif dan {verdict.positive} positif"
    if verdict.sentiment == Sentiment.NEGATIVE:
        return f" Ada {counted}; yang negatif didahulukan."
    return f" Ada {counted}; yang positif jauh lebih kuat."


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:MAX_FORMS])
    if len(names) > MAX_FORMS:
        shown.append(f"{len(names) - MAX_FORMS} lainnya")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} dan {shown[-1]}"


def _place(mention: Mention) -> tuple[bool, int]:
    return mention.field != "title", mention.start
