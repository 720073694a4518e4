"""Profiles: what single outlets' templates need, as data (outlets.toml), and which profile a page has."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml.cssselect import CSSSelector, SelectorError

from collector.extract.model import ExtractError
from collector.extract.urls import registrable_domain

_SELECTOR_KEYS = ("title", "body", "remove", "published", "authors", "section", "captions")
_KEYS = frozenset({"domains", "names", "signature", *_SELECTOR_KEYS})


@dataclass(frozen=True, slots=True)
class Profile:
    """One outlet's selectors and names; empty for an outlet that needs none."""

    key: str = ""
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    signature: bool = False


def _strings(key: str, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ExtractError(f"outlet {key}: {name} must be a list of strings")
    return tuple(value)


def read_profiles(text: str) -> tuple[Profile, ...]:
    """Read profiles from TOML.

    Raises ExtractError for an unknown key, a selector that is no CSS, or a domain that two outlets claim.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExtractError(f"profiles are no TOML: {error}") from error
    profiles: list[Profile] = []
    owners: dict[str, str] = {}
    for key, table in tables.items():
        unknown = set(table) - _KEYS
        if unknown or not table.get("domains"):
            raise ExtractError(f"outlet {key}: " + (f"unknown keys {sorted(unknown)}" if unknown else "no domains"))
        lists = {name: _strings(key, name, value) for name, value in table.items() if name != "signature"}
        for selector in (item for name in _SELECTOR_KEYS for item in lists.get(name, ())):
            try:
                CSSSelector(selector)
            except SelectorError as error:
                raise ExtractError(f"outlet {key}: {selector!r} is no CSS selector") from error
        for domain in lists["domains"]:
            if owners.setdefault(domain, key) != key:
                raise ExtractError(f"outlets {owners[domain]} and {key} both claim {domain}")
        profiles.append(Profile(key=key, signature=bool(table.get("signature", False)), **lists))
    return tuple(profiles)


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles of this package."""
    return read_profiles(files("collector.extract").joinpath("outlets.toml").read_text(encoding="utf-8"))


def profile_for(url: str) -> Profile:
    """Return the profile of the outlet a URL belongs to; an empty one for an outlet without."""
    domain = registrable_domain(url)
    return next((profile for profile in shipped_profiles() if domain in profile.domains), Profile())
