"""Asking a language model about guides: one call at a time, broken off where nobody waits."""

from dataclasses import dataclass

from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import Pack, joined
from copilot.llm.client import Asks
from copilot.llm.inputs import Inputs
from copilot.llm.prompts import PromptLibrary
from copilot.llm.request import Output
from copilot.llm.result import Answered, Usage


@dataclass(frozen=True, slots=True)
class Answering:
    """A model gave an answer that has the right shape; nothing is said of what it holds.

    Attributes:
        model: What the endpoint calls it.
        usage: Tokens it took.
    """

    model: str
    usage: Usage


def answer(
    client: Asks, library: PromptLibrary, name: str, inputs: Inputs[Output]
) -> Answered[Output]:
    """What the model answers; waits for it.

    Args:
        client: Asks it.
        library: Where the prompt is.
        name: The prompt's name.
        inputs: What it is told.

    Raises:
        LlmError: There is no answer that can be used.
        PromptError: The prompt file is broken.
        UsageError: There is no such prompt.
    """
    call = client.ask(library.request(name, inputs))
    try:
        return call.result()
    finally:
        # Whoever interrupts the waiting wants the answer no more; it is done in any other case.
        call.cancel()


def every_topic() -> Pack:
    """What may not be asked under any law there is a pack for."""
    return joined(every_pack())
