"""Small pictures in numbers: where the template draws lines and dots."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 420, 200
LEFT, RIGHT, TOP, BOTTOM = 42.0, 408.0, 12.0, 172.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale at ``y``, with its word."""

    y: float
    word: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word below the picture."""

    x: float
    word: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A value with its interval, as places in the picture.

    Attributes:
        x: From the left.
        y: From above.
        low: Where its interval begins.
        high: Where it ends.
        told: What it is, in words.
        here: Whether it is the one the page is about.
    """

    x: float
    y: float
    low: float
    high: float
    told: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Values that belong together."""

    name: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture.

    Attributes:
        title: What it shows.
        told: The same for who cannot see it, with the newest values.
        lines: What is drawn.
        changes: Where a dashed line stands.
        words: Below it.
        ticks: The scale.
    """

    title: str
    told: str
    lines: tuple[Line, ...]
    changes: tuple[float, ...] = ()
    words: tuple[Word, ...] = ()
    ticks: tuple[Tick, ...] = field(
        default_factory=lambda: tuple(Tick(y_of(each / 4), f"{each * 25} %") for each in range(5))
    )
    width: int = WIDTH
    height: int = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM


def y_of(share: float) -> float:
    """Where a share from 0 to 1 stands."""
    return round(BOTTOM - (BOTTOM - TOP) * min(max(share, 0.0), 1.0), 1)


def x_of(share: float) -> float:
    """Where a share from 0 to 1 of the width stands."""
    return round(LEFT + (RIGHT - LEFT) * share, 1)


def places(count: int) -> Sequence[float]:
    """Places from left to right for so many values, with room at both ends."""
    inner = 0.04
    if count == 1:
        return [x_of(0.5)]
    return [x_of(inner + (1 - 2 * inner) * each / (count - 1)) for each in range(count)]
