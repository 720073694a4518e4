"""What is decided about search, without input or output."""
