"""The outside things: Kafka and Elasticsearch."""
