"""The key that signs cursors: random, made once per installation, kept in Elasticsearch for all gateways."""

import secrets

from contract.names import Names
from elasticsearch import ApiError, BadRequestError, ConflictError, Elasticsearch, NotFoundError, TransportError
from runtime.elastic import busy_if_passing

INDEX = "search-settings"
DOCUMENT = "cursor-key"
KEY_BYTES = 32


class ElasticCursorKey:
    """Returns the key when called. Whoever comes first makes it; it is read once per process."""

    def __init__(self, client: Elasticsearch, names: Names, *, replicas: int = 0) -> None:
        self._client = client
        self._index = names.index(INDEX)
        self._replicas = replicas
        self._key: bytes | None = None

    def __call__(self) -> bytes:
        """Return the key. Raises BusyError while Elasticsearch is away."""
        if self._key is None:
            try:
                self._key = self._read() or self._make()
            except (ApiError, TransportError) as error:
                raise busy_if_passing(error) or error from error
        return self._key

    def _read(self) -> bytes | None:
        try:
            found = self._client.get(index=self._index, id=DOCUMENT)
        except NotFoundError:
            return None
        return bytes.fromhex(found["_source"]["key"])

    def _make(self) -> bytes:
        self._create_index()
        key = secrets.token_bytes(KEY_BYTES)
        try:
            self._client.create(index=self._index, id=DOCUMENT, document={"key": key.hex()})
        except ConflictError:
            # Another gateway was first; its key counts.
            return self._read() or key
        return key

    def _create_index(self) -> None:
        shape = {"number_of_shards": 1, "number_of_replicas": self._replicas}
        try:
            self._client.indices.create(index=self._index, settings=shape, mappings={"enabled": False})
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
