"""A session from set-up to end: everything wired together for a front to start and listen to."""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from copilot import __version__
from copilot.audio import SAMPLE_RATE_HZ, Block, Source
from copilot.audio.blocks import LiveSource
from copilot.audio.clock_source import ClockSource
from copilot.audio.echo import load_canceller
from copilot.audio.tape import DiskTrouble
from copilot.engine.asking.seam import Reply
from copilot.engine.coaching import local_coach
from copilot.engine.commands import ChooseLanguage, Command
from copilot.engine.conductor import Conductor
from copilot.engine.encrypting import configured_encryption, encrypt_ended
from copilot.engine.guide_watch import GuideWatch
from copilot.engine.keeping import Kept, kept_anew, kept_on
from copilot.engine.language_model import LanguageModel
from copilot.engine.listening import Canceller
from copilot.engine.off_limits import OffLimits
from copilot.engine.planning import known_competencies, planned_questions
from copilot.engine.runner import Runner
from copilot.engine.served import Served
from copilot.engine.setup import SessionSetup
from copilot.engine.tail import tail_of
from copilot.engine.thresholds import Thresholds
from copilot.engine.transcribing import WORKERS
from copilot.engine.unheard import Nobody, unheard
from copilot.engine.vitals import Vitals
from copilot.events import (
    CaptureKind,
    Channel,
    ConsentDecision,
    Event,
    GuideRef,
    KnownFlag,
    ModelRef,
    PlannedQuestion,
    SessionEnded,
)
from copilot.interview import Interview, replay
from copilot.knowledge.laws import laws_for
from copilot.matching.embedding import E5Embedder
from copilot.matching.encoders import CROSS_ENCODER, SENTENCE_ENCODER, model_ref
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.shipped import guide_embedder
from copilot.speech.hearing import Hearing
from copilot.speech.models import check_knows, speech_model, verified_folder
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import Transcriber
from copilot.speech.voice import FRAME, VOICE_MODEL
from copilot.speech.whisper import WhisperTranscriber, whisper_ref
from copilot.store import SessionFolder, SessionRecord, new_session_id


class Listener(Protocol):
    """Anything that follows a session; called on the session's own thread."""

    def on_event(self, event: Event) -> None:
        """An event happened; it is on disk already where the session is kept."""

    def on_vitals(self, vitals: Vitals) -> None:
        """How the session is doing; about ten times a second."""

    def on_partials(self, partials: tuple[Partial, ...]) -> None:
        """The text that is on its way is this now; never stored."""


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
            UsageError: The plan names a question the guide does not have, the speech model does
                not know the guide's language, or there is no such pack of off-limits topics.
            ModelError: A speech model is missing or not genuine.
            InputError: The settings name a key file that cannot be read.
            GuideError: A pack of off-limits topics of the user's own is broken.
        """
        self.setup = setup
        self.folder: SessionFolder | None = None
        self._declined = setup.consent.decision is ConsentDecision.DECLINED
        self._source = unheard(source) if self._declined else source
        self._listeners = tuple(listeners)
        self._served = Served(None if self._declined else setup.server, setup.guide.terms)
        self._llm = LanguageModel(None if self._declined else setup.llm)
        self._thresholds = Thresholds(setup.rules)
        self._guide_watch = None if setup.lockstep else GuideWatch(setup.guide)
        self._plan = planned_questions(setup.guide, setup.plan, setup.minutes)
        language = setup.guide.language
        self._off_limits = OffLimits(
            language, laws_for(language) if setup.laws is None else setup.laws
        )
        if not self._declined:
            model = speech_model(setup.model)
            check_knows(model, setup.guide.language)
            verified_folder(model)
            if setup.step_down:
                check_knows(speech_model(setup.step_down), setup.guide.language)
                verified_folder(speech_model(setup.step_down))
        stored = setup.store is not None or setup.resume is not None
        self._encrypt_with = configured_encryption() if stored else None
        self._moment = datetime.now(UTC)
        self._id = new_session_id(self._moment) if setup.resume is None else setup.resume.id
        # Now, because opening the files changes their times.
        self._away_s = 0.0 if setup.resume is None else _unchanged_s(setup.resume, self._moment)
        self._kept: Kept | None = None
        self._earlier = Interview()
        self._looked_after_at = 0.0
        self._runner: Runner | None = None
        self._early: list[Command] = []
        self._early_trouble: list[DiskTrouble] = []
        # Reentrant, because a signal may send while its own thread holds it.
        self._sending = threading.RLock()

    @property
    def plan(self) -> tuple[PlannedQuestion, ...]:
        """The questions of this session, in order."""
        return self._plan

    @property
    def matching_notice(self) -> str:
        """What is to be said of the thresholds of findings; empty where all is well."""
        return self._thresholds.notice

    def send(self, command: Command) -> None:
        """Hand a command over; may be called from any thread, also before the session runs.

        Raises:
            UsageError: The speech model does not know the language chosen.
        """
        if isinstance(command, ChooseLanguage):
            check_knows(speech_model(self.setup.model), command.language)
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
        with (
            contextlib.closing(self._served),
            contextlib.closing(self._llm),
            self._keeping() as kept,
        ):
            runner = self._make_runner(kept)
            with self._sending:
                self._runner = runner
                while self._early:
                    runner.send(self._early.pop(0))
                while self._early_trouble:
                    runner.disk_troubled(self._early_trouble.pop(0))
            if self.setup.lockstep:
                runner.run_lockstep()
            else:
                runner.run()

    def _make_runner(self, kept: Kept | None) -> Runner:
        live = isinstance(self._source, LiveSource)
        begin, tail = self._go_on(kept)
        off_record = self._earlier.capture.paused_at_s is not None
        if isinstance(self._source, LiveSource) and off_record:
            self._source.pause(True)
        if isinstance(self._source, LiveSource | ClockSource):
            self._source.begin(begin)
        return Runner(
            conductor=self._conductor,
            source=self._source,
            transcriber=Nobody if self._declined else self._transcriber,
            hearing=Hearing(
                () if self._declined else Channel, begin=tail[0].start if tail else begin
            ),
            language=self._earlier.capture.language or self.setup.guide.language,
            tape=None if kept is None else kept.tape,
            canceller=_canceller if live else _no_canceller,
            swapped=self._earlier.capture.swapped,
            tail=tail,
            room=self.setup.capture is CaptureKind.ROOM,
            speaker=self._earlier.capture.speaker or Channel.INTERVIEWER,
            on_vitals=self._tell_vitals,
            on_partials=self._tell_partials,
            drafts=self.setup.drafts and not self.setup.lockstep,
            lesser=self._lesser if self.setup.step_down else None,
        )

    def _go_on(self, kept: Kept | None) -> tuple[int, list[Block]]:
        """Where an interrupted session goes on, and what of it is to be heard again."""
        if kept is None or not kept.earlier:
            return 0, []
        self._earlier = replay(kept.earlier)
        started = self._earlier.started
        self._served.keep_to(() if started is None else started.sound_goes_to)
        self._llm.keep_to(() if started is None else started.llm_goes_to)
        if kept.tape is None:
            frames = self._earlier.now_s * SAMPLE_RATE_HZ / FRAME
            return round(frames + 1) * FRAME, []
        tail = tail_of(self._earlier, kept.folder.audio_paths(), kept.samples)
        return tail.end, list(tail.blocks())

    @contextlib.contextmanager
    def _keeping(self) -> Iterator[Kept | None]:
        """The session's folder, journal and recordings, for as long as it runs."""
        setup = self.setup
        if setup.store is None and setup.resume is None:
            yield None
            return
        if setup.resume is not None:
            keeping = kept_on(setup.resume, on_trouble=self._disk_troubled)
        else:
            assert setup.store is not None  # noqa: S101 - one of the two is there
            audio = setup.keep_audio and not self._declined
            keeping = kept_anew(
                setup.store,
                self._record(),
                setup.guide,
                audio=audio,
                on_trouble=self._disk_troubled,
            )
        with keeping as kept:
            self._kept, self.folder = kept, kept.folder
            try:
                yield kept
            except BaseException:
                if not kept.journal.count:
                    self.folder = None
                raise
        if self._encrypt_with is not None:
            encrypt_ended(kept.folder, self._encrypt_with)

    def _disk_troubled(self, trouble: DiskTrouble) -> None:
        """Told by the tape, on a thread of its own."""
        with self._sending:
            if self._runner is None:
                self._early_trouble.append(trouble)
            else:
                self._runner.disk_troubled(trouble)

    def _record(self, ended: SessionRecord.End | None = None) -> SessionRecord:
        guide = self.setup.guide
        if self.setup.resume is not None:
            return self.setup.resume.record().model_copy(update={"ended": ended})
        return SessionRecord(
            id=self._id,
            role=guide.id,
            title=guide.title,
            language=guide.language,
            source=self._source.description,
            capture=self.setup.capture,
            started_at=self._moment.isoformat(timespec="seconds"),
            app_version=__version__,
            alias=self.setup.alias,
            ended=ended,
        )

    def _transcriber(self) -> Transcriber:
        callers = 1 if self.setup.lockstep else WORKERS
        return self._served.transcriber(
            lambda: WhisperTranscriber(
                self.setup.model, hotwords=self.setup.guide.terms, callers=callers
            )
        )

    def _lesser(self) -> Transcriber:
        return WhisperTranscriber(
            self.setup.step_down, hotwords=self.setup.guide.terms, callers=WORKERS
        )

    def _conductor(self) -> Conductor:
        guide, consent = self.setup.guide, self.setup.consent
        embedder = E5Embedder()
        for_guide = guide_embedder(embedder)
        conductor = Conductor(
            language=guide.language,
            matcher=Matcher(
                guide, embedder, guide_embedder=for_guide, rules=self._thresholds.rules
            ),
            recogniser=QuestionRecogniser(
                guide, [question.id for question in self._plan], embedder, guide_embedder=for_guide
            ),
            coach=local_coach(guide, self.setup.coach, self._off_limits),
            publish=self._publish,
            off_limits=self._off_limits,
            asking=self._llm.asking(
                guide,
                pack=self._off_limits.every_topic,
                pause_s=self.setup.coach.pause_s,
                earlier=self._earlier,
                post=self._replied,
            ),
        )
        try:
            if self.setup.resume is not None and self._kept is not None:
                self._tell_earlier(self._kept)
                conductor.resume(self._kept.earlier, self._resumed())
            else:
                conductor.start(self._started(), consent.decision, consent.by, consent.wording)
        except BaseException as error:
            conductor.fail(error, 0.0)
            raise
        return conductor

    def _started(self) -> dict[str, Any]:
        guide = self.setup.guide
        models: tuple[ModelRef, ...] = (
            *self._served.models,
            *self._llm.models,
            whisper_ref(speech_model(self.setup.model)),
            VOICE_MODEL,
            model_ref(SENTENCE_ENCODER),
            model_ref(CROSS_ENCODER),
            *self._thresholds.models,
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
            "models": () if self._declined else models,
            # The text of what is said comes back from where sound goes.
            "text_goes_to": tuple(
                dict.fromkeys((*self._served.sound_goes_to, *self._llm.text_goes_to))
            ),
            "sound_goes_to": self._served.sound_goes_to,
            "llm_goes_to": self._llm.text_goes_to,
            "capture": CaptureKind.NONE if self._declined else self.setup.capture,
            "probes": self.setup.coach.probes_a_question,
            "laws": self._off_limits.laws,
            "topics": self._off_limits.known(),
            "competencies": known_competencies(self.setup.guide, self._plan),
        }

    def _tell_earlier(self, kept: Kept) -> None:
        for event in kept.earlier:
            for listener in self._listeners:
                listener.on_event(event)

    def _resumed(self) -> dict[str, Any]:
        return {
            "resumed_at": self._moment.isoformat(timespec="seconds"),
            "away_s": round(self._away_s, 1),
            "app_version": __version__,
            "source": self._source.description,
        }

    def _publish(self, event: Event) -> None:
        if self._kept is not None:
            self._kept.append(event, self._disk_troubled)
            if isinstance(event, SessionEnded):
                self._prepare_record(self._kept, event)
        for listener in self._listeners:
            listener.on_event(event)

    def _replied(self, reply: Reply) -> None:
        """Told by the language model's client, on a thread of its own."""
        if self._runner is not None:
            self._runner.replied(reply)

    def _prepare_record(self, kept: Kept, event: SessionEnded) -> None:
        runner = self._runner
        kept.exchange_audio = runner is not None and runner.swapped
        kept.end = lambda: self._record(
            SessionRecord.End(
                ended_at=datetime.now(UTC).isoformat(timespec="seconds"),
                duration_s=event.duration_s,
                events=kept.journal.count,
                journal_head=kept.journal.head,
            )
        )

    def _tell_partials(self, partials: tuple[Partial, ...]) -> None:
        for listener in self._listeners:
            listener.on_partials(partials)

    def _tell_vitals(self, vitals: Vitals) -> None:
        now = time.monotonic()
        if self._kept is not None and now - self._looked_after_at >= 1.0:
            self._looked_after_at = now
            self._kept.look_after(self._disk_troubled)
        told = self._thresholds.told(self._llm.told(self._served.told(vitals)))
        if self._guide_watch is not None:
            told = self._guide_watch.told(told)
        for listener in self._listeners:
            listener.on_vitals(told)


def _unchanged_s(folder: SessionFolder, now: datetime) -> float:
    """For how long nothing has been written into a session's folder, in seconds."""
    written = [path.stat().st_mtime for path in folder.path.iterdir() if path.is_file()]
    return max(0.0, now.timestamp() - max(written)) if written else 0.0


def _canceller() -> Canceller | None:
    return load_canceller()


def _no_canceller() -> Canceller | None:
    return None
