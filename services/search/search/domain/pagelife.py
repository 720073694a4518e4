"""An article's page over time, as it is shown: its revisions, what was edited, when it went and came back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from search.domain.diffing import Change, Paragraph, Words
from search.domain.edits import KIND_WORDS, Edit, EditKind, TitleEdit, edit_between
from search.domain.revisions import NO_EDIT, edit_kinds_of, told_of

Json = dict[str, Any]
Labels = Callable[[str, str], str]


def history(article_id: str, entries: Iterable[Mapping[str, Any]], label_of: Labels) -> Json:
    """Return the life of a page from what is kept of it, in any order."""
    ordered = sorted(entries, key=lambda one: (one["at"], one["revision"]))
    revisions = sorted((one for one in ordered if one["entry"] == "revision"), key=lambda one: int(one["revision"]))
    comings = [one for one in ordered if one["entry"] != "revision"]
    kinds = edit_kinds_of((one["revision"], tuple(one.get("edit_kinds", ()))) for one in revisions)
    return {
        "article_id": article_id,
        "edited": bool(kinds),
        "edit_kinds": kinds,
        "vanished": bool(comings) and comings[-1]["entry"] == "vanished",
        "items": [_item(one, label_of) for one in revisions],
        "timeline": [_happened(one) for one in ordered],
    }


def _item(one: Mapping[str, Any], label_of: Labels) -> Json:
    kinds = list(one.get("edit_kinds", ()))
    return {
        **{name: one[name] for name in ("revision", "at", "title", "tone", "tone_score", "severity")},
        **{name: one.get(name) for name in ("modified_at", "previous", "archive")},
        "kinds": kinds,
        "kind_words": in_words(kinds),
        "mentions": [{**each, "label": label_of(each["id"], each["kind"])} for each in one.get("mentions", ())],
    }


def in_words(kinds: Iterable[str]) -> list[str]:
    """Return the kinds of an edit in words; what a newer release named is left as it is."""
    known = {str(kind): told for kind, told in KIND_WORDS.items()}
    return [known.get(kind, kind) for kind in kinds]


def _happened(one: Mapping[str, Any]) -> Json:
    told = {"at": one["at"], "revision": one["revision"]}
    if one["entry"] != "revision":
        proof = {name: one.get(name) for name in ("how", "last_page", "found_page")}
        return {**told, "event": one["entry"], "text": one.get("detail") or _GONE[one["entry"]],
                "checked_at": list(one.get("checked_at", ())), **proof}  # fmt: skip
    kinds = list(one.get("edit_kinds", ()))
    if "previous" not in one:
        text = "Berita pertama kali terbaca." if one["revision"] == 1 else "Versi sebelumnya tidak terekam."
        return {**told, "event": "published", "text": text}
    if not set(kinds) - NO_EDIT:
        return {**told, "event": "unchanged", "text": "Hanya perubahan kecil tanpa arti."}
    return {**told, "event": "edited", "text": f"Media mengubah berita: {', '.join(in_words(kinds))}."}


_GONE = {"vanished": "Halamannya hilang.", "restored": "Halamannya dapat dibaca lagi."}


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Json:
    """Return what differs between two revisions, as plain text in steps."""
    edit = edit_between(told_of(old), told_of(new))
    same = old["revision"] == new["revision"]
    kinds: Sequence[EditKind] = () if same else edit.kinds
    return {
        "article_id": new["article_id"],
        "from": old["revision"],
        "to": new["revision"],
        "kinds": [str(kind) for kind in kinds],
        "kind_words": in_words(str(kind) for kind in kinds),
        "title": _title(edit.title) if edit.title is not None else None,
        "paragraphs": [_paragraph(one, edit) for one in edit.paragraphs],
        "numbers": {"removed": list(edit.numbers.removed), "added": list(edit.numbers.added)},
        "names": {"removed": list(edit.names.removed), "added": list(edit.names.added)},
        "quotes_removed": list(edit.quotes_removed),
        "notes": list(edit.notes),
        "read_before": _read(old),
        "read_after": _read(new),
        "limited": edit.limited,
    }


def _read(one: Mapping[str, Any]) -> Json:
    return {name: one[name] for name in ("tone", "tone_score", "severity")}


def _words(words: Iterable[Words]) -> list[Json]:
    return [{"op": str(one.step), "text": one.text} for one in words]


def _title(title: TitleEdit) -> Json:
    return {
        "before": title.old,
        "after": title.new,
        "words": _words(title.words),
        "strength_before": title.old_strength,
        "strength_after": title.new_strength,
        "evidence_before": list(title.old_evidence),
        "evidence_after": list(title.new_evidence),
    }


def _paragraph(one: Paragraph, edit: Edit) -> Json:
    before = one.old if one.change in (Change.CHANGED, Change.REMOVED) or one.new_number is None else None
    return {
        "op": str(one.change),
        "number_before": one.old_number,
        "number_after": one.new_number,
        "before": before,
        "after": one.new if one.new_number is not None else None,
        "words": _words(one.words),
        "cosmetic": one.new_number is not None and one.new_number in edit.cosmetic_numbers,
    }
