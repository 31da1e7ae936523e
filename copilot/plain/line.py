"""What a spoken line is, and how much is spoken."""

import enum
from dataclasses import dataclass

from copilot.i18n import N_


class Importance(enum.IntEnum):
    """What a line is about, in the order in which lines that come together are spoken."""

    ALARM = 1  # the interview is not heard as it should be, or is about to go wrong
    ANSWER = 2  # what the user did; always spoken
    SUGGESTION = 3
    FINDING = 4
    COURSE = 5  # which question is being asked, what is well again
    SPEECH = 6  # what is said, word for word


@dataclass(frozen=True, slots=True)
class Line:
    """One thought, to be spoken once."""

    importance: Importance
    text: str


class Verbosity(enum.StrEnum):
    """How much is spoken without being asked for."""

    ALL = "all"
    FINDINGS = "findings"
    ALARMS = "alarms"


#: What each level says of itself when it is chosen.
VERBOSITY_WORDS = {
    Verbosity.ALL: N_("Everything is spoken, the words of the interview excepted."),
    Verbosity.FINDINGS: N_("Alarms, suggestions and findings are spoken."),
    Verbosity.ALARMS: N_("Alarms alone are spoken."),
}

_SPOKEN = {
    Verbosity.ALL: Importance.COURSE,
    Verbosity.FINDINGS: Importance.FINDING,
    Verbosity.ALARMS: Importance.ANSWER,
}


def is_spoken(importance: Importance, verbosity: Verbosity, *, transcript: bool) -> bool:
    """Whether lines of that importance are spoken.

    Args:
        importance: What the line is about.
        verbosity: How much is wanted.
        transcript: Whether what is said is wanted too.
    """
    if importance is Importance.SPEECH:
        return transcript
    return importance <= _SPOKEN[verbosity]
