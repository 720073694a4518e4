"""Pages that are written from the code say what the code says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "command",
    [
        ["docs/write_configuration.py", "--check"],
        ["-m", "contract", "schemas", "--check"],
        ["-m", "contract", "topics", "--check"],
    ],
    ids=["configuration", "schemas", "topics"],
)
def test_a_generated_page_is_current(root: Path, command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_make_command_that_a_document_names_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    for page in [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("*/*/README.md")]:
        for block in re.findall(r"`make ([a-z-]+)|^ {4}make ([a-z-]+)", page.read_text(), re.MULTILINE):
            assert next(filter(None, block)) in targets, page


def test_every_link_between_documents_leads_somewhere(root: Path) -> None:
    for page in [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("*/*/README.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page}: {target}"
