"""Reviewing a stored session: what is changed goes into a journal of its own beside the session's.

The original journal is only read. Changes are appended to ``review.jsonl``, hash-chained like the
original and tied to it, so that a program killed while writing loses at most the last line.
"""

import contextlib
import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal, Self

from copilot import __version__
from copilot.errors import CopilotError, StorageError
from copilot.events import (
    Actor,
    BlindingLifted,
    Channel,
    CompetencyRated,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingReleased,
    FindingState,
    MomentMarked,
    NoteTaken,
    QuestionRated,
    RecapWritten,
    Recommendation,
    Recommended,
    ReviewOpened,
    ReviewSubmitted,
    SpeakerCorrected,
    TextCorrected,
    Unrated,
)
from copilot.review.reading import read_what_there_is
from copilot.store import Journal, SessionFolder
from copilot.store.review_files import held_for_review


class Review:
    """One sitting over a stored session; ``close`` it in the end.

    Attributes:
        folder: The session's folder.
        reviewed: The session as it stands; changed by the methods alone.
        problems: What is wrong with what was read, for the reviewer to know.
        read_only: Why nothing can be changed; None where it can.
    """

    def __init__(
        self,
        folder: SessionFolder,
        *,
        by: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open a session for review; an interrupted or damaged one as far as it can be read.

        Args:
            folder: The session's folder.
            by: Who reviews; by default whoever is logged in.
            clock: The time now.

        Raises:
            SessionError: It is running, being reviewed by another program, or holds nothing.
        """
        self.folder = folder
        self.read_only: CopilotError | None = None
        self._by = user_name() if by is None else by
        self._clock = clock
        self._journal: Journal | None = None
        self._holding = contextlib.ExitStack()
        try:
            self._holding.enter_context(held_for_review(folder))
        except StorageError as error:
            self.read_only = error
        with contextlib.ExitStack() as undoing:
            undoing.push(self._holding)
            read = read_what_there_is(folder)
            undoing.pop_all()
        self.reviewed, self._reading, self.problems = read.reviewed, read.journal, read.problems
        self.read_only = self.read_only or read.unfit

    @property
    def events(self) -> tuple[Event, ...]:
        """The session's own events, as far as they could be read."""
        return self._reading.events

    @property
    def waiting(self) -> int:
        """How many changes wait in memory because the disk refuses."""
        return 0 if self._journal is None else self._journal.pending

    # -- changing -------------------------------------------------------------------------------
    # Every change raises CopilotError where nothing can be changed, and EventError where it breaks
    # a rule; a disk that refuses later makes changes wait, see ``waiting``.

    def rate(
        self, question: str, rating: int | None, unrated: Unrated | None = None, reason: str = ""
    ) -> None:
        """Judge an answer: rate it 1 to 4, say why not, or take back what stands.

        What stands already changes nothing. The earlier judgement is kept with its time.
        """
        stands = self.reviewed.interview.judgement_of(question)
        judged = (rating, unrated, " ".join(reason.split()))
        if judged != _judgement(stands):
            self._change(QuestionRated, question=question, **_named(judged))

    def rate_competency(
        self, competency: str, rating: int | None, unrated: Unrated | None = None, reason: str = ""
    ) -> None:
        """Judge a competency over the whole interview, as ``rate`` does an answer."""
        stands = self.reviewed.interview.competency_judgement_of(competency)
        judged = (rating, unrated, " ".join(reason.split()))
        if judged != _judgement(stands):
            self._change(CompetencyRated, competency=competency, **_named(judged))

    def recommend(self, recommendation: Recommendation | None, reason: str = "") -> None:
        """Say what the human recommends on the whole; None takes it back."""
        stands = self.reviewed.interview.recommendation
        wanted = (recommendation, " ".join(reason.split()))
        if wanted != ((stands.recommendation, stands.reason) if stands else (None, "")):
            self._change(Recommended, recommendation=wanted[0], reason=wanted[1])

    def note(self, text: str, moment_s: float) -> None:
        """Write a line about a moment; one without any letter is dropped."""
        line = " ".join(text.split())
        if line:
            interview = self.reviewed.interview
            self._change(
                NoteTaken,
                id=f"n{len(interview.notes) + 1}",
                text=line,
                moment_s=round(moment_s, 3),
                question=interview.question_at(moment_s),
            )

    def mark(self, moment_s: float) -> None:
        """Mark a moment, to come back to it."""
        interview = self.reviewed.interview
        self._change(
            MomentMarked,
            id=f"k{len(interview.marks) + 1}",
            moment_s=round(moment_s, 3),
            question=interview.question_at(moment_s),
        )

    def set_finding(
        self,
        question: str,
        kind: FindingKind,
        item: str,
        state: FindingState | None,
        evidence: tuple[Evidence, ...] = (),
    ) -> None:
        """The human's word on a point or flag; None takes it back, and the machine's counts again.

        A state that the machine found as well is confirmed, and keeps the quote it rests on.
        """
        interview = self.reviewed.interview
        key = (question, kind, item)
        known = interview.findings.get(key)
        by_hand = known is not None and known.by is Actor.HUMAN
        if state is None:
            if by_hand:
                self._change(FindingReleased, question=question, kind=kind, id=item)
            return
        if known is not None and by_hand and (known.state, known.evidence) == (state, evidence):
            return
        machine = interview.overruled.get(key) if by_hand else known
        # To a reviewer who may not see it yet, the machine's quote would tell what it found.
        agreed = machine is not None and machine.state is state and self.reviewed.may_see(question)
        self._change(
            FindingMade,
            question=question,
            kind=kind,
            id=item,
            state=state,
            confidence=1.0,
            evidence=evidence or (machine.evidence if machine is not None and agreed else ()),
            by=Actor.HUMAN,
        )

    def correct(self, utterance_id: str, text: str) -> None:
        """Write down what an utterance really says; its own text takes a correction back."""
        line = " ".join(text.split())
        if not line or line == self.reviewed.text_of(utterance_id):
            return
        heard = self.reviewed.interview.utterances[utterance_id].text
        self._change(TextCorrected, utterance_id=utterance_id, text=None if line == heard else line)

    def correct_speaker(self, utterance_id: str, channel: Channel) -> None:
        """Write down who really said an utterance; whoever was heard takes a correction back."""
        if self.reviewed.speaker_of(utterance_id) is not channel:
            heard = self.reviewed.interview.utterances[utterance_id].channel
            corrected = None if channel is heard else channel
            self._change(SpeakerCorrected, utterance_id=utterance_id, channel=corrected)

    def keep(self, kind: type[RecapWritten] | type[ReviewSubmitted], **values: object) -> None:
        """Keep a recap that passed its checks, or that ratings were handed in.

        Args:
            kind: Which of them.
            values: What the event says, without its number and time.
        """
        self._change(kind, **values)

    def lift_blinding(
        self, question: str | None, why: Literal["asked", "setting", "report"]
    ) -> None:
        """Journal that the machine's findings are shown before they are rated; once is enough."""
        hidden = self.reviewed.hidden()
        if question in hidden or (question is None and not self._is_lifted_for_all()):
            self._change(BlindingLifted, question=question, why=why)

    def _is_lifted_for_all(self) -> bool:
        return any(event.question is None for event in self.reviewed.lifted)

    def _change(self, kind: Callable[..., Event], /, **values: object) -> None:
        if self.read_only is not None:
            raise self.read_only
        if self._journal is None:
            self._journal = self._begun()
        self._keep(self._journal, kind, **values)

    def _begun(self) -> Journal:
        path = self.folder.review_path
        journal = Journal(path, holding=True, resume=path.exists())
        self._keep(
            journal,
            ReviewOpened,
            session_id=self.folder.id,
            by=self._by,
            opened_at=self._clock().isoformat(timespec="seconds"),
            app_version=__version__,
            journal_events=len(self._reading.events),
            journal_head=self._reading.head,
        )
        return journal

    def _keep(self, journal: Journal, kind: Callable[..., Event], /, **values: object) -> None:
        event = kind(seq=self.reviewed.seq + 1, at_s=self._now_s(), **values)
        self.reviewed.apply(event)
        journal.append(event)

    def _now_s(self) -> float:
        """Seconds since the session's start by the wall clock; never less than before."""
        interview = self.reviewed.interview
        started = interview.started
        since_s = 0.0
        if started is not None:
            with contextlib.suppress(ValueError):
                begun = datetime.fromisoformat(started.started_at).astimezone()
                since_s = (self._clock() - begun).total_seconds()
        return round(max(since_s, self.reviewed.at_s, interview.now_s), 3)

    # -- the end --------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the session; safe to call again.

        Raises:
            StorageError: The disk refused to the last; the message says how much is lost.
        """
        try:
            if self._journal is not None:
                self._journal.close()
        finally:
            self._holding.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def user_name() -> str:
    """The name under which someone is logged in; empty where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


_Judgement = tuple[int | None, Unrated | None, str]


def _judgement(event: QuestionRated | CompetencyRated | None) -> _Judgement:
    return (None, None, "") if event is None else (event.rating, event.unrated, event.reason)


def _named(judged: _Judgement) -> dict[str, object]:
    return dict(zip(("rating", "unrated", "reason"), judged, strict=True))
