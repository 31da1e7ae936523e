"""What the lab's screens read on threads of their own, and the messages that bring it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from copilot.errors import CopilotError
from copilot.lab.labels import Label, labels_for
from copilot.lab.running.run import Run

if TYPE_CHECKING:
    from copilot.lab.comparing.model import Comparison
    from copilot.lab.measuring.model import Figures
    from copilot.lab.running.folder import ListedRun


@dataclass(frozen=True, slots=True)
class ReadRun:
    """A run ready to be shown.

    Attributes:
        run: It.
        labels: By the run's id and the item, what people said of its outputs.
    """

    run: Run
    labels: Mapping[tuple[str, str], Label]


@dataclass(frozen=True, slots=True)
class Measured:
    """A run's figures, which take longer than reading it.

    Attributes:
        figures: They.
    """

    figures: "Figures"


@dataclass(frozen=True, slots=True)
class ReadComparison:
    """Two runs ready to be shown beside each other.

    Attributes:
        a: What was before.
        b: What is compared with it.
        comparison: What became of the cases.
        labels: By the run's id and the item, what people said of both runs' outputs.
    """

    a: Run
    b: Run
    comparison: "Comparison"
    labels: Mapping[tuple[str, str], Label]


@dataclass(frozen=True, slots=True)
class RunsListed:
    """The runs there are.

    Attributes:
        runs: Newest first.
        states: By the run's id, whether it was done, stopped, cut off or is running.
        problems: What is wrong with runs that cannot be listed.
    """

    runs: "tuple[ListedRun, ...]"
    states: Mapping[str, str]
    problems: tuple[CopilotError, ...]


class Arrived(Message):
    """Something was read.

    Attributes:
        found: It.
    """

    def __init__(self, found: "RunsListed | ReadRun | Measured | ReadComparison") -> None:
        self.found = found
        super().__init__()


class NotRead(Message):
    """It cannot be read.

    Attributes:
        error: Why.
    """

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


def runs_listed() -> RunsListed:
    """The runs there are; their results are not read."""
    from copilot.lab.running.folder import list_runs  # noqa: PLC0415 - paint first

    problems: list[CopilotError] = []
    runs = list_runs(on_problem=problems.append)
    return RunsListed(runs, {each.path.name: each.state for each in runs}, tuple(problems))


def run_read(path: Path) -> ReadRun:
    """A run with what people said of it.

    Raises:
        CopilotError: It, or the file of the labels, cannot be read.
    """
    from copilot.lab.running.folder import read_run  # noqa: PLC0415 - paint first

    run = read_run(path)
    return ReadRun(run, _labels(run))


def measured(run: Run) -> Measured:
    """The figures of a run."""
    from copilot.lab.measuring.figures import figures  # noqa: PLC0415 - loads numpy: paint first

    return Measured(figures(run))


def comparison_read(a: Path, b: Path, variants: tuple[str, str] | None = None) -> ReadComparison:
    """Two runs and what became of the cases.

    Args:
        a: Folder of what was before.
        b: Folder of what is compared with it.
        variants: Ids of the variant of A and of B; those of the same id by default.

    Raises:
        CopilotError: One of them cannot be read, or they cannot be compared.
    """
    from copilot.lab.comparing.making import compare  # noqa: PLC0415 - loads numpy: paint first
    from copilot.lab.running.folder import read_run  # noqa: PLC0415

    before, after = read_run(a), read_run(b)
    labels = _labels(before) | _labels(after)
    return ReadComparison(before, after, compare(before, after, variants=variants), labels)


def _labels(run: Run) -> dict[tuple[str, str], Label]:
    return {(run.record.id, item): label for item, label in labels_for(run).items()}
