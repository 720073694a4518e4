"""Nothing that reads articles keeps or sends anything of its own about this machine."""

import os
import subprocess
import sys
from pathlib import Path


def test_loading_the_models_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    code = "from classifier.adapters.packaged import build_reader; build_reader()"
    environment = os.environ | {"HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=120)
    assert list(tmp_path.rglob("*")) == []
