"""When something was judged: during the interview, or on a day after it."""

from datetime import datetime, timedelta

from copilot.timecode import timecode


def moment_text(at_s: float, started_at: str, duration_s: float) -> str:
    """A session time where it lies in the session, else the date and time of day.

    Args:
        at_s: Seconds since the session's start.
        started_at: Wall-clock start, ISO 8601; dates are told in its time zone.
        duration_s: The session's length in seconds.
    """
    if at_s <= duration_s:
        return timecode(at_s)
    try:
        start = datetime.fromisoformat(started_at)
    except ValueError:
        return timecode(at_s)
    return f"{start + timedelta(seconds=at_s):%Y-%m-%d %H:%M}"
