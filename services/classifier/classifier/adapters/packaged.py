"""Builds the reader from what the package ships: gazetteer, place list, model files."""

from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path

from contract.gazetteer import load_gazetteer

from classifier.adapters.encoder import Encoder, load_encoder
from classifier.adapters.linear import LinearSentiment, ModelError, load_model, load_words
from classifier.adapters.pipeline import Reader, build_nlp
from classifier.domain.linking.linker import Linker
from classifier.domain.suggestion import Suggester


def models_folder() -> Path:
    """Return the folder of the committed models."""
    return Path(str(resources.files("classifier").joinpath("models")))


def outside_lines() -> list[str]:
    """Return the list of places outside East Java."""
    return resources.files("classifier").joinpath("data", "outside.txt").read_text(encoding="utf-8").splitlines()


def matters() -> list[str]:
    """Return the list of what each agency's remit is."""
    return resources.files("classifier").joinpath("data", "matters.txt").read_text(encoding="utf-8").splitlines()


@lru_cache(maxsize=1)
def packaged_linker() -> Linker:
    """Return the linker over the packaged gazetteer; built once per process."""
    return Linker(load_gazetteer(), outside_lines())


def load_models(folder: Path) -> tuple[LinearSentiment, LinearSentiment]:
    """Return the tone and the target model. Raises ModelError."""
    words, encoder = load_words(folder), packaged_encoder(folder)
    return load_model(folder, "tone", words, encoder), load_model(folder, "target", words, encoder)


def packaged_encoder(folder: Path) -> Encoder | None:
    """Return the encoder of a folder of models, None for an older folder without one. Raises ModelError."""
    if not (folder / "encoder.onnx").exists():
        return None
    try:
        return load_encoder(folder)
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(f"the encoder in {folder} cannot be read: {error}") from error


def load_regional(folder: Path) -> LinearSentiment:
    """Return the tone model of Javanese and Madurese. Raises ModelError."""
    return load_model(folder, "regional")


def build_reader(folder: Path | None = None, *, margin: float | None = None) -> tuple[Reader, LinearSentiment]:
    """Return a reader and its target model; `margin` instead of the models' own. Raises ModelError."""
    folder = folder or models_folder()
    tone, target = load_models(folder)
    for model in (tone, target):
        if margin is not None and model.voice is not None:
            model.voice = replace(model.voice, margin=margin)
    nlp = build_nlp(packaged_linker(), tone, target, load_regional(folder), Suggester(matters()))
    return Reader(nlp, tone, target), target
