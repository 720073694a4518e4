"""The index templates: how articles are analysed and which fields they have.

Only what the embedded node and the full distribution both know is used. The analysis is made from the gazetteer:
its names are kept from the stemmer, which would turn Kediri into "diri", and its abbreviations are synonyms.
"""

import re
from typing import Any

from contract.gazetteer import Gazetteer
from contract.names import Names

from search.domain.query.parser import fold
from search.domain.vocabulary import short_name

VERSION = 2
"""Raise it with every change here; `python -m search reindex` brings older indices up to it."""

GENERAL_ACRONYMS = (
    ("jatim", "jawa timur"),
    ("pemprov", "pemerintah provinsi"),
    ("pemkab", "pemerintah kabupaten"),
    ("pemkot", "pemerintah kota"),
    ("rs", "rumah sakit"),
    ("rsud", "rumah sakit umum daerah"),
    ("rsu", "rumah sakit umum"),
    ("rsj", "rumah sakit jiwa"),
    ("puskesmas", "pusat kesehatan masyarakat"),
    ("cabdin", "cabang dinas"),
    ("bakorwil", "badan koordinasi wilayah"),
    ("dprd", "dewan perwakilan rakyat daerah"),
    ("apbd", "anggaran pendapatan dan belanja daerah"),
    ("sekda", "sekretaris daerah"),
    ("smkn", "smk negeri"),
    ("sman", "sma negeri"),
)
"""Acronyms of the local press that no agency's row carries."""

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)


def words_of(text: str) -> list[str]:
    """Return the words of a name as the standard tokenizer and the two folding filters leave them."""
    return _TOKEN.findall(fold(text))


def protected_words(gazetteer: Gazetteer) -> list[str]:
    """Return the words that must not be stemmed: places, units, abbreviations.

    What also stands in an agency's full name or among its subjects is a word of the language (kesehatan,
    pendidikan) and is stemmed like any other, or "layanan sehat" would no longer find "layanan kesehatan".
    """
    names: list[str] = []
    language: list[str] = []
    for agency in gazetteer.opd:
        names += agency.abbreviations
        language += [agency.name, *agency.sector_keywords] if not agency.is_mirror else []
    for unit in gazetteer.units:
        names += [unit.name, *unit.aliases_weak]
    for region in gazetteer.regions:
        names += [region.name, region.short_name, region.seat, *region.aliases_weak]
    districts = [row.name for row in gazetteer.kecamatan]
    places = {word for name in [*(row.name for row in gazetteer.regions), *districts] for word in words_of(name)}
    kept = {word for name in [*names, *districts] for word in words_of(name)}
    common = {word for name in language for word in words_of(name)} - places
    acronyms = {acronym for acronym, _ in GENERAL_ACRONYMS}
    return sorted(word for word in (kept - common) | acronyms if len(word) > 1 and not word.isdigit())


def synonym_rules(gazetteer: Gazetteer) -> list[str]:
    """Return one rule per agency, such as `dinkes, dinas kesehatan`, and those of the general acronyms."""
    rules = [f"{short}, {long}" for short, long in GENERAL_ACRONYMS]
    for agency in gazetteer.opd_by_id.values():
        if agency.type == "bakorwil":
            continue
        name = " ".join(words_of(short_name(agency.name)))
        forms = [" ".join(words_of(one)) for one in agency.abbreviations]
        different = [one for one in dict.fromkeys(forms) if one and not name.startswith(one)]
        if different:
            rules.append(", ".join([*different, name]))
    return rules


def analysis(gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the analysis settings. Stop words stay in the index; queries leave them out."""
    return {
        "filter": {
            "pantau_names": {"type": "keyword_marker", "keywords": protected_words(gazetteer)},
            "pantau_stemmer": {"type": "stemmer", "language": "indonesian"},
            "pantau_acronyms": {"type": "synonym_graph", "synonyms": synonym_rules(gazetteer)},
        },
        "analyzer": {
            "pantau_text": {
                "type": "custom",
                "tokenizer": "standard",
                "filter": ["lowercase", "asciifolding", "pantau_names", "pantau_stemmer"],
            },
            "pantau_query": {
                "type": "custom",
                "tokenizer": "standard",
                "filter": ["lowercase", "asciifolding", "pantau_acronyms", "pantau_names", "pantau_stemmer"],
            },
            "pantau_exact": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]},
        },
    }


_KEYWORD = {"type": "keyword"}
_DATE = {"type": "date", "format": "strict_date_optional_time||epoch_millis"}
_SHOWN = {"type": "keyword", "index": False, "doc_values": False}
_TEXT = {
    "type": "text",
    "analyzer": "pantau_text",
    "search_analyzer": "pantau_query",
    "fields": {"exact": {"type": "text", "analyzer": "pantau_exact"}},
}

ARTICLE_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("article_id", "content_hash", "previous_hash", "url", "canonical_url", "source_id"), _KEYWORD),
    **dict.fromkeys(("outlet", "outlet_name", "area", "own_of", "section", "language", "month", "model"), _KEYWORD),
    **dict.fromkeys(("opd", "unit", "region", "bakorwil", "category", "tone", "alert_ids"), _KEYWORD),
    **dict.fromkeys(("published_zone", "published_source"), _KEYWORD),
    **dict.fromkeys(("published_at", "modified_at", "first_seen_at", "fetched_at"), _DATE),
    **dict.fromkeys(("classified_at", "routed_at", "indexed_at"), _DATE),
    **dict.fromkeys(("image_url", "archive", "lead", "tone_evidence", "severity_reason"), _SHOWN),
    **dict.fromkeys(("story_id", "copy_group", "copy_of", "origin", "release_of", "vanished_how"), _KEYWORD),
    **dict.fromkeys(("edit_kinds", "corrected_fields", "suggested", "jurisdiction"), _KEYWORD),
    **dict.fromkeys(("tone_cues", "tone_speaker", "needs_reading_reason"), _SHOWN),
    **{key: {"type": "boolean"} for key in ("first", "edited", "needs_reading", "tone_uncertain")},
    **{key: {"type": "boolean"} for key in ("corrected", "stale")},
    **{key: {"type": "integer"} for key in ("story_articles", "story_outlets")},
    "vanished_at": _DATE,
    "similarity": {"type": "float"},
    "machine": {"type": "object", "enabled": False},
    "revision": {"type": "integer"},
    "generation": {"type": "integer"},
    "tier": {"type": "byte"},
    "sample": {"type": "boolean"},
    "title": _TEXT,
    "text": _TEXT,
    "authors": {"type": "text", "analyzer": "pantau_exact", "fields": {"keyword": {"type": "keyword"}}},
    "tone_score": {"type": "float"},
    "severity": {"type": "byte"},
    "mentions": {
        "type": "nested",
        "properties": {
            **dict.fromkeys(("id", "kind", "sentiment", "via", "rule"), _KEYWORD),
            "score": {"type": "float"},
            **{key: {"type": "boolean"} for key in ("derived", "corrected", "uncertain")},
            **dict.fromkeys(("evidence", "reason", "cues", "speaker"), _SHOWN),
        },
    },
    "reading": {"type": "object", "enabled": False},
}

DISPOSITION_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("article_id", "service", "outcome", "reason", "url", "canonical_url"), _KEYWORD),
    **dict.fromkeys(("source_id", "outlet"), _KEYWORD),
    "revision": {"type": "integer"},
    "at": _DATE,
    "detail": _SHOWN,
}

ALERT_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("alert_id", "article_id", "entity_id", "kind", "bakorwil", "outlet", "url"), _KEYWORD),
    **dict.fromkeys(("evidence", "reason"), _SHOWN),
    "revision": {"type": "integer"},
    "severity": {"type": "byte"},
    "score": {"type": "float"},
    "title": {"type": "text", "index": False},
    "published_at": _DATE,
    "raised_at": _DATE,
}

ANNOTATION_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("article_id", "month", "copy_group", "copy_groups"), _KEYWORD),
    "corrected": {"type": "boolean"},
    **{key: {"type": "object", "enabled": False} for key in ("grouped", "vanished", "corrections", "edits")},
}

CORRECTION_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("correction_id", "article_id", "month", "content_hash", "what", "kind", "entity_id"), _KEYWORD),
    **dict.fromkeys(("by", "role", "outcome", "expected", "before", "after", "machine_before", "set_by"), _KEYWORD),
    **dict.fromkeys(("sentiment", "origin", "copied_from", "copy_group", "withdraws"), _KEYWORD),
    "revision": {"type": "integer"},
    "at": _DATE,
    "note": _SHOWN,
    "span": {"type": "object", "enabled": False},
}

REVISION_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("article_id", "entry", "how", "edit_kinds", "tone", "month", "model"), _KEYWORD),
    **dict.fromkeys(("content_hash", "previous_hash"), _KEYWORD),
    **dict.fromkeys(("title", "text", "url", "archive", "detail", "last_page", "found_page"), _SHOWN),
    **dict.fromkeys(("at", "fetched_at", "modified_at"), _DATE),
    "checked_at": {"type": "date", "index": False, "doc_values": False},
    **{key: {"type": "integer"} for key in ("revision", "generation", "previous")},
    "tone_score": {"type": "float"},
    "severity": {"type": "byte"},
    "mentions": {"type": "object", "enabled": False},
}


def _template(pattern: str, properties: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "index_patterns": [pattern],
        "priority": 200,
        "version": VERSION,
        "template": {
            "settings": settings,
            "mappings": {"dynamic": "strict", "_meta": {"pantau_version": VERSION}, "properties": properties},
        },
    }


def templates(
    gazetteer: Gazetteer, names: Names, *, replicas: int = 0, refresh_s: float = 1.0
) -> dict[str, dict[str, Any]]:
    """Return the index templates by name."""
    settings = {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": f"{round(refresh_s * 1000)}ms",
    }
    articles = {**settings, "analysis": analysis(gazetteer)}
    return {
        names.index("pantau-articles"): _template(names.articles_pattern(), ARTICLE_PROPERTIES, articles),
        names.index("pantau-dispositions"): _template(names.index("dispositions"), DISPOSITION_PROPERTIES, settings),
        names.index("pantau-alerts"): _template(names.index("alerts"), ALERT_PROPERTIES, settings),
        names.index("pantau-annotations"): _template(names.index("annotations"), ANNOTATION_PROPERTIES, settings),
        names.index("pantau-corrections"): _template(names.index("corrections"), CORRECTION_PROPERTIES, settings),
        names.index("pantau-revisions"): _template(names.index("revisions"), REVISION_PROPERTIES, settings),
    }
