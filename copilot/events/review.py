"""What happens after a session has ended: someone goes through it again and changes things.

These stand in a journal of their own, ``review.jsonl``, beside the session's, which is never
touched. There, ``at_s`` goes on counting from the session's start by the wall clock, and notes,
marks, ratings and findings set by hand are the same events as in a session.
"""

from dataclasses import dataclass
from typing import Literal

from copilot.events.values import AnsweredBy, Channel, EventBase, Value


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
class SpeakerCorrected(EventBase):
    """A reviewer corrected who said an utterance.

    What the machine found in words that turn out not to be the candidate's does not stand any more.

    Attributes:
        utterance_id: Which utterance.
        channel: Who really said it; None takes an earlier correction back.
    """

    type: Literal["speaker_corrected"] = "speaker_corrected"
    utterance_id: str
    channel: Channel | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapSentence(Value):
    """A sentence of a recap, and what it rests on.

    Attributes:
        text: What was said, in other words.
        utterance_ids: The candidate's utterances that code found it supported by; never empty.
    """

    text: str
    utterance_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapPart(Value):
    """The recap of one answer.

    Attributes:
        question: The planned question.
        sentences: What was said, in order.
    """

    question: str
    sentences: tuple[RecapSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedSentences(Value):
    """How many sentences of a recap a check left out.

    Attributes:
        check: The check's name.
        count: How many.
    """

    check: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapWritten(EventBase):
    """A language model put the answers into prose; a later recap in a language stands instead.

    Attributes:
        language: The recap's language, ``en`` or ``fr``.
        parts: What of it passed the checks, question by question.
        proposed: How many sentences the model wrote.
        dropped: What the checks left out, by check.
        unread: The questions whose answers, or parts of them, the model gave nothing usable for.
        answered_by: The model, and the prompt that was used.
        goes_to: The host that the text was sent to; empty where it is this machine.
        tokens_in: Tokens sent; counted high where the endpoint does not say.
        tokens_out: Tokens answered.
    """

    type: Literal["recap_written"] = "recap_written"
    language: str
    parts: tuple[RecapPart, ...]
    proposed: int
    dropped: tuple[DroppedSentences, ...]
    unread: tuple[str, ...]
    answered_by: AnsweredBy
    goes_to: str
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubmitted(EventBase):
    """A rater of a panel handed their ratings in; what they change after that shows as later.

    Attributes:
        panel: The panel's name.
        by: Under which name.
        sha256: Hash of the bundle that was handed in, hexadecimal.
    """

    type: Literal["review_submitted"] = "review_submitted"
    panel: str
    by: str
    sha256: str


ReviewEvent = (
    ReviewOpened
    | TextCorrected
    | SpeakerCorrected
    | BlindingLifted
    | RecapWritten
    | ReviewSubmitted
)
