"""The interview as a state machine: events in, state out; no clock, no I/O, no screen.

Two interviews that were given the same events are equal. That one property is crash recovery,
review, the demo and every front: a front keeps its own ``Interview`` and applies what it hears.
"""

import dataclasses
import math
from dataclasses import dataclass

from copilot.errors import EventError
from copilot.events import (
    FLAG_STATES,
    POINT_STATES,
    QUOTED_STATES,
    Actor,
    Channel,
    ChannelsSwapped,
    CompetencyRated,
    ConsentDecision,
    ConsentRecorded,
    Event,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingReleased,
    ModelAsked,
    MomentMarked,
    NoteTaken,
    QuestionAsked,
    QuestionRated,
    Recommended,
    ReviewEvent,
    SessionEnded,
    SessionStarted,
    SpeechDiscarded,
    SuggestionClosed,
    SuggestionOffered,
    SuggestionSharpened,
    TopicTouched,
    Utterance,
    UtteranceHeard,
)
from copilot.interview.capture import CaptureEvent
from copilot.interview.quotes import touched
from copilot.interview.records import SuggestionRecord
from copilot.interview.views import Views

_BY_HAND = (
    FindingMade,
    FindingReleased,
    MomentMarked,
    NoteTaken,
    QuestionRated,
    CompetencyRated,
    Recommended,
)


@dataclass
class Interview(Views):
    """Everything known about one interview after the events applied so far.

    ``apply`` is the only way to change it. Other code reads the public attributes and views and
    never writes them.
    """

    def apply(self, event: Event) -> None:
        """Take one event in.

        Raises:
            EventError: The event is out of order or breaks a rule; the state is then unchanged.
        """
        self._check_order(event)
        self._change(event)
        self.seq = event.seq
        self.now_s = event.at_s

    def amend(self, event: Event) -> None:
        """Take in what a human changed after the last event; the session gets no longer by it.

        Raises:
            EventError: It is no change that a reviewer can make, or breaks a rule; the state is
                then unchanged.
        """
        if event.seq != self.seq + 1:
            raise EventError(f"event {event.seq} came after event {self.seq}.")
        by_machine = isinstance(event, FindingMade) and event.by is not Actor.HUMAN
        if by_machine or not isinstance(event, _BY_HAND):
            raise EventError(f"event {event.seq} is no change of a human's.")
        self._change(event)
        self.seq = event.seq

    def _change(self, event: Event) -> None:  # noqa: PLR0912 - one branch a type of event
        if isinstance(event, CaptureEvent):
            self.capture.apply(event)
            if isinstance(event, ChannelsSwapped):
                self._swap()
            return
        if isinstance(event, ReviewEvent):
            raise EventError(f"event {event.seq} belongs to a review.")
        match event:
            case SessionStarted():
                self._start(event)
            case ConsentRecorded():
                self.consent = event
            case UtteranceHeard():
                self._hear(event.utterance)
            case SpeechDiscarded():
                self._require_consent()
                self.discarded.append(event)
            case QuestionAsked():
                self._ask(event)
            case FindingMade():
                self._find(event)
            case FindingRefused():
                self.findings_refused += 1
            case FindingReleased():
                self._release(event)
            case SuggestionOffered():
                self._offer(event)
            case SuggestionSharpened():
                self._sharpen(event)
            case SuggestionClosed():
                self._close(event)
            case ModelAsked():
                self.model_calls.append(event)
            case TopicTouched():
                self._touch(event)
            case NoteTaken():
                self._note(event)
            case MomentMarked():
                self._mark(event)
            case QuestionRated():
                self._rate(event)
            case CompetencyRated():
                self._rate_competency(event)
            case Recommended():
                self.recommendations.append(event)
            case SessionEnded():
                self.ended = event

    def _check_order(self, event: Event) -> None:
        if event.seq != self.seq + 1:
            raise EventError(f"event {event.seq} came after event {self.seq}.")
        if not self.now_s <= event.at_s < math.inf:  # what is no number fails this as well
            raise EventError(f"event {event.seq} goes back in time, or has none.")
        if isinstance(event, SessionStarted) != (self.started is None):
            raise EventError(f"event {event.seq}: a session starts once, with its first event.")
        if self.ended is not None:
            raise EventError(f"event {event.seq} came after the session's end.")

    def _start(self, event: SessionStarted) -> None:
        ids = [question.id for question in event.plan]
        if len(set(ids)) != len(ids):
            raise EventError("the plan names a question twice.")
        self.started = event

    def _require_consent(self) -> None:
        if self.consent is None or self.consent.decision is ConsentDecision.DECLINED:
            raise EventError("speech was transcribed without recorded consent.")

    def _hear(self, utterance: Utterance) -> None:
        self._require_consent()
        if utterance.id in self.utterances:
            raise EventError(f"utterance {utterance.id} was heard twice.")
        if not utterance.text.strip() or utterance.end_s < utterance.start_s:
            raise EventError(f"utterance {utterance.id} has no text or no length.")
        self.utterances[utterance.id] = utterance
        spoken_s = utterance.end_s - utterance.start_s
        self._talk_s[utterance.channel] = self._talk_s.get(utterance.channel, 0.0) + spoken_s
        if utterance.channel is Channel.CANDIDATE:
            self._assign(utterance.id, self.question_at(utterance.start_s))

    def _assign(self, utterance_id: str, question: str | None) -> None:
        self._question_of[utterance_id] = question
        self._answers.setdefault(question, []).append(utterance_id)

    def _ask(self, event: QuestionAsked) -> None:
        if event.question is not None:
            self.planned(event.question)
        # A correction reaches back: what was heard since then belongs to the new question.
        while self.questions_asked and self.questions_asked[-1].since_s >= event.since_s:
            self.questions_asked.pop()
        self.questions_asked.append(event)
        self._reassign_since(event.since_s, event.question)

    def _reassign_since(self, since_s: float, question: str | None) -> None:
        moved: list[str] = []
        for utterance_id in reversed(self._question_of):
            if self.utterances[utterance_id].start_s < since_s:
                break
            moved.append(utterance_id)
        for utterance_id in reversed(moved):
            self._answers[self._question_of[utterance_id]].remove(utterance_id)
            self._assign(utterance_id, question)

    def _find(self, event: FindingMade) -> None:
        question = self.planned(event.question)
        if event.kind is FindingKind.POINT:
            known = any(point.id == event.id for point in question.points)
            allowed = POINT_STATES
        else:
            known = any(flag.id == event.id for flag in self._started().flags)
            allowed = FLAG_STATES
        if not known or event.state not in allowed:
            raise EventError(f"{event.kind} {event.id!r} cannot be {event.state} here.")
        earlier = self.findings.get((event.question, event.kind, event.id))
        if earlier is not None and earlier.by is Actor.HUMAN and event.by is Actor.MACHINE:
            raise EventError(f"{event.kind} {event.id!r} was decided by the human.")
        if event.by is Actor.MACHINE:
            self._check_evidence(event)
        elif earlier is not None and earlier.by is Actor.MACHINE:
            self.overruled[event.question, event.kind, event.id] = earlier
        self.findings[event.question, event.kind, event.id] = event

    def _release(self, event: FindingReleased) -> None:
        key = (event.question, event.kind, event.id)
        known = self.findings.get(key)
        if known is None or known.by is not Actor.HUMAN:
            raise EventError(f"{event.kind} {event.id!r} was not decided by the human.")
        del self.findings[key]
        machine = self.overruled.pop(key, None)
        if machine is not None:
            self.findings[key] = machine

    def _check_evidence(self, event: FindingMade) -> None:
        if event.state in QUOTED_STATES and not event.evidence:
            raise EventError(f"{event.kind} {event.id!r} is {event.state} without a quote.")
        for evidence in event.evidence:
            problem = self.quote_problem(evidence)
            if problem:
                raise EventError(f"{event.kind} {event.id!r}: {problem}")
        if event.state in QUOTED_STATES and all(
            utterance.uncertain
            for evidence in event.evidence
            for utterance in touched(evidence, self.utterances)
        ):
            raise EventError(f"{event.kind} {event.id!r} rests on uncertain text alone.")

    def _offer(self, event: SuggestionOffered) -> None:
        if self._open_suggestion is not None:
            raise EventError("a suggestion was offered while another one is open.")
        if event.suggestion.id in self.suggestions:
            raise EventError(f"suggestion {event.suggestion.id} was offered twice.")
        self.planned(event.suggestion.question)
        self.suggestions[event.suggestion.id] = SuggestionRecord(
            event.suggestion, event.at_s, self.current_question
        )
        self._open_suggestion = event.suggestion.id

    def _sharpen(self, event: SuggestionSharpened) -> None:
        if event.suggestion_id != self._open_suggestion or not event.text.strip():
            raise EventError(f"suggestion {event.suggestion_id} is not open, or loses its words.")
        record = self.suggestions[event.suggestion_id]
        record.first_text = record.first_text or record.suggestion.text
        record.suggestion = dataclasses.replace(
            record.suggestion, text=event.text, reason=event.reason
        )

    def _close(self, event: SuggestionClosed) -> None:
        if event.suggestion_id != self._open_suggestion:
            raise EventError(f"suggestion {event.suggestion_id} is not open.")
        record = self.suggestions[event.suggestion_id]
        record.fate, record.closed_at_s, record.closed_by = event.fate, event.at_s, event.by
        self._open_suggestion = None

    def _touch(self, event: TopicTouched) -> None:
        said = self.utterances.get(event.utterance_id)
        if said is None or said.channel is not Channel.INTERVIEWER:
            raise EventError(f"the interviewer said no utterance {event.utterance_id}.")
        left = {topic.id for topic in self._started().topics}.difference(self.topics_touched)
        if event.topic not in left:
            raise EventError(f"the topic {event.topic!r} was touched before, or is not known.")
        self.topics_touched[event.topic] = event

    def _note(self, event: NoteTaken) -> None:
        if not event.text.strip():
            raise EventError(f"note {event.id} is empty.")
        if event.question is not None:
            self.planned(event.question)
        self.notes.append(event)

    def _mark(self, event: MomentMarked) -> None:
        if event.question is not None:
            self.planned(event.question)
        self.marks.append(event)

    def _rate(self, event: QuestionRated) -> None:
        self.planned(event.question)
        _check_rating(event)
        self.ratings.setdefault(event.question, []).append(event)

    def _rate_competency(self, event: CompetencyRated) -> None:
        self.competency(event.competency)
        _check_rating(event)
        self.competency_ratings.setdefault(event.competency, []).append(event)

    def _swap(self) -> None:
        """Exchange the sides; what the machine made of them falls, not what humans did."""
        self.utterances = {
            said.id: dataclasses.replace(said, channel=said.channel.other)
            for said in self.utterances.values()
        }
        self.discarded = [
            dataclasses.replace(lost, channel=lost.channel.other) for lost in self.discarded
        ]
        self._talk_s = {channel.other: spent for channel, spent in self._talk_s.items()}
        self.findings = {
            key: found for key, found in self.findings.items() if found.by is Actor.HUMAN
        }
        self.overruled = {}
        self.questions_asked = [e for e in self.questions_asked if e.by is Actor.HUMAN]
        self.topics_touched = {}
        self._answers, self._question_of = {}, {}
        candidates = [u for u in self.utterances.values() if u.channel is Channel.CANDIDATE]
        for said in candidates:
            self._assign(said.id, self.question_at(said.start_s))


def _check_rating(event: QuestionRated | CompetencyRated) -> None:
    if event.rating is None:
        return
    if not 1 <= event.rating <= 4:
        raise EventError(f"{event.rating} is no rating from 1 to 4.")
    if event.unrated is not None:
        raise EventError(f"event {event.seq} rates and says why it does not.")
