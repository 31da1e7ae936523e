"""What ``knowledge enrich`` prints: what is missing, proposals, and their change of the file."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from copilot.cli.json_output import print_json
from copilot.guides.editing.edits import Proposal, shown
from copilot.guides.enriching.gaps import Gap, GapKind, item_of
from copilot.guides.enriching.preview import Preview
from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.worksheets.sheet import title_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal to be shown.

    Attributes:
        proposal: It.
        said: How it was said before it was made anonymous; empty for others.
    """

    proposal: Proposal
    said: str = ""


#: So many items are told of; the rest is counted.
_TOLD = 12
#: A line that only shows where a change is need not be whole.
_WIDTH = 74
_ONE = {
    GapKind.DENIALS: "1 denial",
    GapKind.NEAR_MISSES: "1 near miss",
    GapKind.PROBES: "1 probe",
    GapKind.PHRASINGS: "1 phrasing",
    GapKind.PROPOSITIONS: "1 proposition",
}


def tell_gaps(waiting: Waiting, gaps: Sequence[Gap]) -> None:
    """What a guide lacks, most needed first."""
    items = [(item, list(found)) for item, found in groupby(gaps, key=lambda gap: gap.item)]
    if not items:
        sys.stdout.write(f"{waiting.path.name} lacks nothing that can be counted.\n")
        return
    texts = sum(gap.wanted for gap in gaps)
    sys.stdout.write(f"{waiting.path.name}: {texts} texts are missing, most needed first:\n")
    for item, found in items[:_TOLD]:
        wanted = ", ".join(map(_wanted, found))
        title = title_of(waiting.guide, item, waiting.overlay)
        sys.stdout.write(f"  {title}: {wanted}\n")
    if len(items) > _TOLD:
        sys.stdout.write(f"  … and {len(items) - _TOLD} more\n")


def heading(waiting: Waiting, proposal: Proposal) -> str:
    """Where a proposal belongs, in the guide's words, and why it is needed."""
    title = title_of(waiting.guide, item_of(proposal.edit.place), waiting.overlay)
    return f"{title}: {proposal.why}"


def list_proposals(waiting: Waiting, proposals: Sequence[Shown]) -> None:
    """One paragraph each, for people."""
    for each in proposals:
        proposal = each.proposal
        sys.stdout.write(f"{shown(proposal.edit.place)}\n")
        sys.stdout.write(f"  {heading(waiting, proposal)}\n")
        if each.said:
            sys.stdout.write(f"  said: {each.said}\n")
        for line in _lines(proposal.edit.value):
            sys.stdout.write(f"  + {line}\n")
        if proposal.doubt:
            sys.stdout.write(f"  ? {proposal.doubt}\n")


def write_preview(preview: Preview) -> None:
    """The change as lines of the YAML file."""
    sys.stderr.write(f"  {preview.path}:{preview.line}\n")
    if preview.before.strip():
        sys.stderr.write(f"    {_shortened(preview.before)}\n")
    for line in preview.gone:
        sys.stderr.write(f"  - {line}\n")
    for line in preview.come:
        sys.stderr.write(f"  + {line}\n")


def as_json(proposal: Proposal, state: str) -> dict[str, Any]:
    """A proposal for machines; ``state`` is waiting, accepted or proposed."""
    return {
        "place": list(proposal.edit.place),
        "action": proposal.edit.action.value,
        "value": proposal.edit.value,
        "origin": proposal.origin,
        "why": proposal.why,
        "doubt": proposal.doubt,
        "state": state,
    }


def print_result(
    waiting: Waiting, proposals: Sequence[dict[str, Any]], problems: Sequence[str]
) -> None:
    """Everything for machines, as one object."""
    print_json(
        {
            "role": waiting.role,
            "language": waiting.language or waiting.guide.language,
            "file": str(waiting.path),
            "proposals": list(proposals),
            "problems": list(problems),
        }
    )


def counted(count: int, one: str, many: str = "") -> str:
    """``1 proposal``, ``2 proposals``."""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"


def _shortened(line: str) -> str:
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1].rstrip()}…"


def _wanted(gap: Gap) -> str:
    if gap.wanted == 1:
        return _ONE.get(gap.kind, gap.kind.value)
    return f"{gap.wanted} {gap.kind.value}"


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}: {text}" for key, text in value.items()]
    return [str(value)]
