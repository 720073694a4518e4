"""Trains the sentiment models from labelled news, by fixed seeds and one thread: the same data, the same bytes."""
