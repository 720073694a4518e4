"""The tone of Javanese and Madurese: word and character n-grams, trained on the NusaX training parts."""

import csv
from pathlib import Path

from contract.messages import Sentiment

from classifier.adapters.linear import LABELS
from classifier.adapters.vectors import BlockSpec, VectorSpec
from classifier.domain.quotes import regional_features
from classifier.training.data import DataError, Labelled
from classifier.training.fit import Recipe

LANGUAGES = {"jv": "javanese", "mad": "madurese", "id": "indonesian"}
"""Indonesian helps: loan words and names read alike in all three."""

REGIONAL = Recipe(
    name="regional",
    spec=VectorSpec(
        blocks=(
            BlockSpec(text=0, analyzer="word", shortest=1, longest=2, bits=16, scale=1.0, min_df=1),
            BlockSpec(text=0, analyzer="char_wb", shortest=2, longest=5, bits=17, scale=1.0, min_df=1),
        ),
        mark_bits=1,
        mark_scale=0.0,
    ),
    c=16.0,
)


def nusax_rows(data: Path, part: str, languages: tuple[str, ...] = tuple(LANGUAGES)) -> Labelled:
    """Return one part (train, valid, test) of NusaX. A text's translations share a group. Raises DataError."""
    out = Labelled([], [], [], [], [])
    for language in languages:
        path = data / "sentiment" / "nusax" / LANGUAGES[language] / f"{part}.csv"
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    out.features.append(regional_features(row["text"]))
                    out.labels.append(LABELS.index(Sentiment(row["label"])))
                    out.weights.append(1.0)
                    out.groups.append(int(row["id"]))
                    out.rows.append({"id": f"{language}-{row['id']}", "text": row["text"], "confidence": 3})
        except (OSError, KeyError, ValueError) as error:
            raise DataError(f"{path}: {error!r}") from error
    return out
