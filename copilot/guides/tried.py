"""What a session would make of a sentence that was tried, and why, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from copilot.events import FindingKind, FindingState
from copilot.i18n import _
from copilot.matching.rules import StateRule

#: States in which a point counts, or a flag is raised.
ASSERTED = (FindingState.EVIDENCED, FindingState.RAISED)


class Group(StrEnum):
    """Where a sentence of a point or flag stands in the guide."""

    SAYS = "says"
    DENIALS = "denials"
    NEAR_MISSES = "near_misses"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another point of the question, or another flag, that the sentence may say.

    Attributes:
        id: Its id.
        label: What it is called.
        said: How likely the sentence says it, 0 to 1.
        counts: Whether a session would show it as evidenced or raised.
    """

    id: str
    label: str
    said: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the sentence is to one point or flag.

    Attributes:
        kind: Point or flag.
        id: Its id.
        label: What it is called.
        state: What a session would show.
        said: How likely the sentence says it, 0 to 1.
        denied: How likely it denies it, 0 to 1.
        rule: From probabilities to states.
        closest: The sentence of its says that is most like it; empty where it has none.
        likeness: How like, -1 to 1; two sentences on different things have about 0.8.
        rivals: Others of its kind that it may say, the likeliest first.
    """

    kind: FindingKind
    id: str
    label: str
    state: FindingState
    said: float
    denied: float
    rule: StateRule
    closest: str
    likeness: float
    rivals: tuple[Rival, ...]

    @property
    def counts(self) -> bool:
        """Whether a session would show it as evidenced or raised."""
        return self.state in ASSERTED

    @property
    def why(self) -> str:
        """Why, in a plain sentence or two, in the interface's language."""
        return " ".join(_why(self))


@dataclass(frozen=True, slots=True)
class Tried:
    """What a session would make of a sentence.

    Attributes:
        question: The id of the question it would answer.
        text: The sentence.
        outcomes: One a point, then one a flag, in the guide's order.
    """

    question: str
    text: str
    outcomes: tuple[Outcome, ...]

    def of(self, kind: FindingKind, target_id: str) -> Outcome:
        """What it is to one point or flag.

        Raises:
            KeyError: The question has no such point, or the guide no such flag.
        """
        for outcome in self.outcomes:
            if (outcome.kind, outcome.id) == (kind, target_id):
                return outcome
        raise KeyError(target_id)

    @property
    def counting(self) -> tuple[Outcome, ...]:
        """The points it would count for and the flags it would raise, the surest first."""
        return tuple(sorted((o for o in self.outcomes if o.counts), key=lambda o: -o.said))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What another sentence in the guide would change.

    Attributes:
        kind: Point or flag.
        id: Whose sentences it would join.
        group: Which of them.
        before: The sentence tried with the guide as it stands.
        after: The same, with it added.
    """

    kind: FindingKind
    id: str
    group: Group
    before: Tried
    after: Tried

    @property
    def changed(self) -> tuple[tuple[Outcome, Outcome], ...]:
        """Outcomes whose state is another, before and after."""
        pairs = zip(self.before.outcomes, self.after.outcomes, strict=True)
        return tuple((was, now) for was, now in pairs if was.state is not now.state)


def _why(outcome: Outcome) -> Iterator[str]:
    said, denied = round(100 * outcome.said), round(100 * outcome.denied)
    needed, doubt = round(100 * outcome.rule.says), round(100 * outcome.rule.doubt)
    match outcome.state:
        case FindingState.EVIDENCED:
            yield _(
                "It counts: likely to say it with {said} %, and {needed} % are needed.",
                said=said,
                needed=needed,
            )
        case FindingState.RAISED:
            yield _(
                "It raises the flag: likely to say it with {said} %, and {needed} % are needed.",
                said=said,
                needed=needed,
            )
        case FindingState.DENIED:
            yield _("It is heard as a denial, likely with {denied} %.", denied=denied)
        case FindingState.UNCLEAR:
            yield _(
                "It is in doubt: likely to say it with {said} % and to deny it with {denied} %; "
                "{needed} % are needed to count.",
                said=said,
                denied=denied,
                needed=needed,
            )
        case _:
            yield _(
                "It does not count: likely to say it with {said} %; from {doubt} % on it is in "
                "doubt, from {needed} % on it counts.",
                said=said,
                doubt=doubt,
                needed=needed,
            )
    if not outcome.closest:
        yield _("There are no says: only label and description are listened for.")
    others = [rival.label for rival in outcome.rivals if rival.counts]
    if others:
        listed = ", ".join(others)
        if outcome.counts:
            yield _("It counts for these as well: {others}.", others=listed)
        else:
            yield _("It counts for these instead: {others}.", others=listed)
