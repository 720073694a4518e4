"""Reads `config/routing.yaml` and refuses it whole when anything in it is wrong, naming the place."""

from pathlib import Path

import yaml
from contract.gazetteer import Gazetteer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from router.domain.rules import AlertRules, RoutingRules, SentimentRules


class RulesFileError(ValueError):
    """The rules file is missing or wrong; the message says where."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Sentiment(_Strict):
    min_polar_score: float = Field(ge=0, le=1)
    positive_outweighs: float = Field(ge=1, le=100)
    title_weight: float = Field(ge=1, le=10)


class _Alerts(_Strict):
    min_score: float = Field(ge=0, le=1)
    min_severity: int = Field(ge=1, le=5)
    max_age_h: float = Field(gt=0, le=24 * 365)
    mute_entities: tuple[str, ...] = ()
    mute_outlets: tuple[str, ...] = ()


class _File(_Strict):
    sentiment: _Sentiment
    alerts: _Alerts


def load_rules(path: Path, gazetteer: Gazetteer) -> RoutingRules:
    """Return the rules in a file. Raises RulesFileError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RulesFileError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RulesFileError(f"{path} is not UTF-8: {error.reason} at byte {error.start + 1}") from error
    return parse_rules(text, gazetteer, name=str(path))


def parse_rules(text: str, gazetteer: Gazetteer, *, name: str) -> RoutingRules:
    """Return the rules in YAML text. Raises RulesFileError."""
    try:
        file = _File.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise RulesFileError(f"{name} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise RulesFileError(f"{name}: {where}: {first['msg']}") from error
    for body in file.alerts.mute_entities:
        if body not in gazetteer.opd_by_id and body not in gazetteer.unit_by_id:
            raise RulesFileError(f"{name}: alerts.mute_entities: {body!r} is no OPD or unit of the gazetteer")
    return RoutingRules(
        sentiment=SentimentRules(**file.sentiment.model_dump()),
        alerts=AlertRules(
            min_score=file.alerts.min_score,
            min_severity=file.alerts.min_severity,
            max_age_h=file.alerts.max_age_h,
            muted_entities=frozenset(file.alerts.mute_entities),
            muted_outlets=frozenset(file.alerts.mute_outlets),
        ),
    )
