"""One suggestion at a time, from the guide alone: no model, no network.

The coach looks at the interview and at the moment, and answers with what should happen to the
suggestion on the screen. It keeps no state of its own, so replaying a journal needs no coach.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.coach.wording import reason
from copilot.events import (
    Actor,
    FindingKind,
    FindingState,
    Suggestion,
    SuggestionFate,
    SuggestionKind,
)
from copilot.interview import Interview, SuggestionRecord
from copilot.knowledge.guide import Guide, Point


@dataclass(frozen=True, slots=True)
class CoachPolicy:
    """When and how often to suggest.

    Attributes:
        pause_s: The candidate has been silent this long before anything is offered, in seconds.
        probes_a_question: Follow-ups taken or asked under one question before moving on.
        stale_s: A suggestion nobody acted on goes away after this many seconds, once the
            candidate speaks again.
        enough_words: An answer shorter than this has hardly begun.
        at_once_s: So soon after one was skipped, the next is shown without waiting for a pause.
    """

    pause_s: float = 0.9
    probes_a_question: int = 2
    stale_s: float = 45.0
    enough_words: int = 12
    at_once_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """What the coach needs to know of right now.

    Attributes:
        now_s: Session time, in seconds.
        candidate_silent_s: How long the candidate has been silent; 0 while speaking.
        interviewer_speaking: Whether the interviewer is speaking.
        text_pending: Whether the candidate has said something whose text is still to come.
    """

    now_s: float
    candidate_silent_s: float
    interviewer_speaking: bool
    text_pending: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Show this suggestion."""

    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Close:
    """Take the open suggestion away."""

    suggestion_id: str
    fate: SuggestionFate


#: What was said of such a point needs no probe.
_SETTLED = frozenset({FindingState.EVIDENCED, FindingState.DENIED})

#: After one of these, the same point or flag is not suggested again.
_DONE_WITH = frozenset(
    {
        SuggestionFate.TAKEN,
        SuggestionFate.ASKED,
        SuggestionFate.SKIPPED,
        SuggestionFate.ANSWERED,
    }
)


class Coach:
    """Suggests the next question by the guide's own probes."""

    def __init__(self, guide: Guide, policy: CoachPolicy | None = None) -> None:
        self._guide = guide
        self.policy = policy or CoachPolicy()

    def advise(self, interview: Interview, moment: Moment) -> Close | Offer | None:
        """What should happen to the suggestion now, if anything."""
        record = interview.open_suggestion
        if record is not None:
            return self._review(interview, record, moment)
        question = interview.current_question
        if question is None or not self._may_offer(interview, question, moment):
            return None
        suggestion = self._next(interview, question, moment)
        return None if suggestion is None else Offer(suggestion)

    def _review(
        self, interview: Interview, record: SuggestionRecord, moment: Moment
    ) -> Close | None:
        suggestion = record.suggestion
        fate: SuggestionFate | None = None
        current = interview.current_question
        if suggestion.kind is SuggestionKind.NEXT_QUESTION:
            if current == suggestion.question:
                fate = SuggestionFate.ASKED
            elif current != record.offered_under:
                fate = SuggestionFate.SUPERSEDED
        elif current != suggestion.question or _is_groundless(interview, suggestion):
            fate = SuggestionFate.SUPERSEDED
        elif _is_answered(interview, suggestion):
            fate = SuggestionFate.ANSWERED
        speaks_again = moment.candidate_silent_s == 0
        if (
            fate is None
            and speaks_again
            and moment.now_s - record.offered_at_s > self.policy.stale_s
        ):
            fate = SuggestionFate.EXPIRED
        return None if fate is None else Close(suggestion.id, fate)

    def _may_offer(self, interview: Interview, question: str, moment: Moment) -> bool:
        if not self._may_interrupt(interview, moment):
            return False
        if any(
            record.fate is SuggestionFate.DISMISSED and record.offered_under == question
            for record in interview.suggestions.values()
        ):
            return False
        words = 0
        for utterance in interview.answer(question):
            words += len(utterance.text.split())
            if words >= self.policy.enough_words:
                return True
        return False

    def _may_interrupt(self, interview: Interview, moment: Moment) -> bool:
        """Whether this is a pause, or the interviewer has just asked to see another suggestion."""
        last = next(reversed(interview.suggestions.values()), None)
        if (
            last is not None
            and last.fate is SuggestionFate.SKIPPED
            and last.closed_at_s is not None
            and moment.now_s - last.closed_at_s <= self.policy.at_once_s
        ):
            return True
        if moment.interviewer_speaking or moment.text_pending:
            return False
        return moment.candidate_silent_s >= self.policy.pause_s

    def _next(self, interview: Interview, question: str, moment: Moment) -> Suggestion | None:
        over = self._why_over(interview, question, moment)
        if over is not None:
            return self._move_on(interview, question, over)
        follow_ups = itertools.chain(
            self._clarifications(interview, question), self._probes(interview, question)
        )
        suggestion = next(follow_ups, None)
        if suggestion is None and self._all_settled(interview, question):
            return self._move_on(interview, question, reason(self._guide.language, "all_heard"))
        return suggestion

    def _why_over(self, interview: Interview, question: str, moment: Moment) -> str | None:
        """Why it is time for the next question, whatever was heard; None while it is not."""
        minutes = interview.planned(question).minutes
        if interview.seconds_on(question, moment.now_s) > minutes * 60:
            return reason(self._guide.language, "time_up", minutes=f"{minutes:g}")
        used = interview.probes_used(question)
        if used >= self.policy.probes_a_question:
            return reason(self._guide.language, "cap", count=used)
        return None

    def _all_settled(self, interview: Interview, question: str) -> bool:
        return all(
            interview.state_of(question, FindingKind.POINT, point.id) in _SETTLED
            for point in self._guide.points_for(question)
        )

    def _clarifications(self, interview: Interview, question: str) -> Iterator[Suggestion]:
        for finding in interview.raised_flags():
            if finding.question == question and not _was_clarified(interview, finding.id):
                flag = self._guide.flag(finding.id)
                yield _suggestion(
                    interview,
                    kind=SuggestionKind.CLARIFY,
                    text=flag.probe,
                    reason=reason(self._guide.language, "flag", label=flag.label),
                    question=question,
                    target=flag.id,
                )

    def _probes(self, interview: Interview, question: str) -> Iterator[Suggestion]:
        wanted: list[tuple[int, bool, int, Point]] = []
        for order, point in enumerate(self._guide.points_for(question)):
            state = interview.state_of(question, FindingKind.POINT, point.id)
            if state in (FindingState.NOT_HEARD, FindingState.UNCLEAR):
                wanted.append((-point.weight, state is FindingState.NOT_HEARD, order, point))
        for _, not_heard, _, point in sorted(wanted, key=lambda entry: entry[:3]):
            if _is_done_with(interview, question, point.id):
                continue
            asked = {record.suggestion.text for record in interview.suggestions.values()}
            for probe in point.probes:
                if probe not in asked:
                    key = "not_heard" if not_heard else "unclear"
                    why = reason(self._guide.language, key, label=point.label)
                    yield _suggestion(
                        interview,
                        kind=SuggestionKind.PROBE,
                        text=probe,
                        reason=why,
                        question=question,
                        target=point.id,
                    )

    def _move_on(self, interview: Interview, question: str, why: str) -> Suggestion | None:
        order = [planned.id for planned in interview.plan]
        following = [planned for planned in order if not interview.was_asked(planned)]
        later = [q for q in following if order.index(q) > order.index(question)] or following
        if not later or _is_done_with(interview, later[0], None):
            return None
        return _suggestion(
            interview,
            kind=SuggestionKind.NEXT_QUESTION,
            text=self._guide.question(later[0]).text,
            reason=why,
            question=later[0],
            target=None,
        )


def _suggestion(
    interview: Interview,
    *,
    kind: SuggestionKind,
    text: str,
    reason: str,
    question: str,
    target: str | None,
) -> Suggestion:
    number = len(interview.suggestions) + 1
    return Suggestion(
        id=f"s{number}", kind=kind, text=text, reason=reason, question=question, target=target
    )


def _is_done_with(interview: Interview, question: str, target: str | None) -> bool:
    """Whether that point of a question, or with None the question, needs no more suggestions."""
    return any(
        (record.suggestion.question, record.suggestion.target) == (question, target)
        and record.fate in _DONE_WITH
        for record in interview.suggestions.values()
    )


def _was_clarified(interview: Interview, flag: str) -> bool:
    """Whether a flag was asked about, under any question, or shown long enough for nobody to ask.

    There is one clarification a flag, so it would come again at every pause.
    """
    return any(
        record.suggestion.kind is SuggestionKind.CLARIFY
        and record.suggestion.target == flag
        and record.fate in _DONE_WITH | {SuggestionFate.EXPIRED}
        for record in interview.suggestions.values()
    )


def _is_groundless(interview: Interview, suggestion: Suggestion) -> bool:
    """Whether the flag that a clarification was about is raised no more."""
    if suggestion.kind is not SuggestionKind.CLARIFY or suggestion.target is None:
        return False
    state = interview.state_of(suggestion.question, FindingKind.FLAG, suggestion.target)
    return state is not FindingState.RAISED


def _is_answered(interview: Interview, suggestion: Suggestion) -> bool:
    if suggestion.kind is not SuggestionKind.PROBE or suggestion.target is None:
        return False
    state = interview.state_of(suggestion.question, FindingKind.POINT, suggestion.target)
    return state in _SETTLED


def closed_by(fate: SuggestionFate) -> Actor:
    """Who brings that fate about."""
    human = (SuggestionFate.TAKEN, SuggestionFate.SKIPPED, SuggestionFate.DISMISSED)
    return Actor.HUMAN if fate in human else Actor.MACHINE
