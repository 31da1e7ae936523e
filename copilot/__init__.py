"""Interview Copilot: a terminal copilot for people who interview."""

__version__ = "0.1.0"
