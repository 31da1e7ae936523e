"""Changing a guide's YAML in place, so that comments, order and layout survive."""
