"""Cases: what a task is given, what is known to be right, and what is to be checked."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

#: Part of the cases: to tune on, to choose by, and to look at once at the end.
Split = Literal["train", "dev", "test"]


class LabModel(BaseModel):
    """Base of what the lab writes to disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Assertion(LabModel):
    """One thing that has to hold of an answer; the keys are promptfoo's.

    Attributes:
        type: Name of the check, with ``not-`` before it for the opposite.
        value: What the check wants, such as a text, a number or a list; None where it wants none.
        threshold: From which score on it has passed; None for the check's own.
        metric: Name under which it is counted; by default ``type``.
        weight: Whether it counts towards the case: 0 only shows it.
    """

    type: str
    value: Any = None
    threshold: float | None = None
    metric: str = ""
    weight: float = 1.0

    @property
    def name(self) -> str:
        """What it is called in results."""
        return self.metric or self.type


class Case(LabModel):
    """One test of a suite.

    Attributes:
        id: Unique in its suite and stable from run to run; comparisons pair by it.
        task: Name of the task.
        vars: What the task is given; valid for the task's ``Vars``.
        expected: What is known to be right; valid for the task's ``Expected``; empty where unknown.
        asserts: What is checked, the suite's defaults included.
        group: What must not be torn apart when cases are split or drawn, such as the question, so
            that nothing is learned from the answers it is tested on.
        split: Which part it belongs to.
        metadata: For people and filters.
        origin: Where it comes from: ``FILE:LINE``, or ``session ID#UTTERANCE``.
        session: Id of the stored session it was taken from; empty where it is none's.
    """

    id: str
    task: str
    vars: Mapping[str, Any]
    expected: Mapping[str, Any] = Field(default_factory=dict)
    asserts: tuple[Assertion, ...] = ()
    group: str = ""
    split: Split = "dev"
    metadata: Mapping[str, str] = Field(default_factory=dict)
    origin: str = ""
    session: str = ""
