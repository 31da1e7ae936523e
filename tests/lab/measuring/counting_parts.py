"""Decisions to count."""

from typing import Any

from copilot.lab.measuring.counting import Counted
from copilot.lab.results import Decision

#: What should be shown, what is, and how probable it was told to be.
RIGHT = (1, 1, 1, 0, 0, 1, 0, 1, 0, 0)
SHOWN = (1, 0, 1, 1, 0, 1, 0, 0, 0, 1)
TOLD = (0.9, 0.4, 0.8, 0.7, 0.1, 0.95, 0.2, 0.3, 0.05, 0.6)


def made(right: bool, shown: bool, told: float | None = None, **more: Any) -> Decision:
    """A decision about a point."""
    given: dict[str, Any] = {
        "kind": "point",
        "target": "rollback",
        "label": "said" if right else "absent",
        "state": "evidenced" if shown else "not_heard",
        **more,
    }
    return Decision(shown=shown, right=right, confidence=told, **given)


def decisions() -> list[Counted]:
    """Ten, each a group of its own."""
    several = zip(RIGHT, SHOWN, TOLD, strict=True)
    return [Counted(n, made(bool(r), bool(s), told)) for n, (r, s, told) in enumerate(several)]
