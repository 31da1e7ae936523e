"""Guides to begin with: one worked example, and what each key is for."""
