"""Matching: which points and flags an answer shows, and which question is being asked."""
