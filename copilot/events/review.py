"""What happens after a session has ended: someone goes through it again and changes things.

These stand in a journal of their own, ``review.jsonl``, beside the session's, which is never
touched. There, ``at_s`` goes on counting from the session's start by the wall clock, and notes,
marks, ratings and findings set by hand are the same events as in a session.
"""

from dataclasses import dataclass
from typing import Literal

from copilot.events.values import EventBase


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened(EventBase):
    """Someone sat down to review and changed something; the events that follow are theirs.

    Attributes:
        session_id: The session reviewed.
        by: Who reviews.
        opened_at: Wall-clock time, ISO 8601 with offset.
        app_version: Version of Interview Copilot.
        journal_events: How many events the session's journal held then.
        journal_head: Hash of the journal's line of that number, so that a review that belongs to
            another journal shows.
    """

    type: Literal["review_opened"] = "review_opened"
    session_id: str
    by: str
    opened_at: str
    app_version: str
    journal_events: int
    journal_head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCorrected(EventBase):
    """A reviewer corrected what an utterance says; quotes are still checked against the original.

    Attributes:
        utterance_id: Which utterance.
        text: What was really said; None takes an earlier correction back.
    """

    type: Literal["text_corrected"] = "text_corrected"
    utterance_id: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindingLifted(EventBase):
    """The machine's findings were shown to a reviewer who had not rated yet.

    Attributes:
        question: The planned question, or None for all of them.
        why: Because the reviewer wanted to see them (``asked``), because the settings hide none
            (``setting``), or because a report shows them (``report``).
    """

    type: Literal["blinding_lifted"] = "blinding_lifted"
    question: str | None
    why: Literal["asked", "setting", "report"]


ReviewEvent = ReviewOpened | TextCorrected | BlindingLifted
