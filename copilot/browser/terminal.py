"""What is left to do when the terminal has gone in which a program was started."""

import os
import stat
from typing import TextIO


def give_up_terminal(*streams: TextIO | None) -> None:
    """Send what is still told nowhere, so that telling it does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        # A terminal that has gone no longer says that it is one.
        if stream is not None and stat.S_ISCHR(os.fstat(stream.fileno()).st_mode):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
