"""Which bodies and places a text names, whose they are, and by which rule."""
