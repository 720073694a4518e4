"""What the collector decides. Pure: data and the time go in, decisions come out."""
