"""From probabilities to states: the thresholds, which a user may set to others."""

from dataclasses import dataclass, field

from copilot.events import FindingKind


@dataclass(frozen=True, slots=True)
class StateRule:
    """From the probabilities of an answer to a state.

    Attributes:
        says: At least this probability of being said: evidenced, or raised.
        denies: At least this probability of being denied: denied.
        doubt: At least this of either: unclear.
    """

    says: float
    denies: float
    doubt: float


#: More than any probability: a flag that is denied is not raised, and that is all.
NEVER = 1.1
#: Points: for nine right of ten that are shown, on ``copilot/lab/suites/data/answers.jsonl``; the
#: models were fitted on others. Flags: for precision, because saying wrongly that somebody shows a
#: problem is worse than missing it.
POINT_RULE = StateRule(says=0.5, denies=0.5, doubt=0.35)
FLAG_RULE = StateRule(says=0.5, denies=NEVER, doubt=0.35)


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of a session.

    Attributes:
        point: Of expected points.
        flag: Of red flags.
    """

    point: StateRule = field(default=POINT_RULE)
    flag: StateRule = field(default=FLAG_RULE)

    def of(self, kind: FindingKind) -> StateRule:
        """The rule of a kind."""
        return self.point if kind is FindingKind.POINT else self.flag


#: Those that ship.
SHIPPED_RULES = Rules()
