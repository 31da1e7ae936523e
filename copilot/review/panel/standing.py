"""Who has handed in, and what of it is open."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from copilot.review.panel.files import folded
from copilot.review.panel.folder import Contents
from copilot.review.panel.model import Panel, Seal

State = Literal["missing", "withdrawn", "sealed", "open"]


@dataclass(frozen=True, slots=True)
class RaterStanding:
    """Where one rater stands with one candidate.

    Attributes:
        rater: Who.
        state: ``missing`` until they hand in, then ``sealed`` until it is opened.
        seals: What they handed in or took back, in order.
    """

    rater: str
    state: State
    seals: tuple[Seal, ...]

    @property
    def is_in(self) -> bool:
        """Whether they have handed in and not taken it back."""
        return self.state in ("sealed", "open")


def standing_of(panel: Panel, contents: Contents, candidate: str) -> tuple[RaterStanding, ...]:
    """Where every rater stands with a candidate, in the panel's order."""
    return tuple(_standing(contents, rater, candidate) for rater in panel.raters)


def missing_from(standing: Collection[RaterStanding], without: Collection[str]) -> tuple[str, ...]:
    """Who has to hand in before anything is opened, but for those nobody waits for any more."""
    excused = {folded(name) for name in without}
    return tuple(s.rater for s in standing if not s.is_in and folded(s.rater) not in excused)


def _standing(contents: Contents, rater: str, candidate: str) -> RaterStanding:
    seals = contents.seals_of(rater, candidate)
    if not seals:
        return RaterStanding(rater, "missing", ())
    last = seals[-1]
    state: State = "open" if last.bundle_sha256 in contents.bundles else "sealed"
    return RaterStanding(rater, "withdrawn" if last.action == "withdrawn" else state, seals)
