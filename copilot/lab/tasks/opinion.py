"""The task ``opinion``: a language model says whether a criterion holds of an output.

Checks of the kind ``llm-rubric`` ask it about outputs of other tasks. As a suite's own task it
tries out the model that gives opinions, and the prompt they are asked with.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from copilot.knowledge.guide import Language
from copilot.lab.bench import profile_of, prompt_of
from copilot.lab.cases import Assertion, Case, LabModel
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Estimate, Task, View
from copilot.llm.errors import LlmError
from copilot.llm.inputs import OpinionInputs
from copilot.llm.material import Line, Material
from copilot.llm.outputs import Opinion
from copilot.llm.prompt_file import parse_prompt
from copilot.llm.prompts import render
from copilot.llm.request import ChatRequest
from copilot.llm.tokens import estimate_request

if TYPE_CHECKING:
    from copilot.lab.bench import Bench

_Text = Annotated[str, Field(min_length=1)]


class SaidLine(LabModel):
    """What was said, an utterance each.

    Attributes:
        id: The utterance's.
        text: Verbatim.
    """

    id: _Text
    text: str


class OpinionVars(LabModel):
    """An output and what has to hold of it.

    Attributes:
        language: Of the output, ``en`` or ``fr``; it decides which prompt is used.
        criterion: What has to hold.
        question: The interview's question in words; empty where there is none.
        said: What was said.
        judged: The output.
    """

    language: Language
    criterion: _Text
    question: str = ""
    said: tuple[SaidLine, ...] = ()
    judged: _Text


class OpinionExpected(LabModel):
    """What people say.

    Attributes:
        verdict: Whether the criterion holds; empty where nobody said.
    """

    verdict: Literal["yes", "no", ""] = ""


class OpinionTask:
    """Asks for one opinion; see ``Task``."""

    name: ClassVar[str] = "opinion"
    vars: ClassVar[type[BaseModel]] = OpinionVars
    expected: ClassVar[type[BaseModel]] = OpinionExpected
    prompt: ClassVar[str] = "opinion"
    guided: ClassVar[bool] = False
    deterministic: ClassVar[bool] = False
    packages: ClassVar[Sequence[str]] = ("copilot.llm", "copilot.lab.tasks.opinion")
    checks: ClassVar[Sequence[Assertion]] = (Assertion(type="right"),)

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - needs none
        """None."""
        return ()

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is sent, and to whom.

        Raises:
            CopilotError: The case cannot be put with this prompt.
        """
        request = _request(case, variant, materials)
        profile = profile_of(materials, variant.provider)
        return {
            "messages": [dataclasses.asdict(message) for message in request.messages],
            "temperature": request.temperature,
            "max_tokens": request.max_tokens,
            "url": profile.url,
            "model": profile.model,
            "config": dict(variant.provider.config),
        }

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:
        """One request."""
        request = _request(case, variant, materials)
        return Estimate(1, estimate_request(request), request.max_tokens)

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Ask."""
        request = _request(item.case, item.variant, bench.materials)
        client = bench.client(item.variant.provider)
        try:
            answered = client.ask(request).result()
        except LlmError as error:
            return Produced(error=str(error), error_kind=type(error).__name__, requests=1)
        usage, prices = answered.usage, client.profile.prices
        return Produced(
            output=answered.output.model_dump(mode="json"),
            model=answered.model,
            took_s=answered.took_s,
            requests=2 if answered.repaired else 1,
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            estimated=usage.estimated,
            cost=None if prices is None else prices.cost(usage.tokens_in, usage.tokens_out),
            repaired=answered.repaired,
        )

    def view(
        self,
        case: Case,
        variant: Variant,  # noqa: ARG002 - the same for all
        produced: Produced,
        materials: Materials,  # noqa: ARG002 - holds nothing more of it
    ) -> View:
        """The verdict with its reason; a decision where people said what is right."""
        given = OpinionVars.model_validate(case.vars)
        opinion = Opinion.model_validate(produced.output)
        return View(
            language=given.language,
            text=f"{opinion.verdict}: {opinion.reason}",
            output=produced.output,
            said={line.id: line.text for line in given.said},
            decisions=_decisions(case, opinion),
        )


def _decisions(case: Case, opinion: Opinion) -> tuple[Decision, ...]:
    right = OpinionExpected.model_validate(case.expected).verdict
    if not right:
        return ()
    return (
        Decision(
            kind="sentence",
            label=right,
            state=opinion.verdict,
            shown=opinion.verdict == "yes",
            right=right == "yes",
        ),
    )


def _request(case: Case, variant: Variant, materials: Materials) -> ChatRequest[Opinion]:
    given = OpinionVars.model_validate(case.vars)
    text = prompt_of(materials, variant, given.language)
    prompt = parse_prompt(Path(text.path), text.text.encode())
    question = (Line("q1", given.question),) if given.question else ()
    request = render(
        prompt,
        OpinionInputs(
            language=given.language,
            criterion=given.criterion,
            question=Material(question),
            answer=Material(tuple(Line(said.id, said.text) for said in given.said)),
            judged=Material(tuple(Line(f"o{n}", line) for n, line in _lines(given.judged))),
        ),
    )
    config: Mapping[str, Any] = variant.provider.config
    return dataclasses.replace(
        request,
        temperature=config.get("temperature", request.temperature),
        max_tokens=config.get("max_tokens", request.max_tokens),
    )


def _lines(text: str) -> list[tuple[int, str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    return list(enumerate(lines, 1))


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {OpinionTask.name: OpinionTask()}
