"""What a call brings: the answer as a checked model, and what it took."""

from dataclasses import dataclass, field
from typing import Generic

from copilot.llm.request import Output, PromptRef


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, or of several.

    Attributes:
        tokens_in: Sent.
        tokens_out: Answered, reasoning included.
        estimated: Whether the endpoint did not say so of all of them; then they are counted high.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.estimated or other.estimated,
        )

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True, slots=True)
class Answered(Generic[Output]):
    """An answer that passed the checks of its form; what it says is not checked here.

    Attributes:
        output: The answer; not shown in a repr, because it may repeat what was said.
        model: What the endpoint calls the model that answered.
        usage: Tokens of all requests of the call.
        took_s: From asking to the checked answer, in seconds.
        prompt: Which prompt was asked with.
        repaired: Whether the first answer was not usable and it was asked again.
        requests: How many requests it took, tries that failed included.
    """

    output: Output = field(repr=False)
    model: str
    usage: Usage
    took_s: float
    prompt: PromptRef
    repaired: bool
    requests: int = 1
