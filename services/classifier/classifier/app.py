"""The composition root: settings, models, pipeline and the stream worker put together."""

from contract.outcomes import Service
from contract.topics import ARTICLES_COLLECTED
from runtime.agent import run_agent

from classifier.adapters.packaged import build_reader
from classifier.agents import make_handler
from classifier.domain.article import ArticleText
from classifier.settings import ClassifierSettings

_PROBE = ArticleText("Dinkes Jatim siaga", "Dinas Kesehatan Jawa Timur menyiagakan puskesmas.")


def run(settings: ClassifierSettings) -> int:
    """Read `articles.collected` until asked to stop; return the exit code. Raises ModelError at the start."""
    reader, _ = build_reader(settings.classifier_models)

    def model_problem() -> str | None:
        """A health check: the models really read."""
        named = {mention.entity_id for reading in reader.read([_PROBE]) for mention in reading.mentions}
        return None if "dinkes" in named else "the pipeline does not find the agency in its probe sentence"

    problem = model_problem()
    return run_agent(
        service=Service.CLASSIFIER,
        card=ARTICLES_COLLECTED,
        handler=make_handler(reader),
        settings=settings,
        health_port=settings.classifier_health_port,
        # Asked once: spaCy's pipeline must not be entered from the health thread while the handler works in it.
        ready_checks={"model": lambda: problem},
        max_batch=settings.classifier_max_batch,
    )
