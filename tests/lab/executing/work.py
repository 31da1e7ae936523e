"""What the workers of the tests are given to do; they import it by its name."""

import os
import signal
import time
from pathlib import Path


def twice(shared: bytes, unit: bytes) -> bytes:
    return shared + unit + unit


def whose(shared: bytes, unit: bytes) -> int:
    return os.getpid()


def slowly(shared: bytes, unit: bytes) -> bytes:
    """Notes that it began, so that a test knows, and takes a moment."""
    with (Path(os.fsdecode(shared)) / unit.decode()).open("a") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(0.05)
    return unit


def deadly(shared: bytes, unit: bytes) -> bytes:
    """Kills whoever takes the unit that is called so."""
    if unit == shared:
        os.kill(os.getpid(), signal.SIGKILL)
    return unit


def failing(shared: bytes, unit: bytes) -> bytes:
    raise RuntimeError(unit.decode())
