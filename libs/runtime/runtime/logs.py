"""Structured logs: one JSON object a line in the Elastic Common Schema, or plain lines for a person at a console."""

import logging
import sys
from collections.abc import Callable

import ecs_logging
from contract.outcomes import Service

from runtime.clock import SystemClock

_QUIET = ("kafka", "aiokafka", "elastic_transport", "httpx", "httpcore", "asyncio", "urllib3", "faust", "mode")
_CLIENTS = ("kafka", "aiokafka")
REPEAT_AFTER_S = 30.0


class OncePerWhile(logging.Filter):
    """Lets each line of the broker clients through once in a while: they repeat it many times a second while a
    broker is away, and would bury what the service itself says of it.
    """

    def __init__(self, *, repeat_after_s: float, monotonic_s: Callable[[], float]) -> None:
        super().__init__()
        self._repeat_after_s = repeat_after_s
        self._monotonic_s = monotonic_s
        self._said_at_s: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno <= logging.DEBUG or record.name.partition(".")[0] not in _CLIENTS:
            return True
        # The text without its arguments: node ids, tries and waits differ from line to line.
        said, now_s = (record.name, str(record.msg)), self._monotonic_s()
        if now_s - self._said_at_s.get(said, -self._repeat_after_s) < self._repeat_after_s:
            return False
        self._said_at_s[said] = now_s
        return True


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
    handler.addFilter(OncePerWhile(repeat_after_s=REPEAT_AFTER_S, monotonic_s=SystemClock().monotonic_s))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
