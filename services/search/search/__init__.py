"""Makes routed articles searchable: the indexer, the API gateway and the first search page."""
