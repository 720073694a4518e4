"""Structured logs: one JSON object a line in the Elastic Common Schema, or plain lines for a person at a console."""

import logging
import sys

import ecs_logging
from contract.outcomes import Service

_QUIET = ("kafka", "aiokafka", "elastic_transport", "httpx", "httpcore", "asyncio", "urllib3", "faust", "mode")
_NOISY = "kafka.net"
"""kafka-python's connections: a dozen ERROR lines a second while a broker is away, which its callers report anyway."""


class _ServiceName(logging.Filter):
    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__["service.name"] = f"pantau-{self._service}"
        return True


def configure_logging(service: Service | str, *, level: str = "INFO", format_: str = "ecs") -> None:
    """Send every log record to standard error, replacing whatever was configured before.

    Extra fields are passed as `extra={"article.id": ..., "outcome": ...}` and become fields of the ECS record.
    Chatty libraries are held at WARNING unless the level is DEBUG.
    """
    handler = logging.StreamHandler(sys.stderr)
    if format_ == "ecs":
        handler.setFormatter(ecs_logging.StdlibFormatter(exclude_fields=["process", "log.original"]))
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    handler.addFilter(_ServiceName(str(service)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
    logging.getLogger(_NOISY).setLevel(logging.DEBUG if level == "DEBUG" else logging.CRITICAL)
