"""Saved web pages: their text by its tags, without the page around it."""
