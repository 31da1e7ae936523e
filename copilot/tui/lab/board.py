"""What the screen of a case needs to know, be it of one run or of two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.content import Content

from copilot.lab.cases import Case
from copilot.lab.grid import PromptText
from copilot.lab.labels import Label, output_hash
from copilot.lab.results import Result
from copilot.lab.running.run import Run


@dataclass(frozen=True, slots=True)
class Output:
    """What came out for a case, once.

    Attributes:
        run: Where it stands.
        result: It.
        name: What it is called above its column; by default its variant.
    """

    run: Run
    result: Result
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.result.variant

    def prompt(self, language: str) -> PromptText | None:
        """The prompt it was asked with; None where there was none."""
        variant = next(
            (each for each in self.run.record.variants if each.id == self.result.variant), None
        )
        if variant is None or not variant.prompt_sha256:
            return None
        hashes = variant.prompt_sha256
        wanted = hashes.get(language) or next(iter(hashes.values()))
        return self.run.materials.prompts.get(wanted)


class LabelBook:
    """What people said of the outputs that are shown; kept up while labels are given."""

    def __init__(self, labels: Mapping[tuple[str, str], Label]) -> None:
        """Begin with what was read.

        Args:
            labels: By the run's id and the item.
        """
        self._labels = dict(labels)

    def of(self, output: Output) -> Label | None:
        """What was said of an output; None for nothing."""
        return self._labels.get(_place(output))

    def of_run(self, run_id: str) -> Mapping[str, Label]:
        """What was said of a run's outputs, by item."""
        return {item: label for (run, item), label in self._labels.items() if run == run_id}

    def take(self, label: Label, outputs: Sequence[Output]) -> None:
        """Let a new label hold for each of a case's outputs that is the same."""
        for output in outputs:
            produced = output.result.produced
            if produced.failed or output_hash(produced.output) != label.output_sha256:
                continue
            if label.verdict == "clear":
                self._labels.pop(_place(output), None)
            else:
                self._labels[_place(output)] = label


def _place(output: Output) -> tuple[str, str]:
    return output.run.record.id, output.result.item


class Board(Protocol):
    """Cases in an order, each with what came out of it.

    Attributes:
        labels: What people said of the outputs.
    """

    labels: LabelBook

    @property
    def keys(self) -> Sequence[str]:
        """The rows one walks through."""

    def case(self, key: str) -> Case:
        """The case of a row."""

    def outputs(self, key: str) -> Sequence[Output]:
        """What came out, what was before first."""

    def differs(self, key: str) -> bool:
        """Whether it went otherwise in one than in another."""

    def remark(self, key: str) -> Content:
        """How the row went, on a line or two."""


class ChosenBoard(Board, Protocol):
    """A board of which a filter and a search let some rows through."""

    def choose(self, search: str) -> None:
        """Choose the rows anew, by the filter and a text that has to stand in them."""

    def step_filter(self, by: int) -> None:
        """Take another filter, so many on; round the end."""
