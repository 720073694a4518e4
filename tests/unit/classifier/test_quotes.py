"""What is said in Javanese or Madurese is found, named and read by a model of its own."""

from functools import cache

from classifier.adapters.packaged import build_reader
from classifier.domain.article import ArticleText
from classifier.domain.quotes import MAX_QUOTES, foreign_quotes
from contract.messages import Sentiment

JAVANESE = "Dalane iki wis rusak suwe lan ora ana sing ndandani, kecewa tenan aku"
MADURESE = "Engkok ongghu senneng se ka kennengngan reya, bhegus ben nyaman"
AROUND = "Warga desa itu ditemui di balai desa pada hari Senin dan menyampaikan pendapat mereka. "


@cache
def reader():
    return build_reader()[0]


def read(text: str, title: str = "Pendapat warga tentang jalan desa"):
    return next(iter(reader().read([ArticleText(title, text)])))


def test_a_quote_in_javanese_stands_where_its_words_stand() -> None:
    text = f'{AROUND}"{JAVANESE}," kata seorang warga.'
    (quote,) = foreign_quotes(text)
    assert quote.language == "jv"
    assert text[quote.start : quote.end] == f"{JAVANESE},"


def test_quotes_in_indonesian_are_not_listed() -> None:
    assert foreign_quotes(f'{AROUND}"Jalan ini sudah lama rusak dan tidak ada yang memperbaiki," katanya.') == ()


def test_a_page_of_quotes_gives_no_more_than_the_message_holds() -> None:
    assert len(foreign_quotes(f'"{JAVANESE}" ' * 50)) == MAX_QUOTES


def test_a_regional_quote_has_its_language_and_its_sentiment_in_the_reading() -> None:
    found = read(f'{AROUND}"{JAVANESE}," kata seorang warga. "{MADURESE}," ujar warga lain.')
    assert found.language == "id"
    assert [(quote.language, quote.sentiment) for quote in found.quotes] == [
        ("jv", Sentiment.NEGATIVE),
        ("mad", Sentiment.POSITIVE),
    ]


def test_an_article_in_javanese_has_its_tone_from_the_regional_model() -> None:
    found = read(f"{JAVANESE}. Aku wis ping pindho lapor nanging ora ana sing nanggepi, elek tenan.", title="")
    assert (found.language, found.tone.label) == ("jv", Sentiment.NEGATIVE)
