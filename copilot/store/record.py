"""``session.json``: what a session's folder says of itself."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from copilot.events import CaptureKind


class SessionRecord(BaseModel):
    """``session.json``: what the list of sessions shows without reading a journal.

    Attributes:
        format: Version of the folder's layout.
        id: The session's id, which is also the folder's name.
        role: The guide's id.
        title: The role's name.
        language: Language of the interview.
        source: Where the sound came from, in words for people.
        capture: How it heard; None in records of versions that did not say.
        started_at: Wall-clock start, ISO 8601.
        app_version: Version that recorded it.
        alias: What the human calls the candidate instead of a name; None where nothing was said.
        ended: How it ended; None while it runs or when it was interrupted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    class End(BaseModel):
        """A clean end.

        Attributes:
            ended_at: Wall-clock end, ISO 8601.
            duration_s: Length of the session in seconds.
            events: How many events the journal holds.
            journal_head: Hash of the journal's last line, so that a missing tail shows.
        """

        model_config = ConfigDict(extra="forbid", frozen=True)

        ended_at: str
        duration_s: float
        events: int
        journal_head: str

    format: Literal[1] = 1
    id: str
    role: str
    title: str
    language: str
    source: str
    capture: CaptureKind | None = None
    started_at: str
    app_version: str
    alias: str | None = None
    ended: End | None = None
