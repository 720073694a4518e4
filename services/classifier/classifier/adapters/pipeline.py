"""The spaCy pipeline: blank Indonesian, own tokens, and components that call the domain in batches.

`Doc._.article` holds the article, `Doc._.linked` what it names, `Doc._.reading` the result; what a Doc carries is said
in `docs`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

import spacy
from contract.messages import Reading
from spacy.language import Language
from spacy.tokens import Doc

from classifier.adapters.docs import CoreferenceComponent, NamingComponent, PieceTokenizer, article_doc
from classifier.domain.article import ArticleText
from classifier.domain.judging import combine, features_at, spans_to_judge
from classifier.domain.language import language_of
from classifier.domain.linking.linker import Linker
from classifier.domain.ports import Judgement, SentimentModel
from classifier.domain.quotes import REGIONAL, foreign_quotes, judge_quotes, regional_features
from classifier.domain.reading import Parts, make_reading
from classifier.domain.sentiment.features import tone_features
from classifier.domain.suggestion import Suggester

BATCH_DOCS = 32


class SentimentComponent:
    """Judges tone and targets, many articles in one call of each model.

    An article in Javanese or Madurese has its tone from the regional model, which also reads quotes in them.
    """

    def __init__(self, tone: SentimentModel, target: SentimentModel, regional: SentimentModel) -> None:
        self._tone = tone
        self._target = target
        self._regional = regional

    def __call__(self, doc: Doc) -> Doc:
        self._judge([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH_DOCS) -> Iterator[Doc]:
        iterator = iter(stream)
        while batch := list(islice(iterator, batch_size)):
            self._judge(batch)
            yield from batch

    def _judge(self, docs: Sequence[Doc]) -> None:
        tones = self._tone.judge([tone_features(doc._.article.title, doc._.article.text) for doc in docs])
        self._read_regional(docs, tones)
        chosen = [spans_to_judge(doc._.linked.findings) for doc in docs]
        judged = iter(
            self._target.judge(
                [
                    features_at(doc._.article, finding.start, finding.end, tone)
                    for doc, tone, findings in zip(docs, tones, chosen, strict=True)
                    for finding in findings
                ]
            )
        )
        for doc, tone, findings in zip(docs, tones, chosen, strict=True):
            doc._.tone = tone
            doc._.verdicts = combine([(finding, next(judged)) for finding in findings])

    def _read_regional(self, docs: Sequence[Doc], tones: list[Judgement]) -> None:
        """Put the regional model's tones in place, and lay down the quotes that it read."""
        for doc in docs:
            doc._.language = language_of(doc._.article.joined)
        places = [i for i, doc in enumerate(docs) if doc._.language in REGIONAL]
        if places:
            judged = self._regional.judge([regional_features(docs[i]._.article.joined) for i in places])
            for i, judgement in zip(places, judged, strict=True):
                tones[i] = judgement
        texts = [doc._.article.text for doc in docs]
        quotes = judge_quotes([(text, foreign_quotes(text)) for text in texts], self._regional)
        for doc, found in zip(docs, quotes, strict=True):
            doc._.quotes = found


class ReadingComponent:
    """Puts the reading together."""

    def __init__(self, suggester: Suggester, version: str) -> None:
        self._suggester = suggester
        self._version = version

    def __call__(self, doc: Doc) -> Doc:
        article, linked = doc._.article, doc._.linked
        suggestions = self._suggester.suggest(article, linked)
        doc._.reading = make_reading(
            article, Parts(linked, doc._.tone, doc._.verdicts, suggestions, doc._.language, doc._.quotes), self._version
        )
        return doc


def build_nlp(
    linker: Linker, tone: SentimentModel, target: SentimentModel, regional: SentimentModel, suggester: Suggester
) -> Language:
    """Return the pipeline over these parts."""
    nlp = spacy.blank("id")
    nlp.tokenizer = PieceTokenizer(nlp.vocab)
    version = f"{tone.version}+{target.version}+{regional.version}"
    _PARTS[nlp] = {
        "pantau_linking": NamingComponent(linker),
        "pantau_coreference": CoreferenceComponent(linker),
        "pantau_sentiment": SentimentComponent(tone, target, regional),
        "pantau_reading": ReadingComponent(suggester, version),
    }
    for name in _PARTS[nlp]:
        nlp.add_pipe(name)
    return nlp


_PARTS: WeakKeyDictionary[Language, dict[str, Any]] = WeakKeyDictionary()
"""Ready components by pipeline: models are no config values, so the factories fetch them here."""


def _ready_part(nlp: Language, name: str) -> Any:
    return _PARTS[nlp][name]


for _factory in ("pantau_linking", "pantau_coreference", "pantau_sentiment", "pantau_reading"):
    Language.factory(_factory, func=_ready_part)


class Reader:
    """Reads articles with the pipeline; what the rest of the service knows of spaCy."""

    def __init__(self, nlp: Language, tone: SentimentModel, target: SentimentModel) -> None:
        self._nlp = nlp
        self._tone = tone
        self._target = target

    def judge_spans(self, asked: Sequence[tuple[ArticleText, int, int]]) -> list[Judgement]:
        """Return the sentiment toward each span of a joined text that the caller names."""
        tones = self._tone.judge([tone_features(article.title, article.text) for article, _, _ in asked])
        return self._target.judge(
            [features_at(article, start, end, tone) for (article, start, end), tone in zip(asked, tones, strict=True)]
        )

    def read(self, articles: Iterable[ArticleText]) -> Iterator[Reading]:
        """Yield a reading for each article, in order, batched."""
        iterator = iter(articles)
        while batch := list(islice(iterator, BATCH_DOCS)):
            # Without the zone the vocabulary would keep every word of every article for the life of the process.
            with self._nlp.memory_zone():
                docs = [article_doc(self._nlp.vocab, article) for article in batch]
                readings: list[Reading] = [doc._.reading for doc in self._nlp.pipe(docs, batch_size=BATCH_DOCS)]
            yield from readings
