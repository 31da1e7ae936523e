"""One suggestion at a time, from local rules alone: no model, no network.

The coach looks at the interview and at the moment, and answers with what should happen to the
suggestion on the screen. What it remembers it could find again in the interview, so replaying a
journal needs no coach.
"""

from copilot.coach.advice import (
    ClaimReader,
    Close,
    CoachPolicy,
    MayQuote,
    MayShow,
    Moment,
    Offer,
    all_pass,
    all_quotable,
    no_claims,
)
from copilot.coach.follow_ups import SETTLED, FollowUps
from copilot.coach.history import is_done_with, latest_turn
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
from copilot.knowledge.guide import Guide


class Coach:
    """Suggests what to ask next: the guide's own probes first of all."""

    def __init__(
        self,
        guide: Guide,
        policy: CoachPolicy | None = None,
        *,
        claims: ClaimReader = no_claims,
        gate: MayShow = all_pass,
        may_quote: MayQuote = all_quotable,
    ) -> None:
        """Prepare for an interview.

        Args:
            guide: In the language of the interview.
            policy: When and how often to suggest.
            claims: Finds results claimed without a figure; without it none is asked for.
            gate: Decides which suggestions may be shown.
            may_quote: Decides whose words they may take up.
        """
        self._guide = guide
        self.policy = policy or CoachPolicy()
        self._follow_ups = FollowUps(guide, self.policy, claims, may_quote)
        self._gate = gate

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
        elif self._follow_ups.is_answered(interview, suggestion):
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
        if moment.candidate_silent_s < self.policy.pause_s:
            return False
        # Who has just asked something waits for the answer and not for the next question.
        return bool(latest_turn(interview))

    def _next(self, interview: Interview, question: str, moment: Moment) -> Suggestion | None:
        over = self._why_over(interview, question, moment)
        if over is not None:
            return self._move_on(interview, question, over)
        follow_ups = self._follow_ups.about(interview, question)
        suggestion = next((s for s in follow_ups if self._gate(s, interview)), None)
        if suggestion is None and self._all_settled(interview, question):
            why = "all_heard" if self._guide.points_for(question) else "no_points"
            return self._move_on(interview, question, reason(self._guide.language, why))
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
            interview.state_of(question, FindingKind.POINT, point.id) in SETTLED
            for point in self._guide.points_for(question)
        )

    def _move_on(self, interview: Interview, question: str, why: str) -> Suggestion | None:
        order = [planned.id for planned in interview.plan]
        following = [planned for planned in order if not interview.was_asked(planned)]
        later = [q for q in following if order.index(q) > order.index(question)] or following
        if not later or is_done_with(interview, SuggestionKind.NEXT_QUESTION, later[0], None):
            return None
        return Suggestion(
            id=f"s{len(interview.suggestions) + 1}",
            kind=SuggestionKind.NEXT_QUESTION,
            text=self._guide.question(later[0]).text,
            reason=why,
            question=later[0],
        )


def _is_groundless(interview: Interview, suggestion: Suggestion) -> bool:
    """Whether the flag that a clarification was about is raised no more."""
    if suggestion.kind is not SuggestionKind.CLARIFY or suggestion.target is None:
        return False
    state = interview.state_of(suggestion.question, FindingKind.FLAG, suggestion.target)
    return state is not FindingState.RAISED


def closed_by(fate: SuggestionFate) -> Actor:
    """Who brings that fate about."""
    human = (SuggestionFate.TAKEN, SuggestionFate.SKIPPED, SuggestionFate.DISMISSED)
    return Actor.HUMAN if fate in human else Actor.MACHINE
