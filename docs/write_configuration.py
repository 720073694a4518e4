"""Writes docs/configuration.md from the settings classes, so that the page cannot say what the code does not.

python docs/write_configuration.py --write | --check
"""

import argparse
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from classifier.settings import ClassifierSettings
from collector.settings import CollectorSettings
from embedded.settings import EmbeddedSettings
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings
from router.settings import RouterSettings
from runtime.settings import ServiceSettings
from search.settings import SearchSettings

PAGE = Path(__file__).with_name("configuration.md")
SECTIONS: tuple[tuple[str, str, type[BaseSettings]], ...] = (
    ("Every service", "Where the broker and the cluster are, how to log, how patient to be.", ServiceSettings),
    ("Collector", "Pace, politeness and limits of fetching.", CollectorSettings),
    ("Classifier", "The models and how they are run.", ClassifierSettings),
    ("Router", "The rules that raise alerts.", RouterSettings),
    ("Search", "The indexer and the gateway.", SearchSettings),
    ("Embedded stack", "The engines that `make up` and `make run` start.", EmbeddedSettings),
)
HEAD = """# Configuration

Every setting is an environment variable. A wrong value stops the service at its start and names the variable. This page
is written from the settings classes by `make docs`; a test fails when it is not current.
"""


WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false", Path: "path", SecretStr: "secret"}


def kind_of(field: FieldInfo) -> str:
    """Return the type in words, with its bounds."""
    signs = (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<"))
    bounds = [f"{sign} {getattr(m, key):g}" for m in field.metadata for key, sign in signs if hasattr(m, key)]
    return ", ".join([words_of(field.annotation), *bounds])


def words_of(annotation: Any) -> str:
    """Return a type in words; that None is allowed shows in the default."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if parts:
        return " or ".join(words_of(part) for part in parts)
    return WORDS.get(annotation, getattr(annotation, "__name__", str(annotation)))


def default_of(field: FieldInfo) -> str:
    value = field.default
    if field.is_required():
        return "required"
    if value is None or value == "" or isinstance(value, SecretStr):
        return "none"
    if isinstance(value, Path) and value.is_absolute():
        return "in the repository"
    return f"`{value}`"


def section(title: str, what: str, settings: type[BaseSettings]) -> list[str]:
    """Return the lines of one settings class, without what it inherits from ServiceSettings."""
    inherited = set() if settings is ServiceSettings else set(ServiceSettings.model_fields)
    prefix = str(settings.model_config.get("env_prefix", ""))
    rows = [
        f"| `{(prefix + name).upper()}` | {kind_of(field)} | {default_of(field)} | {field.description or ''} |"
        for name, field in settings.model_fields.items()
        if name not in inherited
    ]
    return ["", f"## {title}", "", what, "", "| variable | value | default | meaning |", "|---|---|---|---|", *rows]


def page() -> str:
    lines = [line for title, what, settings in SECTIONS for line in section(title, what, settings)]
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true")
    choice.add_argument("--check", action="store_true")
    if parser.parse_args().write:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/configuration.md is not current: run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
