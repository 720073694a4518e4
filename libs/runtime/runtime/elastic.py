"""The Elasticsearch client, set up by settings. Needs the extra `elastic`."""

from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from runtime.retry import BusyError
from runtime.settings import ServiceSettings


def client(settings: ServiceSettings) -> Elasticsearch:
    """Return a client that retries a lost connection twice and times out; it connects at the first request."""
    api_key = settings.elastic_api_key
    trust: dict[str, Any] = {"ca_certs": str(settings.elastic_ca_file)} if settings.elastic_ca_file else {}
    return Elasticsearch(
        [url.strip() for url in settings.elastic_urls.split(",")],
        api_key=api_key.get_secret_value() if api_key else None,
        request_timeout=settings.elastic_timeout_s,
        retry_on_timeout=False,
        max_retries=2,
        **trust,
    )


def elastic_problem(es: Elasticsearch) -> str | None:
    """Ask for the cluster's health; return None, or what is wrong. A health check.

    `cluster.health` is asked, not the root address, because the embedded node does not serve that.
    """
    try:
        status = str(es.cluster.health(timeout="2s")["status"])
    except (ApiError, TransportError) as error:
        return f"{type(error).__name__}: {error}"[:300]
    return "the cluster is red: at least one index has lost its data" if status == "red" else None


def busy_if_passing(error: ApiError | TransportError) -> BusyError | None:
    """Return a BusyError for what may pass by itself: no connection, 408, 429, 5xx. None for the caller's own fault."""
    if isinstance(error, ApiError):
        status = error.status_code
        if status not in (408, 429) and status < 500:
            return None
    return BusyError(f"Elasticsearch: {error}"[:500])
