"""How ready a guide is for an interview, measured with the matcher itself."""
