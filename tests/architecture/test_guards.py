"""Rules about the files themselves, each with a sample that must fail."""

from pathlib import Path

import pytest

from tests.architecture.places import DISKS, REGISTRIES, tied_to_a_place
from tests.architecture.size import MAX_FILE_LINES, MAX_FUNCTION_LINES, too_long
from tests.architecture.tracked import tracked_files


def test_no_file_and_no_function_is_too_long_to_read(root: Path):
    found = [
        problem
        for path in tracked_files(root)
        if path.suffix == ".py"
        for problem in too_long(str(path.relative_to(root)), path.read_text(encoding="utf-8"))
    ]
    assert found == []


def a_function(lines: int, docstring: str = "") -> str:
    return f"def f():\n{docstring}" + "    x = 1\n" * (lines - 1)


def test_the_size_guard_finds_a_long_file_and_a_long_function():
    assert list(too_long("a.py", "x = 1\n" * MAX_FILE_LINES)) == []
    assert list(too_long("a.py", "x = 1\n" * (MAX_FILE_LINES + 1))) == ["a.py: 401 lines, more than 400"]
    assert list(too_long("a.py", a_function(MAX_FUNCTION_LINES))) == []
    assert list(too_long("a.py", a_function(MAX_FUNCTION_LINES + 1))) == ["a.py:1: f has 51 lines, more than 50"]
    assert list(too_long("a.py", "async " + a_function(MAX_FUNCTION_LINES + 1))) != []


def test_the_size_guard_lets_a_function_explain_itself():
    assert list(too_long("a.py", a_function(MAX_FUNCTION_LINES, '    """Kata.\n\n    Panjang.\n    """\n'))) == []


def test_no_file_names_a_package_registry_or_a_developers_disk(root: Path):
    found = []
    for path in tracked_files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # A picture or a model; its bytes are no words.
        found += tied_to_a_place(str(path.relative_to(root)), text)
    assert found == []


@pytest.mark.parametrize("registry", REGISTRIES)
def test_the_place_guard_finds_a_registry(registry):
    assert list(tied_to_a_place("a.lock", f"fine\nurl = https://{registry}/simple")) == [f"a.lock:2: {registry!r}"]


@pytest.mark.parametrize("disk", DISKS)
def test_the_place_guard_finds_a_disk(disk):
    assert len(list(tied_to_a_place("a.py", f'path = "{disk}someone/pantau"'))) == 1


@pytest.mark.parametrize("text", ["config/home/x", "https://contoh.test/home/berita", "~/root/x", "$HOME/root/x"])
def test_the_place_guard_leaves_other_paths_alone(text):
    assert list(tied_to_a_place("a.py", text)) == []
