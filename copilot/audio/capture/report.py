"""What a check of the set-up found, as plain values that fronts show."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.events import Channel


class SideState(enum.StrEnum):
    """How a channel fares in a check."""

    OPENING = "opening"
    SILENT = "silent"  # sound arrives, but nothing above the noise floor yet
    HEARD = "heard"  # proven by samples
    CLIPPING = "clipping"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SideReport:
    """One channel in a check.

    Attributes:
        device: Its device, in words for people.
        state: How it fares.
        level_dbfs: How loud it is now.
        peak_dbfs: The loudest it has been.
    """

    device: str
    state: SideState = SideState.OPENING
    level_dbfs: float = -96.0
    peak_dbfs: float = -96.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend.

    Attributes:
        text: What is wrong, in words for people.
        remedy: What to do about it.
        grave: Whether a call recorded like this would be lost or misleading.
    """

    text: str
    remedy: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A check at one moment.

    Attributes:
        sides: Each channel.
        step: What the user is asked to do now, such as ``Say a few words``.
        remaining_s: How long it still takes, in seconds.
        done: Whether it is over.
        problems: What is to be mended, gravest first; complete only when done.
    """

    sides: Mapping[Channel, SideReport] = field(default_factory=dict)
    step: str = ""
    remaining_s: float = 0.0
    done: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing grave is in the way."""
        return self.done and not any(problem.grave for problem in self.problems)
