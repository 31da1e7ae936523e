"""The one worker that turns stretches of speech into text, in the order in which speech ended."""

import threading
from collections.abc import Callable

from copilot.errors import CopilotError, ModelError
from copilot.speech.context import InContext
from copilot.speech.endpoints import Stretch
from copilot.speech.transcriber import Transcriber, Transcription

#: What a recogniser may throw at one stretch that another stretch does not meet.
_CHOKED = (RuntimeError, ValueError, MemoryError)
_RETRY_S = 2.0


class Transcribing:
    """A transcriber that is made when it is needed, and made anew when it has died."""

    def __init__(
        self,
        make: Callable[[], Transcriber],
        language: str,
        *,
        persistent: bool,
        on_trouble: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare.

        Args:
            make: Makes the transcriber; takes a while.
            language: Language to transcribe in.
            persistent: Whether to try again when it has died, for as long as ``stopped`` is not
                called. A live call goes on without text rather than end.
            on_trouble: Told why there is no text at the moment; empty when there is again.
        """
        self._make = make
        self._language = language
        self._persistent = persistent
        self._on_trouble = on_trouble
        self._transcriber: InContext | None = None
        self._worked = False
        self._stopped = threading.Event()

    def prepare(self) -> None:
        """Load the model now, before there is anything to transcribe.

        Raises:
            CopilotError: It cannot be loaded.
        """
        self._transcriber = InContext(self._make(), self._language)
        self._worked = True

    def stop_trying(self) -> None:
        """Do not wait for a transcriber that has died; may be called from any thread."""
        self._stopped.set()

    def forget_context(self) -> None:
        """The sides have changed places; may be called from any thread."""
        if (transcriber := self._transcriber) is not None:
            transcriber.forget()

    def words(self, stretch: Stretch) -> Transcription:
        """The words of the next stretch; one that the model chokes on gives none.

        Raises:
            CopilotError: The transcriber has died, and trying again is not wanted or did not help.
        """
        while True:
            try:
                return self._once_more(stretch)
            except CopilotError as error:
                self._transcriber = None
                if not self._persistent or not self._worked or self._stopped.is_set():
                    raise
                self._on_trouble(error.message)
                self._stopped.wait(_RETRY_S)

    def _once_more(self, stretch: Stretch) -> Transcription:
        reason = ""
        for _ in range(2):
            transcriber = self._alive()
            try:
                words = transcriber.transcribe(stretch)
            except CopilotError:
                raise
            except Exception as error:
                if not self._persistent and not isinstance(error, _CHOKED):
                    raise
                # One stretch that the model chokes on must not end an interview; the model may
                # have died of it, so the next attempt is made with a new one.
                reason = f"the recogniser failed ({type(error).__name__})"
                if not self._persistent:
                    break
                self._transcriber = None
            else:
                self._on_trouble("")
                return words
        return Transcription((), reason=reason)

    def _alive(self) -> InContext:
        """The transcriber, made anew where it has died."""
        if self._transcriber is None:
            try:
                self.prepare()
            except CopilotError:
                raise
            except Exception as error:
                if not self._persistent:
                    raise
                raise ModelError(
                    f"the recogniser cannot be loaded ({type(error).__name__}: {error}).",
                    "Close what else needs memory; it is tried again.",
                ) from error
        assert self._transcriber is not None  # noqa: S101 - prepared above
        return self._transcriber
