"""The router's decisions: pure functions of a reading, the gazetteer and the rules."""
