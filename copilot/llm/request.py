"""What is asked of a language model: messages, and the shape of the answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

Output = TypeVar("Output", bound=BaseModel)


class Purpose(StrEnum):
    """What a call is for; it decides how long one waits."""

    LIVE = "live"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class PromptRef:
    """Which prompt file a request was rendered from.

    Attributes:
        name: Its name, ``follow_up`` for example.
        sha256: Hash of the file's content.
    """

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ChatRequest(Generic[Output]):
    """One call.

    Attributes:
        purpose: What it is for.
        messages: What is sent, system first.
        output: What the answer must be.
        temperature: Of sampling.
        max_tokens: Longest answer.
        prompt: Where the messages come from.
    """

    purpose: Purpose
    messages: tuple[Message, ...]
    output: type[Output]
    temperature: float
    max_tokens: int
    prompt: PromptRef
