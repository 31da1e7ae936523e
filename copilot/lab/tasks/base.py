"""What every task offers: from a case and a variant to an output, and what checks see of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pydantic import BaseModel

from copilot.coach.gate import GateContext
from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Decision, Produced

if TYPE_CHECKING:
    from copilot.lab.bench import Bench


#: How often a request is sent where answers break off and the whole one does not fit.
_TRIES = 4
#: Most tokens in which a model is told what is wrong with its answer.
_FAULTS = 400


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote an output rests on.

    Attributes:
        utterance_ids: Where it should stand.
        text: The words, as the output has them; empty where it rests on the utterances as a whole.
        by: What rests on it: id of a point or flag, or a sentence.
    """

    utterance_ids: tuple[str, ...]
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What checks see of an output, whatever the task.

    Attributes:
        language: Of the case.
        text: What a person would read; empty where the output stays silent.
        output: The output as JSON.
        said: What was said, by utterance id, verbatim.
        quotes: What the output rests on.
        gate: What a follow-up is checked against; None where the output is none.
        decisions: Labels beside what was said about them; none where the case has no labels.
        ready_s: Seconds of session time at which it would have stood there; None without time.
        useful_until_s: Until when it would have helped; None without time.
    """

    language: str
    text: str
    output: Any
    said: Mapping[str, str] = field(default_factory=dict)
    quotes: tuple[Quoted, ...] = ()
    gate: GateContext | None = None
    decisions: tuple[Decision, ...] = ()
    ready_s: float | None = None
    useful_until_s: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one item will use at most, without second tries.

    Attributes:
        requests: To a language model.
        tokens_in: Sent, counted high.
        tokens_out: Answered, the most that may come.
    """

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def with_second_tries(self) -> "Estimate":
        """The same where each answer has to be asked for again, which sends it back as well."""
        return Estimate(
            requests=_TRIES * self.requests,
            tokens_in=_TRIES * self.tokens_in
            + (_TRIES - 1) * (self.tokens_out + self.requests * _FAULTS),
            tokens_out=_TRIES * self.tokens_out,
        )


class Task(Protocol):
    """A task; it keeps no state, so that any worker can do any item.

    Attributes:
        name: How suites call it.
        vars: What a case gives it.
        expected: What a case may know to be right.
        prompt: Name of the prompt it uses by default; empty for tasks without one.
        guided: Whether it needs a guide.
        deterministic: Whether the same input always brings the same output; then once is enough.
        packages: Packages whose code decides what comes out, besides the prompt and the model;
            their hash is part of an item's key.
        checks: What is checked where neither suite nor case says.
    """

    name: ClassVar[str]
    vars: ClassVar[type[BaseModel]]
    expected: ClassVar[type[BaseModel]]
    prompt: ClassVar[str]
    guided: ClassVar[bool]
    deterministic: ClassVar[bool]
    packages: ClassVar[Sequence[str]]
    checks: ClassVar[Sequence[Assertion]]

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:
        """Role and language of the guides it needs for a case."""

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """All that decides what comes out, besides code and repeat, as JSON.

        Raises:
            CopilotError: The case cannot be put with this prompt or guide; it names where.
        """

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:
        """What it will use at most."""

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Do it. What goes wrong with a model or an input is told in the result.

        For several threads, and for processes on other machines: all it needs is in the item and
        the bench.
        """

    def view(self, case: Case, variant: Variant, produced: Produced, materials: Materials) -> View:
        """What checks see of an output that is there."""
