"""Rewriting the events of a session: every text in them, and nothing that holds them together."""

import dataclasses
import enum
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from copilot.coach.words import word_set
from copilot.events import (
    Event,
    Evidence,
    NoteTaken,
    RecapWritten,
    ReviewSubmitted,
    TextCorrected,
    Utterance,
    UtteranceHeard,
)
from copilot.review.anonymising.patterns import Kind
from copilot.review.anonymising.replacing import Replacer

E = TypeVar("E", bound=Event)

#: What stands where the sound of the original came from.
SOURCE = "anonymised copy"

#: Fields that hold no words of anybody's: ids, hashes, versions, names of models and guides.
#: Every other text is rewritten, so that a kind of event added later is not forgotten.
_KEPT = word_set(
    "id type role sha256 prompt_sha256 version question target language app_version prompt "
    "utterance_id utterance_ids suggestion_id topic packs laws competency competencies model name "
    "purpose unread journal_head"
)
_TIMES = frozenset({"started_at", "opened_at", "resumed_at"})

#: Fields that name one thing as a whole.
_NAMING = {
    "by": Kind.PERSON,
    "panel": Kind.NAME,
    "device": Kind.DEVICE,
    "text_goes_to": Kind.HOST,
    "sound_goes_to": Kind.HOST,
    "llm_goes_to": Kind.HOST,
    "goes_to": Kind.HOST,
}


class Rewriter:
    """Rewrites the events of one session."""

    def __init__(
        self, replacer: Replacer, said: Mapping[str, Utterance], session_id: str, moment: str
    ) -> None:
        """Remember what replaces what.

        Args:
            replacer: Replaces in texts.
            said: The utterances as they were heard, by their ids.
            session_id: The copy's id.
            moment: What stands for every wall-clock time, ISO 8601.
        """
        self._replacer = replacer
        self._said = said
        self._instead = {
            "session_id": session_id,
            "source": SOURCE,
            **dict.fromkeys(_TIMES, moment),
        }

    def event(self, event: E) -> E:
        """The event as the copy has it."""
        made = self._fields(event)
        if isinstance(event, ReviewSubmitted):
            # The hash is that of a bundle with everything in it, by which it could be found again.
            made = dataclasses.replace(made, sha256="0" * 64)
        return cast("E", made)

    def _fields(self, value: Any) -> Any:
        changed = {
            field.name: self._value(field.name, getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, Utterance):
            return self._replacer.utterance(value)
        if isinstance(value, Evidence):
            return self._replacer.evidence(value, self._said)
        if isinstance(value, tuple):
            return tuple(self._value(name, item) for item in value)
        if isinstance(value, str) and not isinstance(value, enum.Enum):
            return self._text(name, value)
        return self._fields(value) if dataclasses.is_dataclass(value) else value

    def _text(self, name: str, text: str) -> str:
        if not text or name in _KEPT:
            return text
        if name in self._instead:
            return self._instead[name]
        if name in _NAMING:
            return self._replacer.named(_NAMING[name], text)
        return self._replacer.text(text)


def free_texts(event: Event) -> list[str]:
    """What somebody said or wrote in an event, in which names are looked for."""
    match event:
        case UtteranceHeard():
            return [event.utterance.text]
        case NoteTaken():
            return [event.text]
        case TextCorrected():
            return [event.text or ""]
        case RecapWritten():
            return [sentence.text for part in event.parts for sentence in part.sentences]
        case _:
            reason = getattr(event, "reason", "")
            is_human = event.type in ("question_rated", "competency_rated", "recommended")
            return [reason] if is_human and reason else []
