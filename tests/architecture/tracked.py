"""The files of the repository, as git knows them, or as they lie there in a copy without git."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

_NOT_OURS = {".venv", ".pantau", ".git", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def tracked_files(root: Path) -> list[Path]:
    """Return every file that belongs to the repository and exists."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        paths = [root / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = list(_walk(root))
    return sorted(path for path in paths if path.is_file())


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
