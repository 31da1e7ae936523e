"""What the tests of the client share: a question, what it may be answered, and whom to ask."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile, profile
from copilot.llm.request import ChatRequest, Message, PromptRef, Purpose

#: What no log and no error may hold.
SAID = "our rollback plan was a prayer"
KEY = "sk-very-secret-7f3a"
#: Nobody waits between tries.
QUICK = Patience(pause_s=0.0)


class Word(BaseModel):
    """The smallest answer there is."""

    model_config = ConfigDict(extra="forbid")

    word: str = Field(max_length=30)


def question(
    purpose: Purpose = Purpose.LIVE, text: str = SAID, max_tokens: int = 64
) -> ChatRequest[Word]:
    """A request that is answered by ``{"word": …}``."""
    return ChatRequest(
        purpose=purpose,
        messages=(Message("system", "Answer in JSON."), Message("user", text)),
        output=Word,
        temperature=0.2,
        max_tokens=max_tokens,
        prompt=PromptRef("toy", "ab" * 32),
    )


def toy(url: str, **changes: Any) -> Profile:
    """A profile of the server at ``url``."""
    return profile("toy", url, "toy", **changes)


def client_of(url: str, *, patience: Patience = QUICK, **changes: Any) -> LlmClient:
    """A client of the server at ``url``."""
    chosen = toy(url)
    return LlmClient(chosen, changes.pop("budget", Budget.of(chosen)), patience=patience, **changes)
