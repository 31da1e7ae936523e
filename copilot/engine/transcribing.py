"""The workers that turn stretches of speech into text, and a transcriber that is made anew.

Two workers share one model, one processor core each: a decoder is bound by memory and gains
nothing from more, and so a final text does not wait for a draft of the other channel.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from copilot.engine.stepping_down import StepDown, Stepped
from copilot.errors import CopilotError, ModelError
from copilot.i18n import _
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard
from copilot.speech.streaming import Effort, Job, Partial, Streaming, StreamingPolicy
from copilot.speech.transcriber import Transcriber, Transcription

#: What a recogniser may throw at one stretch that another stretch does not meet.
_CHOKED = (RuntimeError, ValueError, MemoryError)
_RETRY_S = 2.0
WORKERS = 2

Said = tuple[Stretch, Transcription]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a worker brought about.

    Attributes:
        said: Final texts, in the order in which speech ended.
        partials: All text that is not final yet.
    """

    said: tuple[Said, ...]
    partials: tuple[Partial, ...]


class Transcribing:
    """Transcribes what is heard, newest drafts and all ended stretches."""

    def __init__(
        self,
        make: Callable[[], Transcriber],
        language: str,
        *,
        persistent: bool,
        on_trouble: Callable[[str], None] = lambda _: None,
        policy: StreamingPolicy | None = None,
        lesser: Callable[[], Transcriber] | None = None,
        on_step: Callable[[Stepped], None] = lambda _: None,
    ) -> None:
        """Prepare.

        Args:
            make: Makes the transcriber; takes a while.
            language: Language to transcribe in.
            persistent: Whether to try again when it has died, for as long as ``stop_trying`` is
                not called. A live call goes on without text rather than end.
            on_trouble: Told why there is no text at the moment; empty when there is again.
            policy: When to transcribe what.
            lesser: Makes a faster transcriber, to be used while the text is far behind.
            on_step: Told when that takes over, and when it hands back.
        """
        self._make = make
        self._language = language
        self._persistent = persistent
        self._on_trouble = on_trouble
        self._transcriber: Transcriber | None = None
        self._making = threading.Lock()
        self._worked = False
        self._stopped = threading.Event()
        self._streaming = Streaming(policy)
        self._changed = threading.Condition()
        self._over = False
        self._broken = False
        self._step_down = None if lesser is None else StepDown(lesser, on_step)

    def prepare(self) -> None:
        """Load the model now, before there is anything to transcribe.

        Raises:
            CopilotError: It cannot be loaded.
        """
        self._transcriber = self._make()
        self._worked = True

    def stop_trying(self) -> None:
        """Do not wait for a transcriber that has died; may be called from any thread."""
        self._stopped.set()

    def swap(self) -> None:
        """The sides have changed places; may be called from any thread."""
        with self._changed:
            self._streaming.swap()

    def change_language(self, language: str) -> None:
        """Another language is spoken from now on; may be called from any thread."""
        with self._changed:
            self._language = language
            self._streaming.forget()

    # -- in real time ---------------------------------------------------------------------------

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought; never waits for a transcriber."""
        with self._changed:
            self._streaming.hear(heard)
            self._changed.notify_all()

    def end(self) -> None:
        """Nothing more will be heard; workers return once all that ended has its text."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def work(self, deliver: Callable[[Texts], None]) -> None:
        """Be one of the workers; returns when there is nothing more to do.

        Args:
            deliver: Called with what came of each piece of work, one at a time and in order.

        Raises:
            CopilotError: The transcriber has died, and trying again is not wanted or did not help.
        """
        while (job := self._await_job(deliver)) is not None:
            began = time.monotonic()
            try:
                heard = self._words(job)
            except BaseException:
                with self._changed:
                    self._broken = True  # whoever waits for this job waits in vain
                    self._changed.notify_all()
                raise
            with self._changed:
                said = self._streaming.take(job, heard, time.monotonic() - began)
                deliver(Texts(said, self._streaming.partials))
                self._changed.notify_all()

    def _await_job(self, deliver: Callable[[Texts], None]) -> Job | None:
        with self._changed:
            while not self._broken:
                said = self._streaming.ready()
                if said:
                    deliver(Texts(said, self._streaming.partials))
                job = self._streaming.next()
                if job is not None:
                    return job
                if self._over and self._streaming.done:
                    return None
                self._changed.wait()
            return None

    # -- one after the other --------------------------------------------------------------------

    def words_of(self, heard: Heard) -> tuple[Said, ...]:
        """The final text of what ended in a block, made while the caller waits.

        Raises:
            CopilotError: As ``work``.
        """
        self._streaming.hear(heard)
        said: tuple[Said, ...] = ()
        while (job := self._streaming.next()) is not None:
            said += self._streaming.take(job, self._words(job), 0.0)
        return said

    # -- a transcriber that may die -------------------------------------------------------------

    def _words(self, job: Job) -> Transcription:
        """The words of one piece; one that the model chokes on gives none."""
        while True:
            try:
                return self._once_more(job)
            except CopilotError as error:
                if not self._persistent or not self._worked or self._stopped.is_set():
                    raise
                self._on_trouble(error.message)
                self._stopped.wait(_RETRY_S)

    def _once_more(self, job: Job) -> Transcription:
        reason = ""
        for _time in range(2):
            transcriber = self._fit(job)
            try:
                words = job.run(transcriber, self._language)
            except CopilotError:
                self._give_up(transcriber)
                raise
            except Exception as error:
                if not self._persistent and not isinstance(error, _CHOKED):
                    raise
                # One stretch that the model chokes on must not end an interview; the model may
                # have died of it, so the next attempt is made with a new one.
                reason = _("the recogniser failed ({error})", error=type(error).__name__)
                if not self._persistent or job.effort is Effort.DRAFT:
                    break
                self._give_up(transcriber)
            else:
                self._on_trouble("")
                return words
        return Transcription((), reason=reason)

    def _give_up(self, transcriber: Transcriber) -> None:
        """Have another one made, unless the other worker had that done already."""
        with self._making:
            if self._transcriber is transcriber:
                self._transcriber = None
        if self._step_down is not None:
            self._step_down.give_up(transcriber)

    def _fit(self, job: Job) -> Transcriber:
        """The transcriber for a job: the lesser one while the text is far behind."""
        transcriber = self._alive()
        if self._step_down is None or job.stretch is None:
            return transcriber
        return self._step_down.choose(transcriber, self._streaming.behind_s)

    def _alive(self) -> Transcriber:
        """The transcriber, made anew where it has died."""
        with self._making:
            if self._transcriber is None:
                try:
                    self.prepare()
                except CopilotError:
                    raise
                except Exception as error:
                    if not self._persistent:
                        raise
                    raise ModelError(
                        _(
                            "the recogniser cannot be loaded ({name}: {error}).",
                            name=type(error).__name__,
                            error=error,
                        ),
                        _("Close what else needs memory; it is tried again."),
                    ) from error
            assert self._transcriber is not None  # noqa: S101 - prepared above
            return self._transcriber
