"""Runs a real Kafka broker and a real Elasticsearch node, installed with pip alone."""
