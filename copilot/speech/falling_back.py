"""A transcription server, and the model of this machine for when it fails.

The local model is loaded in the background from the start, so that no text has to wait for it. A
stretch for which the server gives no answer that can be used is transcribed here at once. Then
the server is left alone for a while, which grows each time it fails again; and when it is tried
again, nobody waits for it: the stretch it is tried with is transcribed here as well.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence

from copilot.audio import Waveform
from copilot.errors import CopilotError, LateError, ServerError, UnbelievableError
from copilot.events import ModelRef
from copilot.i18n import _
from copilot.speech.remote import DRAFT_S, Asked, RemoteTranscriber
from copilot.speech.transcriber import HeardWord, Transcriber, Transcription

#: How long the server is left alone after its first failure, and at most; in seconds.
_PAUSE_S = 5.0
_LONGEST_PAUSE_S = 60.0


class FallingBack:
    """Transcribes by a server while it answers, and here while it does not; for several threads."""

    def __init__(
        self,
        remote: RemoteTranscriber,
        make_local: Callable[[], Transcriber],
        *,
        on_trouble: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to load the local model.

        Args:
            remote: The server.
            make_local: Makes the transcriber of this machine; called on a thread of its own.
            on_trouble: Told why the server is not used at the moment; empty when it is again.
            clock: Seconds on a monotonic clock.
        """
        self._remote = remote
        self._on_trouble = on_trouble
        self._clock = clock
        self._pause_s = _PAUSE_S
        self._again_at: float | None = None  # when to try the server again; None while it is used
        self._trial: Asked | None = None
        self._lock = threading.Lock()
        self._loading = _Loading(make_local)

    @property
    def model(self) -> ModelRef:
        """The server's; texts made here are as good as the local model."""
        return self._remote.model

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words of one stretch; see ``Transcriber``.

        Raises:
            CopilotError: The server fails, and the local model cannot be loaded.
        """
        if self._in_use():
            try:
                heard = self._remote.transcribe(
                    samples, language=language, context=context, said=said
                )
            except UnbelievableError:
                pass  # it works, and what it made of this sound is made again here
            except ServerError as error:
                self._failed(error)
            else:
                with self._lock:
                    self._pause_s = _PAUSE_S
                return heard
        elif self._is_due():
            self._try_with(self._remote.ask(samples, language=language, context=context))
        return self._loading.done().transcribe(
            samples, language=language, context=context, said=said
        )

    def draft(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words so far of a stretch that goes on; see ``Transcriber``.

        By the server if its latest answer took at most a second, else here; none where the local
        model is still loading.

        Raises:
            CopilotError: The local model cannot be loaded.
        """
        took_s = self._remote.took_s
        if self._in_use() and (took_s is None or took_s <= DRAFT_S):
            try:
                return self._remote.draft(samples, language=language, context=context, said=said)
            except (LateError, UnbelievableError):
                pass  # too slow for a draft is not too slow for final text
            except ServerError as error:
                self._failed(error)
        if not self._loading.is_done:
            return Transcription((), reason="the speech model is still being loaded")
        return self._loading.done().draft(samples, language=language, context=context, said=said)

    # -- whether the server is used ---------------------------------------------------------------

    def _in_use(self) -> bool:
        """Whether to ask the server and wait for it; looks whether it has come back."""
        with self._lock:
            trial = self._trial
            if trial is not None and trial.done:
                self._trial = None
                self._take_in(trial)
            return self._again_at is None

    def _take_in(self, trial: Asked) -> None:
        try:
            trial.words()
        except UnbelievableError:
            pass  # it works
        except ServerError as error:
            self._leave_alone(error)
            return
        self._again_at = None
        self._on_trouble("")

    def _is_due(self) -> bool:
        """Whether to try the server again, which is then up to the caller alone."""
        with self._lock:
            if self._again_at is None or self._clock() < self._again_at:
                return False
            self._again_at = math.inf
            return True

    def _try_with(self, asked: Asked) -> None:
        with self._lock:
            self._trial = asked

    def _failed(self, error: ServerError) -> None:
        with self._lock:
            if self._again_at is None:  # else another worker has met the same failure
                self._leave_alone(error)

    def _leave_alone(self, error: ServerError) -> None:
        self._again_at = self._clock() + self._pause_s
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
        why = error.message.rstrip(".")
        self._on_trouble(_("{why}; text is made on this machine", why=why))


class _Loading:
    """A transcriber that is being made on a thread of its own."""

    def __init__(self, make: Callable[[], Transcriber]) -> None:
        self._make = make
        self._made: Transcriber | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._load, name="local model", daemon=True)
        self._thread.start()

    def _load(self) -> None:
        try:
            self._made = self._make()
        except (CopilotError, RuntimeError, ValueError, OSError, MemoryError) as error:
            self._error = error

    @property
    def is_done(self) -> bool:
        """Whether ``done`` returns or raises at once."""
        return not self._thread.is_alive()

    def done(self) -> Transcriber:
        """Wait for it.

        Raises:
            CopilotError: It cannot be made, or whatever else it failed with.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._made is not None  # noqa: S101 - it was made or it failed
        return self._made
