"""A session from set-up to end: everything wired together for a front to start and listen to."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from copilot import __version__
from copilot.audio import Block, Source
from copilot.audio.recorder import Recorder
from copilot.coach import Coach, CoachPolicy
from copilot.engine.commands import Command
from copilot.engine.conductor import Conductor
from copilot.engine.runner import Runner
from copilot.engine.vitals import Vitals
from copilot.errors import UsageError
from copilot.events import (
    Channel,
    ConsentDecision,
    Event,
    GuideRef,
    KnownFlag,
    ModelRef,
    PlannedPoint,
    PlannedQuestion,
    SessionEnded,
)
from copilot.knowledge.guide import Guide
from copilot.matching.embedding import E5_MODEL, E5Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.shipped import guide_embedder
from copilot.speech.hearing import Hearing
from copilot.speech.models import check_knows, speech_model, verified_folder
from copilot.speech.transcriber import Transcriber
from copilot.speech.voice import VOICE_MODEL
from copilot.speech.whisper import WhisperTranscriber, whisper_ref
from copilot.store import (
    Journal,
    SessionFolder,
    SessionRecord,
    SessionStore,
    new_session_id,
    open_journal,
)


@dataclass(frozen=True, slots=True)
class Consent:
    """The decision about recording, and what it rests on.

    Attributes:
        decision: What was decided.
        by: Who recorded it.
        wording: The notice read out, or what stands in for it.
    """

    decision: ConsentDecision
    by: str
    wording: str


@dataclass(frozen=True, slots=True)
class SessionSetup:
    """What a session is to be.

    Attributes:
        guide: In the language of the interview.
        consent: Recorded before anything is heard.
        plan: Ids of the questions chosen, in order; all of the guide's when empty.
        model: Name of the speech model.
        lockstep: Whether to run without a clock, as fast as the machine can.
        store: Where to keep the session; None keeps nothing.
        keep_audio: Whether the sound is kept too.
        coach: When and how often to suggest.
    """

    guide: Guide
    consent: Consent
    plan: tuple[str, ...] = ()
    model: str = "base"
    lockstep: bool = False
    store: SessionStore | None = None
    keep_audio: bool = True
    coach: CoachPolicy = field(default_factory=CoachPolicy)


class Listener(Protocol):
    """Anything that follows a session; called on the session's own thread."""

    def on_event(self, event: Event) -> None:
        """An event happened; it is on disk already where the session is kept."""

    def on_vitals(self, vitals: Vitals) -> None:
        """How the session is doing; about ten times a second."""


class Session:
    """One interview, ready to run."""

    def __init__(
        self, setup: SessionSetup, source: Source, listeners: Sequence[Listener] = ()
    ) -> None:
        """Check what can be checked before anything is created.

        Args:
            setup: What the session is to be.
            source: Where the sound comes from.
            listeners: Who follows it.

        Raises:
            UsageError: The plan names a question the guide does not have, or the speech model
                does not know the guide's language.
            ModelError: A speech model is missing or not genuine.
        """
        self.setup = setup
        self.folder: SessionFolder | None = None
        declined = setup.consent.decision is ConsentDecision.DECLINED
        self._source = _NoSound(source) if declined else source
        self._keeps_audio = setup.keep_audio and not declined
        self._listeners = tuple(listeners)
        self._plan = planned_questions(setup.guide, setup.plan)
        model = speech_model(setup.model)
        check_knows(model, setup.guide.language)
        verified_folder(model)
        self._hearing = Hearing(Channel)
        self._moment = datetime.now(UTC)
        self._id = new_session_id(self._moment)
        self._journal: Journal | None = None
        self._runner: Runner | None = None
        self._early: list[Command] = []
        # Reentrant, because a signal may send while its own thread holds it.
        self._sending = threading.RLock()

    @property
    def plan(self) -> tuple[PlannedQuestion, ...]:
        """The questions of this session, in order."""
        return self._plan

    def send(self, command: Command) -> None:
        """Hand a command over; may be called from any thread, also before the session runs."""
        with self._sending:
            if self._runner is None:
                self._early.append(command)
            else:
                self._runner.send(command)

    def run(self) -> None:
        """Run until the source or the user ends it.

        Raises:
            CopilotError: A part failed. What was heard until then is kept.
        """
        with self._kept() as tape:
            runner = Runner(
                conductor=self._conductor,
                source=self._source,
                transcriber=self._transcriber,
                hearing=self._hearing,
                language=self.setup.guide.language,
                tape=tape,
                on_vitals=self._tell_vitals,
            )
            with self._sending:
                self._runner = runner
                while self._early:
                    runner.send(self._early.pop(0))
            if self.setup.lockstep:
                runner.run_lockstep()
            else:
                runner.run()

    @contextlib.contextmanager
    def _kept(self) -> Iterator["_Tape | None"]:
        """The session's folder, journal and recordings, for as long as it runs."""
        store = self.setup.store
        if store is None:
            yield None
            return
        folder = store.create(self._record())
        try:
            with contextlib.ExitStack() as stack:
                stack.enter_context(folder.locked())
                self._journal = stack.enter_context(open_journal(folder))
                tape = self._tape(stack, folder) if self._keeps_audio else None
                self.folder = folder
                yield tape
        except BaseException:
            if self._journal is None or self._journal.count == 0:
                self.folder = None
                folder.delete()  # it had not even started, and half a folder helps nobody
            raise

    def _tape(self, stack: contextlib.ExitStack, folder: SessionFolder) -> "_Tape":
        return _Tape(
            {
                channel: stack.enter_context(Recorder(folder.audio_path(channel)))
                for channel in Channel
            }
        )

    def _record(self, ended: SessionRecord.End | None = None) -> SessionRecord:
        guide = self.setup.guide
        return SessionRecord(
            id=self._id,
            role=guide.id,
            title=guide.title,
            language=guide.language,
            source=self._source.description,
            started_at=self._moment.isoformat(timespec="seconds"),
            app_version=__version__,
            ended=ended,
        )

    def _transcriber(self) -> Transcriber:
        return WhisperTranscriber(self.setup.model)

    def _conductor(self) -> Conductor:
        guide, consent = self.setup.guide, self.setup.consent
        embedder = E5Embedder()
        for_guide = guide_embedder(embedder)
        conductor = Conductor(
            language=guide.language,
            matcher=Matcher(guide, embedder, guide_embedder=for_guide),
            recogniser=QuestionRecogniser(
                guide, [question.id for question in self._plan], embedder, guide_embedder=for_guide
            ),
            coach=Coach(guide, self.setup.coach),
            publish=self._publish,
        )
        try:
            conductor.start(self._started(), consent.decision, consent.by, consent.wording)
        except BaseException as error:
            conductor.fail(error, 0.0)
            raise
        return conductor

    def _started(self) -> dict[str, Any]:
        guide = self.setup.guide
        models: tuple[ModelRef, ...] = (
            whisper_ref(speech_model(self.setup.model)),
            VOICE_MODEL,
            E5_MODEL,
        )
        return {
            "session_id": self._id,
            "started_at": self._moment.isoformat(timespec="seconds"),
            "app_version": __version__,
            "language": guide.language,
            "guide": GuideRef(role=guide.id, title=guide.title, sha256=guide.content_hash()),
            "plan": self._plan,
            "flags": tuple(
                KnownFlag(id=flag.id, label=flag.label, benign_reading=flag.benign_reading)
                for flag in guide.red_flags
            ),
            "source": self._source.description,
            "models": models,
        }

    def _publish(self, event: Event) -> None:
        if self._journal is not None:
            self._journal.append(event)
            if isinstance(event, SessionEnded):
                self._close_record(event)
        for listener in self._listeners:
            listener.on_event(event)

    def _close_record(self, event: SessionEnded) -> None:
        if self.folder is None or self._journal is None:
            return
        self._journal.sync()
        self.folder.write_record(
            self._record(
                SessionRecord.End(
                    ended_at=datetime.now(UTC).isoformat(timespec="seconds"),
                    duration_s=event.duration_s,
                    events=self._journal.count,
                    journal_head=self._journal.head,
                )
            )
        )

    def _tell_vitals(self, vitals: Vitals) -> None:
        for listener in self._listeners:
            listener.on_vitals(vitals)


class _NoSound:
    """A source of which nothing may be heard."""

    def __init__(self, source: Source) -> None:
        self.description = source.description
        self.duration_s = 0.0

    def blocks(self) -> Iterator[Block]:
        """Nothing."""
        return iter(())

    def stop(self) -> None:
        """There is nothing to stop."""


class _Tape:
    """Both channels' recordings."""

    def __init__(self, recorders: dict[Channel, Recorder]) -> None:
        self._recorders = recorders

    def write(self, block: Block) -> None:
        """Append one block to every channel's file."""
        for channel, samples in block.samples.items():
            self._recorders[channel].write(samples)


def planned_questions(guide: Guide, chosen: Sequence[str] = ()) -> tuple[PlannedQuestion, ...]:
    """The questions of a plan as events carry them.

    Args:
        guide: Where they come from.
        chosen: Their ids, in order; all of the guide's when empty.

    Raises:
        UsageError: One is unknown or named twice.
    """
    ids = list(chosen) or [question.id for question in guide.questions]
    for number, question_id in enumerate(ids):
        if question_id in ids[:number]:
            raise UsageError(f"the plan names {question_id!r} twice.", "Name each question once.")
    planned: list[PlannedQuestion] = []
    for question_id in ids:
        question = guide.question(question_id)
        points = tuple(
            PlannedPoint(id=point.id, label=point.label, weight=point.weight)
            for point in guide.points_for(question_id)
        )
        planned.append(
            PlannedQuestion(
                id=question.id,
                label=question.label,
                text=question.text,
                minutes=question.minutes,
                points=points,
            )
        )
    return tuple(planned)
