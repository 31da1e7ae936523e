"""The one clock that both channels, and the processes that tap them, go by."""

import time

#: Counts on while the machine sleeps where the system offers that, so that a session's times stay
#: true to the wall; on macOS and Windows the ordinary monotonic clock does so already.
_BOOTTIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def capture_clock() -> float:
    """Seconds on a clock that all processes of this machine share and that never goes back."""
    return time.monotonic() if _BOOTTIME is None else time.clock_gettime(_BOOTTIME)
