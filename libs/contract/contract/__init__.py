"""What crosses a boundary between services: topics, messages, codec, outcomes and the gazetteer.

Nothing here does input or output beyond reading its own package data, and nothing but pydantic is imported.
"""
