"""Events as sentences: one thought each, in words, so that they can be read out or read later."""

from collections.abc import Mapping

from copilot.events import (
    Actor,
    Channel,
    ChannelLost,
    ConsentDecision,
    ConsentRecorded,
    Event,
    FindingKind,
    FindingMade,
    FindingReleased,
    FindingState,
    MomentMarked,
    NoteTaken,
    QuestionAsked,
    QuestionRated,
    SuggestionClosed,
    SuggestionFate,
    SuggestionOffered,
    SuggestionSharpened,
    TopicTouched,
    Unrated,
    UtteranceHeard,
)
from copilot.i18n import N_, _
from copilot.interview import Interview
from copilot.plain.capture_wording import capture_line
from copilot.plain.line import Importance, Line
from copilot.plain.names import finding_name, item_name, side_name, state_name
from copilot.timecode import timecode

_FOUND = {
    (FindingKind.POINT, FindingState.EVIDENCED): N_("Point evidenced: {label}."),
    (FindingKind.POINT, FindingState.UNCLEAR): N_("Point unclear: {label}."),
    (FindingKind.POINT, FindingState.DENIED): N_("Point denied: {label}."),
    (FindingKind.POINT, FindingState.NOT_HEARD): N_("Point no longer taken as heard: {label}."),
    (FindingKind.FLAG, FindingState.RAISED): N_("Flag, worth a second look: {label}."),
    (FindingKind.FLAG, FindingState.UNCLEAR): N_("Flag unclear: {label}."),
    (FindingKind.FLAG, FindingState.NOT_RAISED): N_("Flag no longer raised: {label}."),
}

#: What became of a suggestion, by who closed it; nothing is said where none stands.
_CLOSED = {
    (Actor.HUMAN, SuggestionFate.TAKEN): N_("Taken; it counts as asked."),
    (Actor.HUMAN, SuggestionFate.SKIPPED): N_("Skipped."),
    (Actor.HUMAN, SuggestionFate.DISMISSED): N_("No more suggestions for this question."),
    (Actor.MACHINE, SuggestionFate.ASKED): N_("Suggestion done: you asked it."),
    (Actor.MACHINE, SuggestionFate.ANSWERED): N_("Suggestion withdrawn: it was answered."),
    (Actor.MACHINE, SuggestionFate.SUPERSEDED): N_(
        "Suggestion withdrawn: the interview has moved on."
    ),
    (Actor.MACHINE, SuggestionFate.EXPIRED): N_("Suggestion withdrawn: its moment has passed."),
}

_CONSENT = {
    ConsentDecision.GIVEN: N_("The candidate agreed to be recorded."),
    ConsentDecision.DECLINED: N_("The candidate declined to be recorded."),
}


def line_of(  # noqa: PLR0911 - one a type of event
    event: Event, interview: Interview, lost_before: Mapping[Channel, ChannelLost]
) -> Line | None:
    """What a listener wants to know of an event; None for those that tell nothing.

    Args:
        event: What happened.
        interview: The state, this event included.
        lost_before: The devices that were away until then.
    """
    match event:
        case UtteranceHeard():
            return Line(Importance.SPEECH, _speech(event))
        case FindingMade() | FindingReleased():
            return _finding(event, interview)
        case SuggestionOffered() | SuggestionSharpened() | SuggestionClosed():
            return _suggestion(event)
        case QuestionAsked():
            by_hand = event.by is Actor.HUMAN
            importance = Importance.ANSWER if by_hand else Importance.COURSE
            return Line(importance, _question(event, interview))
        case NoteTaken() | MomentMarked() | QuestionRated():
            return Line(Importance.ANSWER, _by_hand(event, interview))
        case TopicTouched():
            return Line(Importance.ALARM, _topic(event, interview))
        case ConsentRecorded():
            told = _CONSENT.get(event.decision)
            return None if told is None else Line(Importance.COURSE, _(told))
        case _:
            return capture_line(event, interview, lost_before)


def suggestion_text(text: str, reason: str) -> str:
    """A suggestion with its reason."""
    return _("Suggestion: {text} Reason: {reason}.", text=text, reason=reason.rstrip("."))


def _speech(event: UtteranceHeard) -> str:
    said = event.utterance
    if said.uncertain:
        return _("{side}, uncertain: {text}", side=side_name(said.channel), text=said.text)
    return _("{side}: {text}", side=side_name(said.channel), text=said.text)


def _finding(event: FindingMade | FindingReleased, interview: Interview) -> Line:
    if isinstance(event, FindingReleased):
        name = item_name(interview, event.question, event.kind, event.id)
        return Line(Importance.ANSWER, _("No longer decided by you: {label}.", label=name))
    label = finding_name(interview, event)
    if event.by is Actor.HUMAN:
        text = _("Decided by you: {label}, {state}.", label=label, state=state_name(event.state))
        return Line(Importance.ANSWER, text)
    text = _(_FOUND[event.kind, event.state], label=label)
    if event.evidence:
        text = _("{finding} Quote: {quote}", finding=text, quote=event.evidence[0].quote)
    return Line(Importance.FINDING, text)


def _suggestion(event: SuggestionOffered | SuggestionSharpened | SuggestionClosed) -> Line | None:
    match event:
        case SuggestionOffered(suggestion=offered):
            return Line(Importance.SUGGESTION, suggestion_text(offered.text, offered.reason))
        case SuggestionSharpened():
            text = _("The same suggestion in other words: {text}", text=event.text)
            return Line(Importance.SUGGESTION, text)
        case SuggestionClosed():
            told = _CLOSED.get((event.by, event.fate))
            importance = Importance.ANSWER if event.by is Actor.HUMAN else Importance.SUGGESTION
            return None if told is None else Line(importance, _(told))


def _question(event: QuestionAsked, interview: Interview) -> str:
    if event.question is None:
        return _("Talk outside the plan.")
    ids = [question.id for question in interview.plan]
    return _(
        "Question {number} of {total}: {text}",
        number=ids.index(event.question) + 1,
        total=len(ids),
        text=interview.planned(event.question).text,
    )


def _by_hand(event: NoteTaken | MomentMarked | QuestionRated, interview: Interview) -> str:
    match event:
        case NoteTaken():
            return _("Note at {time}: {text}", time=timecode(event.moment_s), text=event.text)
        case MomentMarked():
            return _("Marked at {time}.", time=timecode(event.moment_s))
        case QuestionRated():
            label = interview.planned(event.question).label
            return _rated(event, label)


def _rated(event: QuestionRated, label: str) -> str:
    if event.rating is not None:
        told = _("Rated {rating} of 4: {question}.", rating=event.rating, question=label)
    elif event.unrated is Unrated.NOT_ENOUGH:
        told = _("Judged as not enough to tell: {question}.", question=label)
    elif event.unrated is Unrated.NOT_ASKED:
        told = _("Judged as not asked: {question}.", question=label)
    else:
        return _("Rating taken back: {question}.", question=label)
    return _("{judged} Why: {reason}", judged=told, reason=event.reason) if event.reason else told


def _topic(event: TopicTouched, interview: Interview) -> str:
    known = interview.started.topics if interview.started else ()
    topic = next(topic for topic in known if topic.id == event.topic)
    return _(
        "For you alone: off limits, {topic} ({packs}). {why} Ask instead: {instead}",
        topic=topic.label,
        packs=", ".join(event.packs),
        why=topic.why,
        instead=topic.instead,
    )
