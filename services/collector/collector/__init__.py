"""The collector: from a source to a collected article."""
