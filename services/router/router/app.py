"""Composition root: the only file that knows the router's domain, its adapters and the runtime together."""

from contract.gazetteer import load_gazetteer
from contract.outcomes import Service
from contract.topics import ARTICLES_CLASSIFIED
from runtime.agent import run_agent

from router.adapters.rules_file import load_rules
from router.agents import RouteHandler
from router.settings import RouterSettings


def build_handler(settings: RouterSettings) -> RouteHandler:
    """Return the handler over the packaged gazetteer and the rules file. Raises RulesFileError, GazetteerError."""
    gazetteer = load_gazetteer()
    return RouteHandler(gazetteer, load_rules(settings.router_rules_file, gazetteer))


def run(settings: RouterSettings) -> int:
    """Route until the end is asked for; return the exit code."""
    return run_agent(
        service=Service.ROUTER,
        card=ARTICLES_CLASSIFIED,
        handler=build_handler(settings),
        settings=settings,
        health_port=settings.router_health_port,
        max_batch=settings.router_batch,
    )
