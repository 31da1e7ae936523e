"""Running a session without a screen."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from copilot.audio import Source
from copilot.cli.printing import JsonLines, PlainLines
from copilot.engine.commands import EndSession
from copilot.engine.session import Session
from copilot.engine.setup import SessionSetup


def run_headless(setup: SessionSetup, source: Source, *, as_json: bool) -> None:
    """Run a session and print it to stdout; Ctrl-C ends it cleanly, a second one at once.

    Raises:
        CopilotError: A part failed; what was heard until then is printed and kept.
    """
    session = Session(setup, source, [JsonLines() if as_json else PlainLines()])
    if session.matching_notice:
        sys.stderr.write(session.matching_notice + "\n")
    with _ending_on_interrupt(session):
        session.run()
    if session.folder is not None:
        sys.stderr.write(f"Stored as {session.folder.id} in {session.folder.path}\n")


@contextlib.contextmanager
def _ending_on_interrupt(session: Session) -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the form signals have
        signal.signal(signal.SIGINT, before)
        session.send(EndSession())

    signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
