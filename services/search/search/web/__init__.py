"""The pages: what they show, and how things are said to the people at the desk."""
