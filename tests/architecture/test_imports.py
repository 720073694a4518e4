"""The import rules of pyproject.toml hold, and each of them has a sample that it refuses."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PACKAGES = ("contract", "runtime", "collector", "classifier", "router", "search", "embedded", "newsroom")
SUBPACKAGES = ("search/stories",)
PARTS = ("domain", "adapters")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", LINT, "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False)


def test_the_import_rules_hold(root: Path):
    done = lint(root)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.fixture
def sample(tmp_path: Path, root: Path) -> Path:
    """A folder with the repository's import rules and packages of the same names that import nothing."""
    rules = root.joinpath("pyproject.toml").read_text(encoding="utf-8")
    start = rules.index("[tool.importlinter]")
    tmp_path.joinpath("pyproject.toml").write_text(rules[start:], encoding="utf-8")
    for package in (*PACKAGES, *SUBPACKAGES):
        for part in ("", *PARTS):
            folder = tmp_path / package / part
            folder.mkdir(parents=True, exist_ok=True)
            folder.joinpath("__init__.py").write_text("")
    return tmp_path


def test_the_sample_is_fine_as_it_is(sample: Path):
    done = lint(sample)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "imported", "rule"),
    [
        ("router/domain/__init__.py", "classifier.domain", "services do not import one another"),
        ("search/__init__.py", "collector", "services do not import one another"),
        ("newsroom/__init__.py", "router", "services do not import one another"),
        ("runtime/__init__.py", "router", "service, then runtime, then contract"),
        ("contract/__init__.py", "runtime", "service, then runtime, then contract"),
        ("contract/__init__.py", "kafka", "the contract knows pydantic alone"),
        ("contract/__init__.py", "fastapi", "the contract knows pydantic alone"),
        ("collector/domain/__init__.py", "httpx", "domain code does no input or output"),
        ("search/domain/__init__.py", "elasticsearch", "domain code does no input or output"),
        ("router/domain/__init__.py", "runtime", "domain code does no input or output"),
        ("classifier/domain/__init__.py", "classifier.adapters", "domain code does no input or output"),
    ],
)
def test_a_sample_that_breaks_a_rule_is_refused_by_that_rule(sample: Path, module: str, imported: str, rule: str):
    sample.joinpath(module).write_text(f"import {imported}\n")
    done = lint(sample)
    assert done.returncode != 0
    assert f"{rule} BROKEN" in done.stdout


def test_the_rules_name_every_package_of_the_repository(root: Path):
    rules = tomllib.loads(root.joinpath("pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    folders = {
        path.parent.name
        for pattern in ("libs/*/*/__init__.py", "services/*/*/__init__.py", "deploy/*/*/__init__.py")
        for path in root.glob(pattern)
    }
    assert set(rules["root_packages"]) == folders
