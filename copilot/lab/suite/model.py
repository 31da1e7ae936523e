"""A suite that was read and found in order; ``loading`` makes it from its file."""

from dataclasses import dataclass, field
from pathlib import Path

from copilot.lab.cases import Case
from copilot.lab.grid import Provider


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use; None for no limit.

    Attributes:
        requests: Most requests to language models.
        tokens: Most tokens, sent and answered together.
        cost: Most it may cost, in the currency of the profiles' prices.
    """

    requests: int | None = None
    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A prompt or some guides that a suite names.

    Attributes:
        name: As the suite says it: a prompt's name, ``installed``, ``shipped``, or a path.
        label: Short name in tables.
        path: The file or folder, where it is one.
    """

    name: str
    label: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """What is to be run.

    Attributes:
        name: The file's name without its ending.
        path: Where it lies.
        sha256: Hash of it and of every file its cases came from.
        description: One line.
        task: Name of the task.
        cases: In order; ids are unique.
        prompts: Empty for tasks without one.
        providers: Who answers.
        guides: Whose points and flags; empty for tasks without one.
        repeats: How often each case is put to a model.
        concurrency: Most requests at once.
        limits: What a run may use.
        tolerance: How much worse, 0 to 1 of the cases, counts as noise in a comparison.
        judge: Provider of the model that gives opinions, where an assertion asks for one.
    """

    name: str
    path: Path
    sha256: str
    description: str
    task: str
    cases: tuple[Case, ...]
    prompts: tuple[Choice, ...] = ()
    providers: tuple[Provider, ...] = ()
    guides: tuple[Choice, ...] = ()
    repeats: int = 1
    concurrency: int = 4
    limits: Limits = field(default_factory=Limits)
    tolerance: float = 0.0
    judge: Provider | None = None
