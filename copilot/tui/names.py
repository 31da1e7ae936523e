"""What the two sides and the languages are called on the screens."""

from copilot.events import Channel
from copilot.i18n import N_, _

#: Looked up with ``_`` where they are shown.
NAMES: dict[Channel, str] = {Channel.INTERVIEWER: N_("you"), Channel.CANDIDATE: N_("candidate")}
#: Never longer than four characters, in no language.
SHORT_NAMES: dict[Channel, str] = {Channel.INTERVIEWER: N_("you"), Channel.CANDIDATE: N_("cand")}
#: Languages an interview can be in.
LANGUAGES = {"en": N_("English"), "fr": N_("French")}


def duration(seconds: float) -> str:
    """A length for people: ``12 s``, ``3 min``, ``2 h 05 min``."""
    if seconds < 99.5:
        return _("{seconds} s", seconds=f"{seconds:.0f}")
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return _("{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}")
    return _("{minutes} min", minutes=minutes)
