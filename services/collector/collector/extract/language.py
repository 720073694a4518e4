"""Which language a text is in, among those of East Java's news: Indonesian, Javanese, Madurese and a few neighbours.

Function words decide, because a general identifier takes much Indonesian for Malay and does not know Madurese;
py3langid decides when there are too few of them.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")
_SAMPLE_CHARS = 6_000
_MIN_TOKENS = 6
_MIN_SHARE = 0.08
_ONLY_MALAY = "ms-only"
_KNOWN_TO_IDENTIFIER = ("en", "id", "jv", "ms")


@cache
def _words() -> dict[str, frozenset[str]]:
    text = files("collector.extract").joinpath("function_words.toml").read_text(encoding="utf-8")
    return {language: frozenset(words.split()) for language, words in tomllib.loads(text).items()}


@cache
def _identifier() -> LanguageIdentifier:
    # An identifier of its own: restricting the module's shared one would restrict it for everybody.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_KNOWN_TO_IDENTIFIER))
    return identifier


def language_of(text: str) -> str | None:
    """Return the ISO code of a text's language; None for less than some words."""
    sample = text[:_SAMPLE_CHARS]
    tokens = [token.replace("’", "'").casefold() for token in _TOKEN.findall(sample)]
    if len(tokens) < _MIN_TOKENS:
        return None
    counts = {
        language: sum(token in words for token in tokens)
        for language, words in _words().items()
        if language != _ONLY_MALAY
    }
    best = max(counts, key=lambda language: counts[language])
    if counts[best] < _MIN_SHARE * len(tokens):
        return str(_identifier().classify(sample)[0])
    if best in {"id", "ms"}:
        # The two share nearly all function words: Malay shows by some that Indonesian writes otherwise.
        return "ms" if sum(token in _words()[_ONLY_MALAY] for token in tokens) >= max(2, len(tokens) // 60) else "id"
    return best
