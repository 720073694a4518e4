"""Decides who must see an article and why, and what raises an alert."""
