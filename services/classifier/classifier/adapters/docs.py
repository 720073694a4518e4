"""An article as a spaCy Doc: its tokens and sentences, and the components that lay down what it names.

`Doc._.article` holds the article, `Doc._.named` what it names by name, `Doc._.linked` that and the pointing words;
`Doc.spans["mentions"]` has a span per finding with its kind as label, its id as `kb_id_` and `Span._.finding`.
"""

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from classifier.domain.article import ArticleText
from classifier.domain.linking.linker import Linker
from classifier.domain.text import pieces

MENTIONS = "mentions"

for _name in ("article", "named", "linked", "tone", "verdicts", "language", "quotes", "reading"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Span.has_extension("finding"):
    Span.set_extension("finding", default=None)


class PieceTokenizer:
    """Makes a Doc of the pieces that linking uses, so that character spans always fall on token borders."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces, _ = cut(text)
        return Doc(self._vocab, words=words, spaces=spaces)


def cut(text: str) -> tuple[list[str], list[bool], list[int]]:
    """Return spaCy's words and trailing-space flags, and the character at which each word starts."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    at = 0
    for piece in pieces(text):
        if piece == " " and words and not spaces[-1]:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
            starts.append(at)
        at += len(piece)
    return words, spaces, starts


def article_doc(vocab: Vocab, article: ArticleText) -> Doc:
    """Return the Doc of an article, with sentences where the domain sees them."""
    words, spaces, starts = cut(article.joined)
    borders = {first for first, _ in article.bounds} | {0}
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=[start in borders for start in starts])
    doc._.article = article
    return doc


class NamingComponent:
    """Finds what is named by name."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def __call__(self, doc: Doc) -> Doc:
        doc._.named = self._linker.name(doc.text, doc._.article.bounds)
        return doc


class CoreferenceComponent:
    """Adds the words that point back to what was named, and lays every finding down as a span."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def __call__(self, doc: Doc) -> Doc:
        linked = self._linker.resolve(doc._.named)
        spans: list[Span] = []
        for finding in linked.findings:
            # A name that a lost line break glued to the next word ends inside a token; its span takes the whole of it.
            span = doc.char_span(
                finding.start,
                finding.end,
                label=finding.kind.value,
                kb_id=finding.entity_id,
                alignment_mode="expand",
            )
            if span is not None:
                span._.finding = finding
                spans.append(span)
        doc.spans[MENTIONS] = spans
        doc._.linked = linked
        return doc
