"""Turns a query tree into an Elasticsearch query."""

from collections.abc import Callable
from typing import Any

from search.domain.conditions import condition
from search.domain.query.tree import And, Keyword, Node, Not, Or, Phrase, Prefix, Published, Severity, Words

Query = dict[str, Any]

STEMMED = ("title^3", "text")
EXACT = ("title.exact^3", "text.exact")
_STOP_WORDS = """
ada adalah agar akan akibat antara apa atas bagi bahwa banyak baru beberapa belum bisa dalam dan dapat dari
dengan di dia guna hal hanya harus hingga ia ini itu jadi jika juga kami karena ke kepada ketika kini lagi
lain lalu lebih maka masih mereka namun oleh pada para pula saat saja sangat saya sebagai sebuah secara sedang
sehingga sejak sekitar selama seperti serta setelah setiap suatu sudah tapi telah tentang terhadap tersebut
tetapi tidak untuk yaitu yakni yang
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Left out of a query, not of the index: names contain them (Keuangan dan Aset), and phrases must find them."""


def compile_query(node: Node) -> Query:
    """Return the Elasticsearch query of a tree. Words count for relevance, all else only filters."""
    return _compile(node, positive=True)


def _compile(node: Node, *, positive: bool) -> Query:
    match node:
        case And(children):
            return {"bool": {"must": [_compile(child, positive=positive) for child in children]}}
        case Or(children):
            either = [_compile(child, positive=positive) for child in children]
            return {"bool": {"should": either, "minimum_should_match": 1}}
        case Not(child):
            return {"bool": {"must_not": [_compile(child, positive=not positive)]}}
        case Words(words, where):
            return words_query(words, where, positive=positive)
    return _leaf(node)


def _leaf(node: Phrase | Prefix | Keyword | Severity | Published) -> Query:
    match node:
        case Phrase(text, slop, where):
            return phrase_query(text, slop, where)
        case Prefix(stem, where):
            fields = ("title.exact", "text.exact") if where is None else (exact(where),)
            return {"bool": {"should": [{"prefix": {field: {"value": stem}}} for field in fields]}}
        case Keyword(field, value):
            return {"bool": {"filter": [condition(field, value)]}}
        case Severity(least, most):
            return {"bool": {"filter": [{"range": {"severity": {"gte": least, "lte": most}}}]}}
        case Published():
            return {"bool": {"filter": [published_range(node)]}}


def exact(where: str) -> str:
    """Return the unstemmed form of a text field; authors are never stemmed."""
    return where if where == "authors" else f"{where}.exact"


def published_range(node: Published) -> Query:
    bounds = {"gte": node.since, "lt": node.until}
    return {"range": {"published_at": {key: value.isoformat() for key, value in bounds.items() if value is not None}}}


def phrase_query(text: str, slop: int, where: str | None) -> Query:
    if where is not None:
        return {"match_phrase": {exact(where): {"query": text, "slop": slop}}}
    return {"multi_match": {"query": text, "type": "phrase", "slop": slop, "fields": list(EXACT)}}


def words_query(words: tuple[str, ...], where: str | None, *, positive: bool) -> Query:
    """Return a query for all of the words, each in title or text.

    Side by side they are asked a second way, together, so that "dinas kesehatan" also finds "dinkes": the synonym
    filter must see the whole name. What the analyzer makes nothing of, such as a lone dash, must not decide.
    """
    kept = tuple(word for word in words if word.lower() not in STOP_WORDS) or words
    nothing = "all" if positive else "none"

    def ask(text: str) -> Query:
        if where is not None:
            return {"match": {where: {"query": text, "operator": "and", "zero_terms_query": nothing}}}
        together = {"query": text, "fields": list(STEMMED), "operator": "and", "zero_terms_query": nothing}
        return {"combined_fields": together}

    if len(kept) == 1:
        return ask(kept[0])
    each = {"bool": {"must": [ask(word) for word in kept]}}
    return {"bool": {"should": [ask(" ".join(kept)), each], "minimum_should_match": 1}}


def any_node(node: Node, wanted: Callable[[Node], bool]) -> bool:
    """Return whether the tree holds a node that is wanted."""
    if wanted(node):
        return True
    if isinstance(node, And | Or):
        return any(any_node(child, wanted) for child in node.children)
    return isinstance(node, Not) and any_node(node.child, wanted)
