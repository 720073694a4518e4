"""Reads all corrections there are, article by article, for the training file."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from contract.names import Names
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers
from runtime.elastic import busy_if_passing

from search.adapters.elastic_annotations import ElasticAnnotations
from search.domain.annotation import Annotation
from search.domain.document import Target

Json = dict[str, Any]

CHUNK = 100


def corrected_articles(client: Elasticsearch, names: Names) -> Iterator[tuple[Annotation, Json]]:
    """Yield each corrected article that is indexed, with its annotation, by id. Raises BusyError."""
    annotations = ElasticAnnotations(client, names)
    months = iter(sorted(_months(client, names.index(Target.CORRECTIONS)).items()))
    while chunk := dict(islice(months, CHUNK)):
        kept, documents = annotations.read(chunk), annotations.documents(chunk)
        for article_id in chunk:
            if article_id in kept and article_id in documents:
                yield kept[article_id].annotation, documents[article_id]


def _months(client: Elasticsearch, index: str) -> dict[str, str]:
    """Return the month of every article that a correction tells of."""
    try:
        client.indices.refresh(index=index)
        body = {"query": {"match_all": {}}, "_source": ["article_id", "month"]}
        rows = [hit["_source"] for hit in helpers.scan(client, index=index, query=body)]
    except NotFoundError:
        return {}
    except (ApiError, TransportError) as error:
        raise busy_if_passing(error) or error from error
    return {row["article_id"]: row["month"] for row in rows}
