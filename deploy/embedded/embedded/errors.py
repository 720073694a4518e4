"""What can go wrong for an operator. Every message says what is wrong and what to do about it."""


class EmbeddedError(Exception):
    """A problem the operator can act on; shown as it is, without a traceback."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}\n  What to do: {remedy}")
        self.problem = problem
        self.remedy = remedy


class PortBusyError(EmbeddedError):
    """Somebody else listens where an engine or a service wants to."""


class ResourcesError(EmbeddedError):
    """Too little memory or disk."""


class DownloadError(EmbeddedError):
    """No network, or the registry does not answer."""


class JarMismatchError(EmbeddedError):
    """A jar is not the one that was locked."""


class EngineError(EmbeddedError):
    """An engine died or did not become ready."""
