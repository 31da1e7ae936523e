"""A session's use of a transcription server: whether, which, and how it stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from copilot.engine.vitals import Vitals
from copilot.events import ModelRef
from copilot.speech.falling_back import FallingBack
from copilot.speech.remote import RemoteTranscriber, server_ref
from copilot.speech.server import Server
from copilot.speech.transcriber import Transcriber


class Served:
    """The transcription server of one session, or none."""

    def __init__(self, server: Server | None, hotwords: Sequence[str] = ()) -> None:
        """Prepare; nothing is sent or loaded.

        Args:
            server: Where it is; None for none.
            hotwords: Names and acronyms to expect.
        """
        self._server = server
        self._hotwords = tuple(hotwords)
        self._remote: RemoteTranscriber | None = None
        self._trouble = ""

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """The server's model, beside those of this machine."""
        return () if self._server is None else (server_ref(self._server),)

    @property
    def sound_goes_to(self) -> tuple[str, ...]:
        """Hosts that sound is sent to."""
        return () if self._server is None else (self._server.host,)

    def keep_to(self, hosts: Sequence[str]) -> None:
        """Send nothing to a server that is not among ``hosts``: nobody was told of it."""
        if self._server is not None and self._server.host not in hosts:
            self._server = None

    def transcriber(self, make_local: Callable[[], Transcriber]) -> Transcriber:
        """What transcribes: the server, with the local model for when it fails; or that alone."""
        if self._server is None:
            return make_local()
        if self._remote is None:
            self._remote = RemoteTranscriber(self._server, hotwords=self._hotwords)
        return FallingBack(self._remote, make_local, on_trouble=self._note_trouble)

    def _note_trouble(self, trouble: str) -> None:
        self._trouble = trouble

    def told(self, vitals: Vitals) -> Vitals:
        """A sign of life, with how the server stands."""
        return replace(vitals, server_trouble=self._trouble) if self._trouble else vitals

    def close(self) -> None:
        """Close the connections."""
        if self._remote is not None:
            self._remote.close()
