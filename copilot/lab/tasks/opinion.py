"""The task ``opinion``: a language model says whether a criterion holds of an output.

Checks of the kind ``llm-rubric`` ask it about outputs of other tasks. As a suite's own task it
tries out the model that gives opinions, and the prompt they are asked with.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from copilot.knowledge.guide import Language
from copilot.lab.cases import Assertion, Case, LabModel
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Estimate, Task, View
from copilot.lab.tasks.model_task import (
    Asker,
    estimate_of,
    fingerprint_of,
    produced_by,
    prompt_for,
    requests_of,
)
from copilot.llm.inputs import OpinionInputs
from copilot.llm.material import Line, Material
from copilot.llm.outputs import Opinion
from copilot.llm.request import ChatRequest

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
    packages: ClassVar[Sequence[str]] = (
        "copilot.llm",
        "copilot.lab.tasks.opinion",
        "copilot.lab.tasks.model_task",
    )
    checks: ClassVar[Sequence[Assertion]] = (Assertion(type="right"),)

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - needs none
        """None."""
        return ()

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is sent, and to whom.

        Raises:
            CopilotError: The case cannot be put with this prompt.
        """
        return fingerprint_of([_request(case, variant, materials)], variant, materials)

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:
        """One request."""
        return estimate_of([_request(case, variant, materials)])

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Ask."""

        def work(asker: Asker) -> Any:
            request = _request(item.case, item.variant, bench.materials)
            return asker.ask(request).output.model_dump(mode="json")

        return produced_by(item, bench, work)

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
    question = (Line("q1", given.question),) if given.question else ()
    inputs = OpinionInputs(
        language=given.language,
        criterion=given.criterion,
        question=Material(question),
        answer=Material(tuple(Line(said.id, said.text) for said in given.said)),
        judged=Material(tuple(Line(f"o{n}", line) for n, line in _lines(given.judged))),
    )
    prompt = prompt_for(variant, materials, given.language)
    (request,) = requests_of(prompt, [inputs], variant.provider)
    return request


def _lines(text: str) -> list[tuple[int, str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    return list(enumerate(lines, 1))


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {OpinionTask.name: OpinionTask()}
