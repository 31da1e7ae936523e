"""``match --explain``: why each finding is what it is, for people."""

import sys
import textwrap
from collections.abc import Iterator, Sequence

from copilot.matching.explaining import Considered, Explanation

_WIDTH = 100


def print_explained(answer_id: str, explained: Sequence[Explanation]) -> None:
    """Print one block a target."""
    blocks = [f"answer {answer_id}", *("\n".join(_lines(one)) for one in explained)]
    sys.stdout.write("\n\n".join(blocks) + "\n")


def _lines(explanation: Explanation) -> Iterator[str]:
    finding = explanation.finding
    state = finding.state.replace("_", " ")
    yield f"{finding.kind} {finding.id}: {state} ({finding.confidence:.2f})"
    yield f"  because {explanation.rule}"
    if finding.evidence is not None:
        yield from _wrapped(f"“{finding.evidence.quote}”", "  ")
    for considered in explanation.considered:
        yield from _passage(considered)


def _passage(considered: Considered) -> Iterator[str]:
    yield from _wrapped(f"- {considered.text}", "  ", "    ")
    verdict = f"says {considered.says:.2f}, denies {considered.denies:.2f}"
    quick = f"quick look says {considered.quick_says:.2f}, denies {considered.quick_denies:.2f}"
    yield f"    {verdict}; {quick}"
    if not considered.read:
        yield "    not worth a closer look"
        return
    likely = sorted(considered.read.items(), key=lambda item: -item[1])
    classes = ", ".join(f"{name} {value:.2f}" for name, value in likely)
    yield from _wrapped(f"closer look: {classes}; read with “{considered.example}”", "    ")
    if considered.rivals:
        rivals = ", ".join(f"{name} {value:.2f}" for name, value in considered.rivals)
        yield f"    rivals that it says: {rivals}"


def _wrapped(text: str, first: str, further: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=first if further is None else further
    )
