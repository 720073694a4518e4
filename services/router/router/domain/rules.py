"""The numbers and lists that the desk may change, as the decisions need them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SentimentRules:
    """How several mentions of one body become one sentiment; see `router.domain.verdict`."""

    min_polar_score: float = 0.5
    positive_outweighs: float = 2.0
    title_weight: float = 2.0


@dataclass(frozen=True)
class AlertRules:
    """When a negative mention must be known at once."""

    min_score: float = 0.5
    min_severity: int = 2
    max_age_h: float = 48.0
    muted_entities: frozenset[str] = frozenset()
    muted_outlets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RoutingRules:
    """Everything that `config/routing.yaml` says."""

    sentiment: SentimentRules = field(default_factory=SentimentRules)
    alerts: AlertRules = field(default_factory=AlertRules)
