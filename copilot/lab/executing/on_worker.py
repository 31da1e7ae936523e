"""What runs on a worker: one unit of work, and nothing of it in Dask's own records.

Dask logs a task that raises together with what it was given, which here is what candidates said.
So nothing is ever raised: what goes wrong is handed back as a value.
"""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from copilot.errors import CopilotError
from copilot.lab.executing.sameness import Install, installed

#: Does one unit. It is given what all units share, and what is the unit's own; both as bytes, so
#: that Dask neither looks into them nor shows them.
Work = Callable[[bytes, bytes], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit was done.

    Attributes:
        value: What came out.
        worker: Who did it.
    """

    value: Any
    worker: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A unit could not be done, and would not be elsewhere.

    Attributes:
        error: Why, for people.
        kind: Name of the error's class.
        worker: Who tried.
    """

    error: str
    kind: str
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Nothing was done, because this worker would bring other results.

    Attributes:
        install: What it has.
        worker: Which.
    """

    install: Install
    worker: str


def handed_on(shared: bytes) -> bytes:
    """What all units share, as a task of its own.

    Data that was scattered is gone with the last worker that holds it; a task is run again.
    """
    return shared


def do(work: Work, mark: str, shared: bytes, unit: bytes) -> Answer | Broken | Foreign:
    """Do one unit, where this worker has the same installed as whoever asks."""
    worker = this_worker()
    try:
        here = installed()
        if here.mark != mark:
            return Foreign(here, worker)
        return Answer(work(shared, unit), worker)
    except BaseException as error:  # noqa: BLE001 - see above
        return Broken(told(error), type(error).__name__, worker)


def look() -> Install | Broken:
    """What is installed here."""
    try:
        return installed()
    except Exception as error:  # noqa: BLE001 - told to whoever asks
        return Broken(told(error), type(error).__name__)


def this_worker() -> str:
    """The worker's address, or host and process where there is none."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    try:
        return str(get_worker().address)
    except ValueError:
        return f"{socket.gethostname()}:{os.getpid()}"


def told(error: BaseException) -> str:
    """An error in words for people.

    Only our own errors are known to repeat nothing of what was said; of others the kind must do.
    """
    if isinstance(error, CopilotError):
        return " ".join(part for part in (error.message, error.remedy) if part)
    return f"A defect of the program: {type(error).__name__}."
