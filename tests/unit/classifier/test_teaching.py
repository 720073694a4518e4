"""An encoder that was taught before is taken only whole, and only for the rows that its strangers read."""

from pathlib import Path

import pytest
from classifier.adapters.packaged import models_folder
from classifier.domain.sentiment.features import tone_features
from classifier.training.data import DataError
from classifier.training.teaching import taught_before
from classifier.training.train import taken_encoder


def test_a_folder_without_an_encoder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        taught_before(tmp_path, {"tone": []})


def test_what_strangers_said_of_other_rows_is_refused(tmp_path: Path) -> None:
    rows = [tone_features("Judul", "Isi berita.")]
    with pytest.raises(DataError, match="rows of tone, the data folder 1"):
        taken_encoder(models_folder(), {"tone": rows}, tmp_path)
    assert not list(tmp_path.iterdir())
