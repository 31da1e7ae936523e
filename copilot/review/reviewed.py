"""A session as it stands after what its reviewers changed: events in, state out."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from copilot.errors import EventError
from copilot.events import (
    BlindingLifted,
    Event,
    Evidence,
    QuestionRated,
    ReviewOpened,
    TextCorrected,
)
from copilot.interview import Interview


@dataclass
class Reviewed:
    """An interview and the changes made to it after its last event.

    The interview's own utterances stay as they were heard, because every quote was checked against
    them. ``apply`` is the only way to change what is here.

    Attributes:
        interview: With ratings, notes, marks and findings as reviewers left them.
        sittings: Who reviewed, and when.
        corrections: The corrected text of each utterance that has one.
        lifted: When the machine's findings were shown before they were rated.
        rated_after_findings: The questions first rated after that.
        seq: Number of the last change.
        at_s: Its time, in seconds since the session's start.
        session_seq: Number of the session's own last event.
    """

    interview: Interview
    sittings: list[ReviewOpened] = field(default_factory=list)
    corrections: dict[str, TextCorrected] = field(default_factory=dict)
    lifted: list[BlindingLifted] = field(default_factory=list)
    rated_after_findings: set[str] = field(default_factory=set)
    seq: int = 0
    at_s: float = 0.0
    session_seq: int = field(init=False)

    def __post_init__(self) -> None:
        self.session_seq = self.interview.seq

    def apply(self, event: Event) -> None:
        """Take one change in.

        Raises:
            EventError: It is out of order or breaks a rule; the state is then unchanged.
        """
        if event.seq != self.seq + 1:
            raise EventError(f"event {event.seq} came after event {self.seq}.")
        if not self.sittings and not isinstance(event, ReviewOpened):
            raise EventError(f"event {event.seq}: a review begins with who reviews.")
        match event:
            case ReviewOpened():
                self.sittings.append(event)
            case TextCorrected():
                self._correct(event)
            case BlindingLifted():
                if event.question is not None:
                    self.interview.planned(event.question)
                self.lifted.append(event)
            case QuestionRated():
                self._rate(event)
            case _:
                self._amend(event)
        self.seq, self.at_s = event.seq, event.at_s

    def _correct(self, event: TextCorrected) -> None:
        if event.utterance_id not in self.interview.utterances:
            raise EventError(f"no utterance {event.utterance_id} was heard.")
        if event.text is None:
            self.corrections.pop(event.utterance_id, None)
        elif not event.text.strip():
            raise EventError(f"the corrected text of {event.utterance_id} is empty.")
        else:
            self.corrections[event.utterance_id] = event

    def _rate(self, event: QuestionRated) -> None:
        earlier = any(map(_is_given, self.interview.ratings.get(event.question, ())))
        led = _is_given(event) and not earlier and self.may_see(event.question)
        self._amend(event)
        if led:
            self.rated_after_findings.add(event.question)

    def _amend(self, event: Event) -> None:
        # Numbered on from the session's own, so that later ones count as later.
        self.interview.amend(replace(event, seq=self.interview.seq + 1))

    # -- reading --------------------------------------------------------------------------------

    def text_of(self, utterance_id: str) -> str:
        """What an utterance says, as corrected."""
        corrected = self.corrections.get(utterance_id)
        if corrected is not None and corrected.text is not None:
            return corrected.text
        return self.interview.utterances[utterance_id].text

    def corrected_in(self, evidence: Evidence) -> tuple[str, ...]:
        """Which utterances under a quote were corrected after it was found there."""
        return tuple(uid for uid in evidence.utterance_ids if uid in self.corrections)

    def was_rated_in_review(self, question: str) -> bool:
        """Whether the rating that stands was given after the session."""
        given = self.interview.ratings.get(question, [])
        return bool(given) and given[-1].seq > self.session_seq

    def may_see(self, question: str) -> bool:
        """Whether the machine's findings under a question may be shown by now.

        They may once a human has rated it, be it during the call, or has chosen to see them
        before. What was seen cannot be unseen, so a rating taken back hides nothing.
        """
        rated = any(_is_given(event) for event in self.interview.ratings.get(question, ()))
        return rated or any(event.question in (None, question) for event in self.lifted)

    def hidden(self) -> tuple[str, ...]:
        """The planned questions whose findings may not be shown yet."""
        return tuple(q.id for q in self.interview.plan if not self.may_see(q.id))


def _is_given(event: QuestionRated) -> bool:
    return event.rating is not None


def reviewed(interview: Interview, changes: Iterable[Event]) -> Reviewed:
    """The interview with ``changes`` made to it.

    Raises:
        EventError: One of them breaks a rule.
    """
    state = Reviewed(interview)
    for event in changes:
        state.apply(event)
    return state
