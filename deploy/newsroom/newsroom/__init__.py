"""Three sample news outlets in one process: what they publish is a function of articles, start and now."""
