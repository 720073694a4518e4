"""Three sample news outlets served from one process: what they publish is a function of the articles, the start and now."""
