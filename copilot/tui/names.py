"""What the two sides are called on the screens."""

from copilot.events import Channel

NAMES: dict[Channel, str] = {Channel.INTERVIEWER: "you", Channel.CANDIDATE: "candidate"}
#: Never longer than four characters.
SHORT_NAMES: dict[Channel, str] = {Channel.INTERVIEWER: "you", Channel.CANDIDATE: "cand"}


def duration(seconds: float) -> str:
    """A length for people: ``12 s``, ``3 min``, ``2 h 05 min``."""
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


#: Languages an interview can be in.
LANGUAGES = {"en": "English", "fr": "French"}
