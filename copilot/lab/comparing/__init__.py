"""Two runs beside each other: what was fixed, what broke, and whether it is more than noise."""

from copilot.lab.comparing.making import compare

__all__ = ["compare"]
