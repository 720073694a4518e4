"""How an article reads, and how it speaks of one body: features, the model's port, evidence."""
