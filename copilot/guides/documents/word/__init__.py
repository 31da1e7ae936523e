"""Word files: paragraphs, lists and tables by their styles."""
