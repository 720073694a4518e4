"""The metrics of the stories beside those that every service has."""

from prometheus_client import Counter

GROUPED = Counter("pantau_stories_grouped_total", "Events sent because the grouping of an article changed")
BONDS = Counter("pantau_stories_bonds_total", "Bonds found between two articles", ["kind"])
STORY_FULL = Counter(
    "pantau_stories_full_total", "Bonds left out because the story of the other article has reached its largest size"
)
FORGOTTEN = Counter("pantau_stories_forgotten_total", "Signatures taken away because their story ended too long ago")
