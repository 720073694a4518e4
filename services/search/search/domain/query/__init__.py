"""The query language of `q`: text to tree, tree to an Elasticsearch query."""
