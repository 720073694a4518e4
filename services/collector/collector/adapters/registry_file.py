"""Reads the source registry from a YAML file."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from collector.domain.sources import Registry

MAX_REGISTRY_BYTES = 20_000_000


class RegistryError(ValueError):
    """The registry file cannot be used; the message says where and what."""


def load_registry(path: Path) -> Registry:
    """Return the registry. Raises RegistryError for a missing, malformed or contradictory file."""
    try:
        if path.stat().st_size > MAX_REGISTRY_BYTES:
            raise RegistryError(f"{path} is larger than {MAX_REGISTRY_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise RegistryError(f"cannot read the source registry {path}: {error}") from error
    return parse_registry(text, name=str(path))


def parse_registry(text: str, *, name: str) -> Registry:
    """Return the registry in a YAML text; `name` is for messages."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RegistryError(f"{name} is not YAML: {error}") from error
    try:
        return Registry.model_validate(raw)
    except ValidationError as error:
        problems = [
            f"  {_where(raw, one['loc'])}: {one['msg']}"
            for one in error.errors(include_url=False, include_input=False)[:20]
        ]
        raise RegistryError("\n".join([f"{name} has {error.error_count()} problems:", *problems])) from error


def _where(raw: object, loc: tuple[int | str, ...]) -> str:
    """Return a place in the file in words, with the source's id where there is one."""
    try:
        source = raw["sources"][loc[1]]["id"]  # type: ignore[index]  # any shape may come here, hence the except
        return f"source {source}, {'.'.join(str(part) for part in loc[2:]) or 'as a whole'}"
    except (KeyError, IndexError, TypeError):
        return ".".join(str(part) for part in loc) or "the file"
