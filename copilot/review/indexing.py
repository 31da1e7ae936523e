"""What of a session can be searched for: its text as it stands after what reviewers changed."""

from collections.abc import Iterator

from copilot.errors import CopilotError, EventError, SessionError
from copilot.events import Channel, FindingKind, FindingState
from copilot.interview import Interview
from copilot.review.reading import read_what_there_is
from copilot.review.reviewed import Reviewed
from copilot.store import SessionFolder, read_journal_so_far
from copilot.store.index import About, Content, Known, Line, Speaker, unreadable

_SPEAKERS = {Channel.CANDIDATE: Speaker.CANDIDATE, Channel.INTERVIEWER: Speaker.INTERVIEWER}
_FOUND_BY = {
    (FindingKind.FLAG, FindingState.RAISED): "flag",
    (FindingKind.POINT, FindingState.EVIDENCED): "point",
}


def content_of(folder: SessionFolder) -> Content:
    """What a session is found by, as far as it can be read; a running one as far as it is."""
    try:
        if _is_running(folder):
            return _running(folder)
        read = read_what_there_is(folder)
    except CopilotError:
        return _empty(folder)
    return _content(read.reviewed, is_whole=not read.problems)


def _is_running(folder: SessionFolder) -> bool:
    try:
        return folder.state() == "running"
    except SessionError:
        return False


def _running(folder: SessionFolder) -> Content:
    """Nobody reviews it, and the last line of its journal may be half written."""
    reading, broken = read_journal_so_far(folder.journal_path)
    interview, refused = Interview(), False
    for event in reading.events:
        try:
            interview.apply(event)
        except EventError:
            refused = True
            break
    if interview.started is None:
        return Content(None, (), (), is_whole=broken is None and not refused)
    return _content(Reviewed(interview), is_whole=broken is None and not refused)


def _empty(folder: SessionFolder) -> Content:
    """One without a single event is whole where it was only stopped that early."""
    try:
        is_whole = folder.journal_path.stat().st_size == 0 and folder.record().ended is None
    except (OSError, CopilotError):
        return unreadable()
    return Content(None, (), (), is_whole=is_whole)


def _content(state: Reviewed, *, is_whole: bool) -> Content:
    started = state.interview.started
    assert started is not None  # noqa: S101 - a session of which that is unknown was not read
    about = About(
        started.guide.role,
        started.guide.title,
        started.language,
        started.source,
        started.started_at,
    )
    lines = sorted((*_said(state), *_noted(state)), key=lambda line: line.at_s)
    return Content(about, tuple(lines), tuple(_known(state, lines)), is_whole=is_whole)


def _said(state: Reviewed) -> Iterator[Line]:
    interview = state.interview
    for said in interview.utterances.values():
        question = interview.question_of(said.id)
        if said.channel is Channel.INTERVIEWER:
            question = interview.question_at(said.start_s)
        speaker = _SPEAKERS[state.speaker_of(said.id)]
        yield Line(said.id, speaker, said.start_s, question, state.text_of(said.id))


def _noted(state: Reviewed) -> Iterator[Line]:
    for note in state.interview.notes:
        yield Line(note.id, Speaker.NOTE, note.moment_s, note.question, note.text)


def _known(state: Reviewed, lines: list[Line]) -> Iterator[Known]:
    interview = state.interview
    spoken_of = {line.question for line in lines}
    for planned in interview.plan:
        if planned.id in spoken_of or interview.was_asked(planned.id):
            yield Known("question", planned.id, planned.label)
    points = {(q.id, point.id): point.label for q in interview.plan for point in q.points}
    flags = {flag.id: flag.label for flag in interview.started.flags} if interview.started else {}
    for made in state.findings():
        kind = _FOUND_BY.get((made.kind, made.state))
        # A search must not tell what a review still hides.
        if kind is not None and state.is_open(made):
            label = flags.get(made.id) if kind == "flag" else points.get((made.question, made.id))
            yield Known(kind, made.id, label or made.id)
