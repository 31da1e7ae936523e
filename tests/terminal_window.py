"""A terminal window that can be closed while a command runs in it."""

import contextlib
import json
import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.builders import ROOT


@contextlib.contextmanager
def hosted(command: Sequence[str], printed: Path) -> Iterator[Callable[[], None]]:
    """Runs a command in a window, what it prints going to ``printed`` if that is no terminal.

    Gives back what closes the window.
    """
    # A server of its own, so that nobody else's windows are touched.
    tmux = ["tmux", "-L", f"copilot-window-{os.getpid()}"]
    names = ("INTERVIEW_COPILOT_DATA", "INTERVIEW_COPILOT_CONFIG", "PATH")
    given = [f"{name}={os.environ[name]}" for name in names]
    line = f"{shlex.join(['env', *given, *command])} > {shlex.quote(str(printed))}"
    subprocess.run(
        [*tmux, "new-session", "-d", "-x", "80", "-y", "24", "-c", str(ROOT), line], check=True
    )

    def close() -> None:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)

    try:
        yield close
    finally:
        close()


def is_over(data: Path) -> bool:
    """Whether the one session has come to its end, its record included."""
    records = list((data / "sessions").glob("*/session.json"))
    return bool(records) and json.loads(records[0].read_text())["ended"] is not None
