"""What the classifier decides, free of IO: text in, reading out."""
