"""What the router reads from outside."""
