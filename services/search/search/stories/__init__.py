"""Beyond one article: near-copies, stories, who was first, own releases."""
