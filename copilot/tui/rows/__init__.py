"""Screens made of rows: a label, a value, and a sentence about the one that is highlighted."""
