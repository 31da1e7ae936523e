"""How ready a guide is."""
