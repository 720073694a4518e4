"""Reads articles: language, tone, mentions of agencies, units and regions, sentiment toward each."""
