"""Lines that nobody said: questions, notes, marks, and what happened to the hearing."""

from copilot.events import (
    AudioGap,
    CaptureContinued,
    CapturePaused,
    ChannelsSwapped,
    GapCause,
    LanguageChosen,
    MomentMarked,
    NoteTaken,
    SessionResumed,
    TranscriberChanged,
)
from copilot.i18n import N_, _
from copilot.tui.names import LANGUAGES, NAMES, duration
from copilot.tui.transcript.entry import Entry, EntryKind, clean

_CAUSES = {
    GapCause.DEVICE: N_("the device was away"),
    GapCause.OVERFLOW: N_("this computer was too busy"),
    GapCause.ASLEEP: N_("this computer slept"),
    GapCause.DISK: N_("the disk refused"),
}
#: A device that steps by less than this, as when playing begins, takes no word away; in seconds.
_SHORTEST_TOLD_S = 0.5

CaptureEvent = (
    CapturePaused
    | CaptureContinued
    | AudioGap
    | ChannelsSwapped
    | LanguageChosen
    | SessionResumed
    | TranscriberChanged
)


def question_entry(label: str, at_s: float) -> Entry:
    """That another question of the plan is being answered.

    Args:
        label: Its label.
        at_s: Session time from which on, in seconds.
    """
    return Entry(EntryKind.HEADING, at_s, clean(label), lead="▸ ")


def note_entry(note: NoteTaken) -> Entry:
    """What the interviewer wrote."""
    return Entry(EntryKind.NOTE, note.moment_s, clean(note.text), name=_("note")[:4])


def mark_entry(mark: MomentMarked) -> Entry:
    """That the interviewer marked a moment."""
    return Entry(EntryKind.MARK, mark.moment_s, _("marked"), lead="◆ ")


def told_entry(text: str, at_s: float | None = None) -> Entry:
    """Something the app has to say."""
    return Entry(EntryKind.TOLD, at_s, clean(text))


def capture_entry(event: CaptureEvent) -> Entry | None:
    """What happened to the hearing; None for a gap that another line tells already."""
    text = _told(event)
    return told_entry(f"── {text} ──", event.at_s) if text else None


def _told(event: CaptureEvent) -> str:
    match event:
        case CapturePaused():
            return _("off the record")
        case CaptureContinued():
            return _("on the record again")
        case ChannelsSwapped():
            return _("the sides were exchanged, also above")
        case LanguageChosen() | TranscriberChanged():
            return _told_of_text(event)
        case SessionResumed():
            return _("resumed after {away}", away=duration(event.away_s))
        case AudioGap():
            return "" if _is_small(event) else _gap_told(event)


def _told_of_text(event: LanguageChosen | TranscriberChanged) -> str:
    if isinstance(event, LanguageChosen):
        language = _(LANGUAGES.get(event.language, event.language))
        return _("{language} from here on", language=language)
    behind, model = f"{event.behind_s:.0f}", event.model.name
    return _("{behind} s behind: text by {model} from here on", behind=behind, model=model)


def _gap_told(gap: AudioGap) -> str:
    who = _("both sides") if gap.channel is None else _(NAMES[gap.channel])
    length_s = gap.end_s - gap.start_s
    length = f"{length_s:.1f} s" if length_s < 1 else duration(length_s)
    cause = _(_CAUSES[gap.cause])
    return _("{length} of {who} not heard: {cause}", length=length, who=who, cause=cause)


def _is_small(gap: AudioGap) -> bool:
    """Whether a gap is told elsewhere, or is but a server finding its pace."""
    step = gap.cause is GapCause.DEVICE and gap.end_s - gap.start_s < _SHORTEST_TOLD_S
    return step or gap.cause is GapCause.OFF_RECORD
