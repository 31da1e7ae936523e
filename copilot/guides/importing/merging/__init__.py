"""Importing again: what the document changed, what the author did, and both at once."""
