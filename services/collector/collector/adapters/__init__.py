"""How the collector reaches what is outside: one file per outside thing."""
