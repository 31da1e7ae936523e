"""Worksheets: what a guide lacks on paper, and read back line by line."""
