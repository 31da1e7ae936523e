"""What the interviewer writes, marks, rates and decides becomes events."""

from collections.abc import Callable

from copilot.engine.commands import MarkMoment, RateQuestion, SetFinding, TakeNote
from copilot.engine.finding import Finder
from copilot.events import (
    Actor,
    FindingMade,
    FindingReleased,
    MomentMarked,
    NoteTaken,
    QuestionRated,
)
from copilot.interview import Interview

ByHandCommand = TakeNote | MarkMoment | RateQuestion | SetFinding


class ByHand:
    """The interviewer's own words and decisions in one interview."""

    def __init__(self, interview: Interview, finder: Finder, emit: Callable[..., None]) -> None:
        """Prepare for an interview.

        Args:
            interview: What is known; changed by ``emit`` alone.
            finder: Finds anew what the interviewer no longer decides.
            emit: Publishes an event, given its type and its values.
        """
        self._interview = interview
        self._finder = finder
        self._emit = emit

    def obey(self, command: ByHandCommand, now_s: float) -> None:
        """Carry out a command; one that changes nothing tells nothing."""
        match command:
            case TakeNote():
                self._take_note(command, now_s)
            case MarkMoment():
                self._mark_moment(command, now_s)
            case RateQuestion():
                self._rate(command)
            case SetFinding(state=None):
                self._release(command)
            case SetFinding():
                self._decide(command)

    def _take_note(self, command: TakeNote, now_s: float) -> None:
        text = " ".join(command.text.split())
        if not text:
            return
        moment_s = _moment_s(command.at_s, now_s)
        self._emit(
            NoteTaken,
            id=f"n{len(self._interview.notes) + 1}",
            text=text,
            moment_s=moment_s,
            question=self._interview.question_at(moment_s),
        )

    def _mark_moment(self, command: MarkMoment, now_s: float) -> None:
        moment_s = _moment_s(command.at_s, now_s)
        self._emit(
            MomentMarked,
            id=f"k{len(self._interview.marks) + 1}",
            moment_s=moment_s,
            question=self._interview.question_at(moment_s),
        )

    def _rate(self, command: RateQuestion) -> None:
        stands = self._interview.judgement_of(command.question)
        judged = (command.rating, command.unrated)
        before = (None, None) if stands is None else (stands.rating, stands.unrated)
        reason = " ".join((command.reason or "").split())
        told_before = "" if stands is None else stands.reason
        if judged == before and (command.reason is None or reason == told_before):
            return
        self._emit(
            QuestionRated,
            question=command.question,
            rating=command.rating,
            unrated=command.unrated,
            reason=reason,
        )

    def _release(self, command: SetFinding) -> None:
        if self._is_by_hand(command):
            question, kind, item = command.question, command.kind, command.id
            self._emit(FindingReleased, question=question, kind=kind, id=item)
            self._finder.match(question)

    def _decide(self, command: SetFinding) -> None:
        item = (command.question, command.kind, command.id)
        known = self._interview.findings.get(item)
        by_hand = self._is_by_hand(command)
        if by_hand and known is not None and known.state is command.state:
            return
        # What the machine found too is confirmed, with the words it rests on.
        machine = self._interview.overruled.get(item) if by_hand else known
        agreed = machine is not None and machine.state is command.state
        self._emit(
            FindingMade,
            question=command.question,
            kind=command.kind,
            id=command.id,
            state=command.state,
            confidence=1.0,
            evidence=machine.evidence if machine is not None and agreed else (),
            by=Actor.HUMAN,
        )

    def _is_by_hand(self, command: SetFinding) -> bool:
        known = self._interview.findings.get((command.question, command.kind, command.id))
        return known is not None and known.by is Actor.HUMAN


def _moment_s(at_s: float | None, now_s: float) -> float:
    return round(now_s if at_s is None else min(at_s, now_s), 3)
