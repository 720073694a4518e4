"""What stands outside the domain: models on disk, spaCy, files."""
