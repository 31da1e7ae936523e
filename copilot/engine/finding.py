"""From what the candidate says to findings: under its own question, and credited from another.

What stands follows from the events alone, so that a session that was interrupted goes on as if it
had not been: ``follow`` is given every event, those of the journal as well.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from copilot.events import (
    QUOTED_STATES,
    Actor,
    Channel,
    ChannelsSwapped,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingState,
    QuestionAsked,
    UtteranceHeard,
)
from copilot.interview import Interview
from copilot.matching.elsewhere import Elsewhere
from copilot.matching.matcher import Finding, Matcher

#: Utterances read for other questions at a time: more than arrive meanwhile, so that what waits
#: grows fewer, and so few that nobody waits for them.
_READ_AT_ONCE = 2
#: Where an answer leaves a point open, it may have been made under another question.
_OPEN = frozenset({FindingState.NOT_HEARD, FindingState.UNCLEAR})


class Finder:
    """Makes the findings of one interview."""

    def __init__(self, interview: Interview, matcher: Matcher, emit: Callable[..., None]) -> None:
        """Prepare for an interview.

        Args:
            interview: What is known; changed by ``emit`` alone.
            matcher: Matches answers against the guide.
            emit: Publishes an event, given its type and its values.
        """
        self._interview = interview
        self._matcher = matcher
        self._emit = emit
        self._elsewhere: Elsewhere | None = None
        self._waiting: dict[str, None] = {}  # utterances not yet read for other questions, in order
        self._credited: dict[tuple[str, str], list[FindingMade]] = {}
        self._judged: dict[tuple[str, FindingKind, str], FindingMade] = {}  # by a language model

    def follow(self, event: Event) -> None:
        """Note what an event means for later findings; it was applied to the interview before."""
        match event:
            case UtteranceHeard(utterance=said) if said.channel is Channel.CANDIDATE:
                self._waiting[said.id] = None
            case QuestionAsked():
                self._read_again_since(event.since_s)
            case ChannelsSwapped():
                self._credited.clear()
                self._judged.clear()
                self._waiting.clear()
                self._read_again_since(0.0)
            case FindingMade() if event.answered_by is not None:
                self._judged[event.question, event.kind, event.id] = event
            case FindingMade(kind=FindingKind.POINT, state=FindingState.EVIDENCED):
                if event.by is Actor.MACHINE and self._is_elsewhere(event.question, event.evidence):
                    self._credited.setdefault((event.question, event.id), []).append(event)
            case _:
                pass

    def resumed(self) -> None:
        """Leave out what was read before the interruption.

        Utterances wait while the questions are made ready, one at each; so the newest may still
        have waited, as many as there are questions. What was read before finds the same again.
        """
        for utterance_id in list(self._waiting)[: -len(self._interview.plan)]:
            del self._waiting[utterance_id]

    def match(self, question: str | None, *, over: bool = False) -> None:
        """Publish what is new about the answer to ``question``.

        Args:
            question: The planned question; None matches nothing.
            over: Whether nothing more is said to it, even if no other one was asked.
        """
        if question is None:
            return
        answer = self._interview.answer(question)
        # A flag that was raised when the answer seemed over stays while the same is absent.
        over = over or question != self._interview.current_question or self._is_raised(question)
        for heard in self._matcher.each(question, answer, over=over):
            finding = self._with_judgement(question, self._with_credit(question, heard))
            if self._is_known(question, finding) and self._is_news(question, finding):
                self._publish(question, finding)

    def read_on(self) -> None:
        """Read a little of what was said for the points of other questions.

        So little that a full plan and a long correction delay nobody: one question is made ready,
        or else the utterances that have waited longest are read.
        """
        if not self._ready().prepare_another():
            self._read(list(self._waiting)[:_READ_AT_ONCE])

    def read_all(self) -> None:
        """Read all that still waits."""
        if self._waiting:
            while self._ready().prepare_another():
                pass
            self._read(list(self._waiting))

    def _ready(self) -> Elsewhere:
        if self._elsewhere is None:
            plan = [planned.id for planned in self._interview.plan]
            self._elsewhere = self._matcher.elsewhere(plan)
        return self._elsewhere

    def _read(self, utterance_ids: Iterable[str]) -> None:
        for utterance_id in utterance_ids:
            del self._waiting[utterance_id]
            said = self._interview.utterances[utterance_id]
            under = self._interview.question_of(utterance_id)
            for credit in self._ready().read(said, under, self._is_open):
                if self._is_known(credit.question, credit.finding):
                    self._publish(credit.question, credit.finding)

    def _read_again_since(self, since_s: float) -> None:
        """Let the candidate's words be read anew that were spoken since then."""
        moved: list[str] = []
        for said in reversed(self._interview.utterances.values()):
            if said.channel is not Channel.CANDIDATE:
                continue
            if said.start_s < since_s:
                break
            moved.append(said.id)
        self._waiting |= dict.fromkeys(reversed(moved))

    def _is_open(self, question: str, point: str) -> bool:
        known = self._interview.findings.get((question, FindingKind.POINT, point))
        return known is None or (known.by is Actor.MACHINE and known.state in _OPEN)

    def _with_credit(self, question: str, finding: Finding) -> Finding:
        """What was credited, where the answer itself leaves the point open."""
        if finding.kind is not FindingKind.POINT or finding.state not in _OPEN:
            return finding
        for credit in self._credited.get((question, finding.id), ()):
            if self._is_elsewhere(question, credit.evidence):
                return replace(
                    finding,
                    state=credit.state,
                    confidence=credit.confidence,
                    evidence=credit.evidence[0],
                )
        return finding

    def _with_judgement(self, question: str, finding: Finding) -> Finding:
        """What a language model made of it, where matching still leaves it unclear."""
        judged = self._judged.get((question, finding.kind, finding.id))
        if judged is None or finding.state is not FindingState.UNCLEAR:
            return finding
        said_under = {
            self._interview.question_of(utterance_id)
            for evidence in judged.evidence
            for utterance_id in evidence.utterance_ids
        }
        if said_under != {question}:
            return finding
        return replace(
            finding,
            state=judged.state,
            confidence=judged.confidence,
            evidence=judged.evidence[0],
        )

    def _is_elsewhere(self, question: str, evidence: Iterable[Evidence]) -> bool:
        """Whether no word of it was said under ``question``."""
        said_under = {
            self._interview.question_of(utterance_id)
            for item in evidence
            for utterance_id in item.utterance_ids
        }
        return question not in said_under

    def _is_raised(self, question: str) -> bool:
        return any(
            finding.state is FindingState.RAISED
            for (asked, _, _), finding in self._interview.findings.items()
            if asked == question
        )

    def _is_known(self, question: str, finding: Finding) -> bool:
        """Whether the session began with it; a guide may have grown since it was interrupted."""
        if finding.kind is FindingKind.POINT:
            return any(p.id == finding.id for p in self._interview.planned(question).points)
        started = self._interview.started
        return started is not None and any(flag.id == finding.id for flag in started.flags)

    def _is_news(self, question: str, finding: Finding) -> bool:
        known = self._interview.findings.get((question, finding.kind, finding.id))
        if known is not None and known.by is Actor.HUMAN:
            return False
        state = self._interview.state_of(question, finding.kind, finding.id)
        if state is not finding.state:
            return True
        if known is None or finding.evidence is None or finding.state not in QUOTED_STATES:
            return False
        # The same state, but what it rested on is not the candidate's any more, or was said under
        # another question while the answer now says it as well.
        if any(self._interview.quote_problem(evidence) for evidence in known.evidence):
            return True
        own = not self._is_elsewhere(question, [finding.evidence])
        return own and self._is_elsewhere(question, known.evidence)

    def _publish(self, question: str, finding: Finding) -> None:
        evidence = () if finding.evidence is None else (finding.evidence,)
        problem = next(filter(None, map(self._interview.quote_problem, evidence)), "")
        if problem:
            self._emit(
                FindingRefused,
                question=question,
                kind=FindingKind(finding.kind),
                id=finding.id,
                reason=problem,
            )
            return
        self._emit(
            FindingMade,
            question=question,
            kind=finding.kind,
            id=finding.id,
            state=finding.state,
            confidence=round(finding.confidence, 3),
            evidence=evidence,
        )
