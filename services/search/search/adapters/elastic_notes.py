"""Reads what is known of corrections by id, so that what was written a moment ago is seen."""

from typing import Any

from contract.names import Names
from elasticsearch import ApiError, Elasticsearch, TransportError
from runtime.elastic import busy_if_passing

from search.adapters.elastic_annotations import ElasticAnnotations
from search.domain.annotation import Annotation
from search.domain.document import Target

Json = dict[str, Any]


class ElasticNotes:
    """The notes in Elasticsearch."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._corrections = names.index(Target.CORRECTIONS)
        self._annotations = ElasticAnnotations(client, names)

    def annotation(self, article_id: str) -> Annotation | None:
        kept = self._annotations.read([article_id]).get(article_id)
        return kept.annotation if kept is not None else None

    def document(self, article_id: str, month: str) -> Json | None:
        return self._annotations.documents({article_id: month}).get(article_id)

    def is_settled(self, article_id: str, correction_id: str) -> bool:
        try:
            return bool(self._client.exists(index=self._corrections, id=f"{article_id}.{correction_id}"))
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
