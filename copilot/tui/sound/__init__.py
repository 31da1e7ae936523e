"""Choosing what hears whom, with levels on request."""
