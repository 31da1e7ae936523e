"""Guides: what an interview asks, expects and watches for."""
