"""What matching left unclear, judged by a language model that has to quote.

Asked about are points and flags that stand as unclear, and of the answer only the utterances in
which matching found something near. The quote must stand in them, and for the most part in what
matching found near: a model confirms or denies what was nearly heard, it finds nothing by itself.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.coach import Moment
from copilot.engine.asking.calls import Calls, Ended, Question, by
from copilot.engine.asking.quotes import QuoteRefused, evidence_for, share_within
from copilot.engine.asking.seam import Emit
from copilot.errors import CopilotError
from copilot.events import (
    Actor,
    AskOutcome,
    AskPurpose,
    Evidence,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingState,
)
from copilot.interview import Interview
from copilot.interview.quotes import touched
from copilot.knowledge.guide import Guide
from copilot.llm.errors import BudgetError, EndpointError
from copilot.llm.from_interview import TextOf, judge_flags_inputs, judge_points_inputs
from copilot.llm.inputs import JudgeFlagsInputs, JudgePointsInputs
from copilot.llm.outputs import JudgedFlag, JudgedFlags, JudgedPoint, JudgedPoints
from copilot.llm.result import Answered

#: So many at once: more make a small model careless.
_AT_ONCE = 4
#: After a failure of the endpoint nothing is judged for so long, in seconds of session time.
_REST_S = 15.0
#: So much of a quote lies in what came near, or it is about something else.
_WITHIN = 0.75
#: No model says how sure it is in a way that could be compared with the matcher's.
_CONFIDENCE = 0.5
#: What stands after a judgement with a quote, by what the model says; all else stays unclear.
STATES = {
    "said": FindingState.EVIDENCED,
    "denied": FindingState.DENIED,
    "raised": FindingState.RAISED,
}

_Key = tuple[str, FindingKind, str]
_AnyInputs = JudgePointsInputs | JudgeFlagsInputs


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is judged together.

    Attributes:
        question: Under which it is unclear.
        kind: Points or flags.
        doubtful: By id, what matching found near.
    """

    question: str
    kind: FindingKind
    doubtful: dict[str, Evidence]


class Judging:
    """Asks about each unclear point and flag once, and again where something else came near."""

    def __init__(
        self,
        interview: Interview,
        guide: Guide,
        calls: Calls,
        *,
        pause_s: float,
        text_of: TextOf,
        emit: Emit,
    ) -> None:
        """Prepare for an interview.

        Args:
            interview: What is known; changed by ``emit`` alone.
            guide: In the language of the interview.
            calls: Asks the model.
            pause_s: The candidate has been silent this long before anything is asked, in seconds.
            text_of: What of an utterance may be sent.
            emit: Publishes an event, given its type and its values.
        """
        self._interview = interview
        self._guide = guide
        self._calls = calls
        self._pause_s = pause_s
        self._text_of = text_of
        self._emit = emit
        self._asked: dict[_Key, Evidence] = {}
        self._queue: deque[tuple[_Batch, _AnyInputs]] = deque()
        self._looked_at = 0  # number of the newest event when nothing was left to ask
        self._not_before_s = 0.0
        self._now_s = 0.0
        self._spent = False

    def look(self, moment: Moment) -> None:
        """Ask, where the candidate pauses and no other call is under way: wording comes first."""
        self._now_s = moment.now_s
        paused = moment.candidate_silent_s >= self._pause_s and not moment.text_pending
        if not paused or self._calls.waiting or self._spent or moment.now_s < self._not_before_s:
            return
        if not self._queue and self._interview.seq != self._looked_at:
            self._looked_at = self._interview.seq
            self._queue += self._to_ask()
        if self._queue:
            self._ask(*self._queue.popleft())

    # -- asking ---------------------------------------------------------------------------------

    def _to_ask(self) -> Iterator[tuple[_Batch, _AnyInputs]]:
        """One batch, in as many requests as its passages take."""
        unclear: dict[tuple[str, FindingKind], dict[str, Evidence]] = {}
        for (question, kind, item), finding in self._interview.findings.items():
            if (
                self._is_open(finding)
                and self._asked.get((question, kind, item)) != (finding.evidence[0])
            ):
                unclear.setdefault((question, kind), {})[item] = finding.evidence[0]
        for (question, kind), doubtful in unclear.items():
            batch = _Batch(question, kind, dict(list(doubtful.items())[:_AT_ONCE]))
            for item, evidence in batch.doubtful.items():
                self._asked[question, kind, item] = evidence
            requests = self._inputs(batch)
            if requests:
                yield from ((batch, inputs) for inputs in requests)
                return

    def _is_open(self, finding: FindingMade) -> bool:
        """Whether it is unclear, by the machine, because of something that was clearly heard."""
        if finding.state is not FindingState.UNCLEAR or finding.by is not Actor.MACHINE:
            return False
        if not finding.evidence or self._interview.quote_problem(finding.evidence[0]):
            return False
        said = touched(finding.evidence[0], self._interview.utterances)
        return not all(utterance.uncertain for utterance in said)

    def _inputs(self, batch: _Batch) -> Sequence[_AnyInputs]:
        near = {uid for evidence in batch.doubtful.values() for uid in evidence.utterance_ids}
        make = judge_points_inputs if batch.kind is FindingKind.POINT else judge_flags_inputs
        return make(
            self._interview,
            self._guide,
            batch.question,
            ids=batch.doubtful,
            passages=[u for u in self._interview.answer(batch.question) if u.id in near],
            text_of=self._text_of,
        )

    def _ask(self, batch: _Batch, inputs: _AnyInputs) -> None:
        sent = frozenset(line.id for line in inputs.passages.lines)

        def answered(answer: Answered[Any]) -> Ended:
            return self._answered(batch, sent, answer)

        def given_up(error: CopilotError) -> None:
            self._given_up(batch, error)

        if isinstance(inputs, JudgePointsInputs):
            self._calls.ask(Question(AskPurpose.JUDGE_POINTS, inputs, answered, given_up))
        else:
            self._calls.ask(Question(AskPurpose.JUDGE_FLAGS, inputs, answered, given_up))

    def _given_up(self, batch: _Batch, error: CopilotError) -> None:
        self._spent = self._spent or isinstance(error, BudgetError)
        if isinstance(error, EndpointError):
            # It says nothing of these points: they are asked about again when it is well.
            self._not_before_s = self._now_s + _REST_S
            self._queue.clear()
            self._looked_at = 0
            for item in batch.doubtful:
                self._asked.pop((batch.question, batch.kind, item), None)

    # -- what comes back ------------------------------------------------------------------------

    def _answered(
        self,
        batch: _Batch,
        sent: frozenset[str],
        answer: Answered[JudgedPoints] | Answered[JudgedFlags],
    ) -> Ended:
        output = answer.output
        judged: list[JudgedPoint] | list[JudgedFlag] = (
            output.points if isinstance(output, JudgedPoints) else output.flags
        )
        made = refused = 0
        left = dict(batch.doubtful)
        for one in judged:
            doubtful = left.pop(one.id, None)
            if doubtful is None or one.state not in STATES or not self._still_open(batch, one.id):
                continue
            try:
                evidence = evidence_of(
                    one,
                    interview=self._interview,
                    question=batch.question,
                    near=doubtful,
                    sent=sent,
                    text_of=self._text_of,
                )
            except QuoteRefused as problem:
                refused += 1
                self._emit(
                    FindingRefused,
                    question=batch.question,
                    kind=batch.kind,
                    id=one.id,
                    reason=str(problem),
                )
                continue
            made += 1
            self._emit(
                FindingMade,
                question=batch.question,
                kind=batch.kind,
                id=one.id,
                state=STATES[one.state],
                confidence=_CONFIDENCE,
                evidence=(evidence,),
                answered_by=by(answer),
            )
        return Ended(AskOutcome.JUDGED, f"{made} made, {refused} refused")

    def _still_open(self, batch: _Batch, item: str) -> bool:
        found = self._interview.findings.get((batch.question, batch.kind, item))
        return found is not None and self._is_open(found)


def evidence_of(
    judged: JudgedPoint | JudgedFlag,
    *,
    interview: Interview,
    question: str,
    near: Evidence | None,
    sent: frozenset[str],
    text_of: TextOf,
) -> Evidence:
    """What a judgement rests on.

    Args:
        judged: As the model returned it.
        interview: What is known.
        question: Under which it has to have been said.
        near: What matching found near; None where that is not known.
        sent: Ids of the utterances that the model was shown.
        text_of: What of an utterance was shown.

    Raises:
        QuoteRefused: The quote does not stand, or is about something else.
    """
    evidence = evidence_for(
        judged.quote,
        judged.utterance_ids,
        interview=interview,
        question=question,
        sent=sent,
        text_of=text_of,
    )
    if near is not None:
        gone = interview.quote_problem(near)
        if gone or share_within(evidence, near, interview.utterances) < _WITHIN:
            raise QuoteRefused("the quote is not of what came near.")
    if all(utterance.uncertain for utterance in touched(evidence, interview.utterances)):
        raise QuoteRefused("the quote is of uncertain text alone.")
    return evidence
