"""Labelled linking and sentiment rows as a spaCy DocBin, for training and evaluation tools of spaCy.

Each Doc carries its labels as `Doc.spans["gold"]`: the kind as label, the gazetteer id as `kb_id_`, the sentiment
toward it, where one is labelled, as the span's `id_`. Rows name ids without places; the linker says where each is
named. A labelled id that it does not find is kept in `doc.user_data["unplaced"]`, so nothing labelled is lost.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import spacy
from contract.messages import EntityKind
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from classifier.adapters.docs import article_doc
from classifier.adapters.packaged import packaged_linker
from classifier.domain.article import ArticleText
from classifier.domain.linking.linker import Linker

GOLD = "gold"
MARKED = "BODY"
"""Label of a marked body in a target window, whose kind is not given."""
_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_KINDS = {EntityKind.OPD: "opd", EntityKind.UNIT: "unit", EntityKind.REGION: "region"}

Row = Mapping[str, Any]


def to_docbin(rows: Iterable[Row], linker: Linker | None = None) -> DocBin:
    """Return the rows as Docs in their order: rows of `linking/`, or windows of `news/target.jsonl`."""
    vocab = spacy.blank("id").vocab
    named = linker or packaged_linker()
    docs = DocBin(store_user_data=True)
    for row in rows:
        doc = _window_doc(row, vocab) if "window" in row else _linking_doc(row, vocab, named)
        doc.user_data = {key: value for key, value in doc.user_data.items() if isinstance(key, str)}
        doc.user_data["id"] = str(row.get("id", ""))
        docs.add(doc)
    return docs


def _linking_doc(row: Row, vocab: Vocab, linker: Linker) -> Doc:
    article = ArticleText(str(row.get("title") or ""), str(row.get("text", row.get("lead", ""))))
    doc = article_doc(vocab, article)
    wanted = _labelled(row)
    spans: list[Span] = []
    for finding in linker.link(article.joined, article.bounds).findings:
        if finding.entity_id in wanted:
            span = doc.char_span(
                finding.start,
                finding.end,
                label=_KINDS[finding.kind],
                kb_id=finding.entity_id,
                span_id=wanted[finding.entity_id],
                alignment_mode="expand",
            )
            spans += [span] if span is not None else []
    doc.spans[GOLD] = spans
    doc.user_data["unplaced"] = sorted(set(wanted) - {span.kb_id_ for span in spans})
    return doc


def _labelled(row: Row) -> dict[str, str]:
    """Return the sentiment of each labelled id; empty where none is given."""
    sentiments = dict(row.get("sentiment") or {})
    sentiments |= {target["id"]: target["sentiment"] for target in row.get("targets", ()) if "id" in target}
    ids = [*row.get("opd", ()), *row.get("unit", ()), *row.get("region", ()), *sentiments]
    return {one: str(sentiments.get(one, "")) for one in ids}


def _window_doc(row: Row, vocab: Vocab) -> Doc:
    window = str(row["window"])
    text = _MARK.sub(r"\1", window)
    article = ArticleText(str(row.get("title") or ""), text)
    doc = article_doc(vocab, article)
    match = _MARK.search(window)
    if match is not None:
        start = article.text_starts + match.start()
        end = start + len(match.group(1))
        span = doc.char_span(start, end, label=MARKED, span_id=str(row.get("sentiment", "")), alignment_mode="expand")
        doc.spans[GOLD] = [span] if span is not None else []
    return doc
