"""The outside things of the stories: the topic, the indices, the table of words."""
