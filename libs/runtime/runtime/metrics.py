"""The metrics that every service has. A service adds its own beside them, under the prefix `pantau_`."""

from prometheus_client import Counter, Gauge, Histogram

ARTICLES = Counter(
    "pantau_articles_total", "Articles by outcome, each once per handling", ["service", "outcome", "reason"]
)
HANDLING = Histogram(
    "pantau_handling_seconds",
    "Time from a message's arrival at the handler to its acknowledged result",
    ["service"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
RETRIES = Counter(
    "pantau_retries_total", "Tries after the first, in place or through the retry topic", ["service", "where"]
)
DEAD_LETTERS = Counter("pantau_dead_letters_total", "Messages sent to a dead letter", ["service", "topic", "stage"])
LAG = Gauge(
    "pantau_consumer_lag_messages", "Messages behind the end of the partition", ["service", "topic", "partition"]
)
READY = Gauge("pantau_ready", "1 when the service says it is ready", ["service"])
