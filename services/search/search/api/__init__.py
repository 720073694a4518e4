"""The gateway: HTTP in, domain, HTTP out."""
