"""A sharper wording for the suggestion on the screen, where it comes while that still helps.

The coach decides what to ask about; the model only words it. What it writes passes the gate and
builds on words that the candidate really said, or it is dropped. The reason stays the coach's own:
nothing in code can tell whether a model's reason is a verdict.
"""

from collections.abc import Callable
from dataclasses import dataclass

from copilot.coach import Moment
from copilot.coach.gate import Verdict
from copilot.engine.asking.calls import Calls, Ended, Question, by
from copilot.engine.asking.seam import Emit
from copilot.engine.asking.wording import broken_rules, worded, wording_inputs
from copilot.errors import CopilotError
from copilot.events import (
    AskOutcome,
    AskPurpose,
    Suggestion,
    SuggestionKind,
    SuggestionSharpened,
)
from copilot.interview import Interview, SuggestionRecord
from copilot.knowledge.guide import Guide
from copilot.llm.errors import BudgetError
from copilot.llm.from_interview import TextOf
from copilot.llm.inputs import FollowUpInputs
from copilot.llm.outputs import FollowUp
from copilot.llm.result import Answered

#: A wording that comes later than this is of no use: the suggestion has been read, in seconds.
STILL_USEFUL_S = 6.0
_WORDED = frozenset(
    {SuggestionKind.PROBE, SuggestionKind.CLARIFY, SuggestionKind.STAR, SuggestionKind.FIGURE}
)

#: What the gate makes of another wording: the text, the suggestion, the interview, the language.
OtherWording = Callable[[str, Suggestion, Interview, str], Verdict]


@dataclass(frozen=True, slots=True)
class _UnderWay:
    call: int
    suggestion_id: str


class Sharpening:
    """Asks once for each suggestion."""

    def __init__(
        self,
        interview: Interview,
        guide: Guide,
        calls: Calls,
        *,
        gate: OtherWording,
        text_of: TextOf,
        emit: Emit,
    ) -> None:
        """Prepare for an interview.

        Args:
            interview: What is known; changed by ``emit`` alone.
            guide: In the language of the interview.
            calls: Asks the model.
            gate: Says which rules a wording breaks.
            text_of: What of an utterance may be sent.
            emit: Publishes an event, given its type and its values.
        """
        self._interview = interview
        self._guide = guide
        self._calls = calls
        self._gate = gate
        self._text_of = text_of
        self._emit = emit
        self._asked_for = ""
        self._under_way: _UnderWay | None = None
        self._now_s = 0.0
        self._spent = False

    def look(self, moment: Moment) -> None:
        """Ask for a new suggestion; break off what was asked for one that has gone."""
        self._now_s = moment.now_s
        self._break_off()
        record = self._interview.open_suggestion
        if record is None or record.suggestion.id == self._asked_for or self._spent:
            return
        if record.suggestion.kind in _WORDED and self._is_wanted(record.suggestion.id):
            self._asked_for = record.suggestion.id
            self._ask(record.suggestion)

    def _break_off(self) -> None:
        under_way = self._under_way
        if under_way is None:
            return
        if not self._calls.is_waiting(under_way.call):
            self._under_way = None
        elif not self._is_wanted(under_way.suggestion_id):
            late = self._standing(under_way.suggestion_id) is not None
            self._calls.break_off(under_way.call, AskOutcome.LATE if late else AskOutcome.CANCELLED)
            self._under_way = None

    def _standing(self, suggestion_id: str) -> SuggestionRecord | None:
        """The suggestion, while it is open and its question is still the one being answered."""
        record = self._interview.open_suggestion
        if record is None or record.suggestion.id != suggestion_id:
            return None
        is_current = record.suggestion.question == self._interview.current_question
        return record if is_current else None

    def _is_wanted(self, suggestion_id: str) -> bool:
        record = self._standing(suggestion_id)
        return record is not None and self._now_s - record.offered_at_s <= STILL_USEFUL_S

    # -- asking ---------------------------------------------------------------------------------

    def _ask(self, suggestion: Suggestion) -> None:
        inputs = wording_inputs(self._interview, self._guide, suggestion, text_of=self._text_of)

        def answered(answer: Answered[FollowUp]) -> Ended:
            return self._answered(suggestion, inputs, answer)

        question = Question(AskPurpose.FOLLOW_UP, inputs, answered, self._given_up)
        self._under_way = _UnderWay(self._calls.ask(question), suggestion.id)

    def _given_up(self, error: CopilotError) -> None:
        self._spent = self._spent or isinstance(error, BudgetError)

    # -- what comes back ------------------------------------------------------------------------

    def _answered(
        self, suggestion: Suggestion, inputs: FollowUpInputs, answer: Answered[FollowUp]
    ) -> Ended:
        if not self._is_wanted(suggestion.id):
            return Ended(AskOutcome.LATE)
        broken = broken_rules(
            answer.output,
            inputs,
            gate=lambda text: self._gate(text, suggestion, self._interview, inputs.language),
            interview=self._interview,
            question=suggestion.question,
            text_of=self._text_of,
        )
        if broken:
            return Ended(AskOutcome.REFUSED, broken)
        self._emit(
            SuggestionSharpened,
            suggestion_id=suggestion.id,
            text=worded(answer.output),
            reason=suggestion.reason,
            answered_by=by(answer),
        )
        return Ended(AskOutcome.SHARPENED)
