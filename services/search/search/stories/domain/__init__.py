"""Which articles belong together and why. Pure: articles, signatures and decisions in, groups out."""
