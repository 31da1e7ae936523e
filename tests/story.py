"""An interview told event by event, for tests to read like one."""

import copy
from typing import Any

from copilot.events import (
    Actor,
    Channel,
    ChannelsSwapped,
    ConsentDecision,
    ConsentRecorded,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingState,
    NoteTaken,
    QuestionAsked,
    QuestionRated,
    SessionEnded,
    SpeechDiscarded,
    Suggestion,
    SuggestionClosed,
    SuggestionFate,
    SuggestionKind,
    SuggestionOffered,
    Utterance,
    UtteranceHeard,
)
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from tests.builders import GUIDE, session_started


class Story:
    """An interview told event by event; each step is applied as it is told.

    A step the interview refuses raises, and leaves no trace in the story either.
    """

    def __init__(
        self, guide: Guide = GUIDE, *, consent: ConsentDecision | None = ConsentDecision.GIVEN
    ) -> None:
        self.interview = Interview()
        self.events: list[Event] = []
        self.apply(session_started(guide))
        if consent is not None:
            self.consent(consent)

    @property
    def seq(self) -> int:
        """What the next event's number has to be."""
        return self.interview.seq + 1

    def time(self, at_s: float | None) -> float:
        """``at_s``, or the time of the last event."""
        return self.interview.now_s if at_s is None else at_s

    def apply(self, event: Event) -> None:
        """Tell one event."""
        self.interview.apply(event)
        self.events.append(event)

    def consent(self, decision: ConsentDecision, at_s: float | None = None) -> None:
        """Record what the candidate decided."""
        self.apply(
            ConsentRecorded(
                seq=self.seq, at_s=self.time(at_s), decision=decision, by="Ada", wording="May we?"
            )
        )

    def ask(
        self,
        question: str | None,
        *,
        since_s: float | None = None,
        at_s: float | None = None,
        by: Actor = Actor.HUMAN,
    ) -> None:
        """Change the current question, from now on or from ``since_s`` on."""
        now_s = self.time(at_s)
        self.apply(
            QuestionAsked(
                seq=self.seq,
                at_s=now_s,
                question=question,
                since_s=now_s if since_s is None else since_s,
                by=by,
            )
        )

    def say(
        self,
        text: str,
        *,
        start_s: float | None = None,
        length_s: float = 2.0,
        channel: Channel = Channel.CANDIDATE,
        uncertain: bool = False,
        language: str = "en",
    ) -> Utterance:
        """Let someone speak, by default from the last event on and for two seconds."""
        begin_s = self.time(start_s)
        utterance = Utterance(
            id=f"u{len(self.interview.utterances) + 1}",
            channel=channel,
            start_s=begin_s,
            end_s=begin_s + length_s,
            text=text,
            uncertain=uncertain,
            language=language,
        )
        at_s = max(self.interview.now_s, utterance.end_s)
        self.apply(UtteranceHeard(seq=self.seq, at_s=at_s, utterance=utterance))
        return utterance

    def discard(self, length_s: float = 1.0) -> None:
        """Let something be heard that is no speech."""
        now_s = self.interview.now_s
        self.apply(
            SpeechDiscarded(
                seq=self.seq,
                at_s=now_s + length_s,
                channel=Channel.CANDIDATE,
                start_s=now_s,
                end_s=now_s + length_s,
                reason="no words recognised",
            )
        )

    def find(
        self,
        item_id: str,
        state: FindingState,
        *,
        said: Utterance | None = None,
        quote: str | None = None,
        question: str = "rollout",
        kind: FindingKind = FindingKind.POINT,
        by: Actor = Actor.MACHINE,
        evidence: tuple[Evidence, ...] | None = None,
    ) -> None:
        """Decide a point or flag, quoting ``quote`` of ``said``, by default all of it."""
        if evidence is None:
            evidence = () if said is None else (evidence_of(said, quote),)
        self.apply(
            FindingMade(
                seq=self.seq,
                at_s=self.interview.now_s,
                question=question,
                kind=kind,
                id=item_id,
                state=state,
                confidence=0.9,
                evidence=evidence,
                by=by,
            )
        )

    def raise_flag(self, flag_id: str, said: Utterance, question: str = "rollout") -> None:
        """Raise a flag on what was said."""
        self.find(flag_id, FindingState.RAISED, said=said, question=question, kind=FindingKind.FLAG)

    def refuse(self, point_id: str, question: str = "rollout") -> None:
        """Record that a finding was dropped."""
        self.apply(
            FindingRefused(
                seq=self.seq,
                at_s=self.interview.now_s,
                question=question,
                kind=FindingKind.POINT,
                id=point_id,
                reason="the quote does not stand in u1.",
            )
        )

    def offer(self, suggestion: Suggestion | None = None, at_s: float | None = None) -> Suggestion:
        """Show a suggestion, by default a new probe for the way back."""
        offered = suggestion or a_probe(id=f"s{len(self.interview.suggestions) + 1}")
        self.apply(SuggestionOffered(seq=self.seq, at_s=self.time(at_s), suggestion=offered))
        return offered

    def close(self, suggestion_id: str, fate: SuggestionFate, *, by: Actor = Actor.HUMAN) -> None:
        """Take the open suggestion away."""
        self.apply(
            SuggestionClosed(
                seq=self.seq,
                at_s=self.interview.now_s,
                suggestion_id=suggestion_id,
                fate=fate,
                by=by,
            )
        )

    def tell(self, kind: type[Event], /, at_s: float | None = None, **values: Any) -> None:
        """Anything that has no step of its own, such as what happens to the capture."""
        self.apply(kind(seq=self.seq, at_s=self.time(at_s), **values))

    def note(
        self, text: str, *, moment_s: float | None = None, question: str | None = None
    ) -> None:
        """Take a note, by default about now."""
        number = len(self.interview.notes) + 1
        self.tell(
            NoteTaken, id=f"n{number}", text=text, moment_s=self.time(moment_s), question=question
        )

    def rate(self, question: str, rating: int | None, **why: Any) -> None:
        """Rate an answer, or take the rating back."""
        self.tell(QuestionRated, question=question, rating=rating, **why)

    def swap(self) -> None:
        """Exchange the sides."""
        self.tell(ChannelsSwapped)

    def end(self, at_s: float | None = None) -> None:
        """End the session."""
        now_s = self.time(at_s)
        self.apply(SessionEnded(seq=self.seq, at_s=now_s, reason="user", duration_s=now_s))

    def memory(self) -> Interview:
        """A copy of the state, to compare with later."""
        return copy.deepcopy(self.interview)


def evidence_of(said: Utterance, quote: str | None = None) -> Evidence:
    """Evidence that quotes one utterance, by default all of it."""
    return Evidence(
        utterance_ids=(said.id,),
        quote=said.text if quote is None else quote,
        start_s=said.start_s,
        end_s=said.end_s,
    )


def a_probe(**changes: Any) -> Suggestion:
    """A suggestion to ask about the way back."""
    values: dict[str, Any] = {
        "id": "s1",
        "kind": SuggestionKind.PROBE,
        "text": "What if it fails?",
        "reason": "not heard yet: Way back",
        "question": "rollout",
        "target": "rollback",
    }
    return Suggestion(**{**values, **changes})
