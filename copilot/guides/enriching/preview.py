"""What a change does to a file, line by line."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Preview:
    """One change.

    Attributes:
        path: The file.
        line: The first line that changes, counted from 1.
        before: The line above it, for people to see where it is; empty at the beginning.
        gone: Lines that would go.
        come: Lines that would come in their place.
    """

    path: Path
    line: int
    before: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def preview_of(path: Path, before: str, after: str) -> Preview:
    """What differs between two texts of a file, as one stretch of lines."""
    old, new = before.splitlines(), after.splitlines()
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    above = old[first - 1] if first else ""
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    return Preview(path, first + 1, above, tuple(gone), tuple(come))
