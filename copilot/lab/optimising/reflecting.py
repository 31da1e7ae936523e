"""Asking a language model what a prompt should say instead, by what went wrong with it."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from copilot.lab.optimising.scoring import Scored
from copilot.lab.results import Produced
from copilot.lab.running.budget import RunBudget
from copilot.llm.client import LlmClient
from copilot.llm.errors import LlmError
from copilot.llm.material import Block, Line, Material, data_rule, number_for, printed
from copilot.llm.request import ChatRequest, Message, PromptRef, Purpose
from copilot.llm.result import Usage
from copilot.llm.tokens import estimate_request

#: Longest answer, as long as it fits beside what is sent.
_LONGEST = 3000
_TEMPERATURE = 0.8
#: So many proposals that were refused are told of.
_TOLD = 3

_SYSTEM = """\
You improve one part of a prompt for a language model. You are shown the prompt, and cases in which
the answers were not good enough, with what was wrong in each.

First say in two sentences what the failures have in common. Then write the part anew:
- state rules that help with cases nobody has seen yet; never copy words, names or ids of the cases
- keep every {{ name }} and {% tag %} of the part, and use no others: they are filled in later
- keep what the answer has to look like
- write plainly and briefly, in the language of the prompt
- no line may be only "system:" or "user:"

Answer in JSON:
diagnosis: what the failures have in common
text: the whole part, written anew"""


class Proposal(BaseModel):
    """What is proposed.

    Attributes:
        diagnosis: What the failures have in common.
        text: The whole part, written anew.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    diagnosis: Annotated[str, Field(max_length=4000)]
    text: Annotated[str, Field(min_length=1, max_length=60_000)]


class Reflector:
    """Asks for proposals.

    Attributes:
        failed: How often in a row there was no answer that could be used.
        trouble: Why the last time.
    """

    def __init__(self, client: LlmClient, budget: RunBudget) -> None:
        """Ask nothing yet.

        Args:
            client: Of the model that proposes.
            budget: In which its calls are counted.
        """
        self._client = client
        self._budget = budget
        self.failed = 0
        self.trouble = ""

    def propose(
        self, part: str, parts: Mapping[str, str], seen: Sequence[Scored], refused: Sequence[str]
    ) -> str:
        """The part written anew; empty where there is no answer that can be used.

        Args:
            part: ``system`` or ``user``.
            parts: The prompt as it is.
            seen: What came of some cases with it.
            refused: Why earlier proposals were of no use, the newest last.
        """
        request = self._request(part, parts, seen, refused)
        try:
            answered = self._client.ask(request).result()
        except LlmError as error:
            self._count(error.requests, error.usage)
            self.failed += 1
            self.trouble = f"{error.title}: {error.message}"
            return ""
        self._count(answered.requests, answered.usage)
        self.failed = 0
        return answered.output.text.replace("\r\n", "\n")

    def _count(self, requests: int, used: Usage) -> None:
        prices = self._client.profile.prices
        cost = None if prices is None else prices.cost(used.tokens_in, used.tokens_out)
        self._budget.count(
            Produced(
                requests=requests,
                tokens_in=used.tokens_in,
                tokens_out=used.tokens_out,
                cost=cost,
            )
        )

    def _request(
        self, part: str, parts: Mapping[str, str], seen: Sequence[Scored], refused: Sequence[str]
    ) -> ChatRequest[Proposal]:
        """As many cases as fit, those that did worst first."""
        worst = sorted(seen, key=lambda each: each.score)
        room = self._client.profile.context_tokens
        longest = min(_LONGEST, room // 3)
        for count in range(len(worst), 0, -1):
            request = _request(part, parts, worst[:count], refused, longest)
            if estimate_request(request) + longest <= room:
                return request
        return _request(part, parts, worst[:1], (), longest)


def most_of(room: int) -> tuple[int, int]:
    """Tokens sent and answered at most, for one proposal.

    Args:
        room: What the model takes, request and answer together.
    """
    longest = min(_LONGEST, room // 3)
    return room - longest, longest


def _request(
    part: str,
    parts: Mapping[str, str],
    seen: Sequence[Scored],
    refused: Sequence[str],
    longest: int,
) -> ChatRequest[Proposal]:
    material = Material(tuple(line for n, each in enumerate(seen, 1) for line in _lines(n, each)))
    number = number_for([material])
    block = printed(Block(material, number, "en"))
    told = [f"- {reason}" for reason in refused[-_TOLD:]]
    before = ["", "Earlier proposals were of no use:", *told] if told else []
    user = [
        "The system part:",
        parts["system"],
        "",
        "The user part:",
        parts["user"],
        "",
        "What came of it:",
        block,
        *before,
        "",
        f"Write the {part} part anew, as JSON.",
    ]
    system = f"{_SYSTEM}\n\n{data_rule(number, 'en')}"
    return ChatRequest(
        purpose=Purpose.REVIEW,
        messages=(Message("system", system), Message("user", "\n".join(user))),
        output=Proposal,
        temperature=_TEMPERATURE,
        max_tokens=longest,
        prompt=PromptRef("lab-optimise", ""),
    )


def _lines(number: int, scored: Scored) -> list[Line]:
    case = scored.case
    lines = [Line(f"c{number}.{key}", _plain(value)) for key, value in case.vars.items()]
    if case.expected:
        lines.append(Line(f"c{number}.right", _plain(dict(case.expected))))
    if scored.results:
        text = scored.results[0].text
        lines.append(Line(f"c{number}.output", text or "(it stays silent)"))
    faults = scored.faults or ("nothing: this one is good",)
    return [*lines, *(Line(f"c{number}.wrong", fault) for fault in faults)]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
