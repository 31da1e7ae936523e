"""What a stored session recorded, to be heard again."""

from pathlib import Path

from copilot.audio.recording import RecordingSource
from copilot.errors import SessionError
from copilot.events import Channel
from copilot.i18n import _
from copilot.interview import replay
from copilot.store import SessionFolder


def stored_recording(folder: SessionFolder, *, speed: float) -> RecordingSource:
    """Both sides of a stored session, by whose voice they hold.

    Args:
        folder: The session's.
        speed: 1 for natural speed, infinity for no pacing.

    Raises:
        SessionError: It was kept without sound, or is broken.
        AudioFileError: A recording cannot be read.
    """
    sides = _sides(folder)
    missing = [channel for channel in Channel if channel not in sides]
    if missing:
        raise SessionError(
            _("{audio_path}: no such file.", audio_path=folder.audio_path(missing[0])),
            _(
                "The session was kept without sound, so it can be shown but not heard again: "
                "interview-copilot sessions show {folder}",
                folder=folder.id,
            ),
        )
    return RecordingSource.from_sides(
        sides[Channel.INTERVIEWER], sides[Channel.CANDIDATE], speed=speed
    )


def _sides(folder: SessionFolder) -> dict[Channel, Path]:
    """The recordings there are, by whose voice they hold."""
    found = {c: path for c in Channel if (path := folder.recording(c)) is not None}
    if folder.record().ended is not None:
        return found
    # Only a clean end puts them the right way round.
    swapped = replay(folder.read_journal().events).capture.swapped
    return {c.other: path for c, path in found.items()} if swapped else found
