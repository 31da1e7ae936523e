"""What a merged panel says: one model of the data, which every form of it is made from."""

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from copilot.events.values import Value
from copilot.review.opinions import Opinion
from copilot.review.panel.standing import State

#: Why raters should talk: ratings two or more apart, one rated where another could not tell, or
#: one recommends what another advises against.
Talk = Literal["far_apart", "cannot_tell", "opposite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRater(Value):
    """A rater and how their ratings came here.

    Attributes:
        rater: Who.
        state: ``missing``, ``withdrawn``, ``sealed`` or ``open``.
        handed_in: When, each time, ISO 8601.
        withdrawn: When they took something back, each time.
        seen: Whose ratings were open when they handed in what counts.
        incomplete: Whether they left questions that were asked unjudged.
        session_id: Their session; empty where nothing is open.
        started_at: When its interview began.
        guide_sha256: The guide's hash.
        notes: Their notes, where they handed them in.
    """

    rater: str
    state: State
    handed_in: tuple[str, ...]
    withdrawn: tuple[str, ...]
    seen: tuple[str, ...]
    incomplete: bool
    session_id: str
    started_at: str
    guide_sha256: str
    notes: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedCell(Value):
    """What one rater judged of one thing.

    Attributes:
        rater: Who.
        known: Whether it stood in their plan or guide at all.
        asked: Whether it was asked; None for what is no question.
        opinion: What stands of what they handed in last; None where they said nothing.
        earlier: What they judged before that, in order.
        first: What they handed in first, where that is something else; a later change.
        changed: Whether what they handed in last is not what they handed in first.
        after_findings: Whether they first judged it after the machine's findings were shown.
    """

    rater: str
    known: bool
    asked: bool | None
    opinion: Opinion | None
    earlier: tuple[Opinion, ...]
    first: Opinion | None
    changed: bool
    after_findings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedItem(Value):
    """A question, a competency or the whole, as all judged it.

    Attributes:
        kind: Which of them.
        id: Its id; empty for the whole.
        label: A few words for it; empty for the whole.
        cells: One a rater whose ratings are open, in the panel's order.
        talk: Why raters should talk about it; empty where they see it alike.
    """

    kind: Literal["question", "competency", "recommendation"]
    id: str
    label: str
    cells: tuple[MergedCell, ...]
    talk: tuple[Talk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedCandidate(Value):
    """A candidate; ``items`` holds questions in plan order, competencies, then the whole."""

    candidate: str
    raters: tuple[MergedRater, ...]
    items: tuple[MergedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Value):
    """A panel; candidates by name.

    Attributes:
        format: Version of this form.
        panel: The panel's name.
        panel_id: Its id.
        role: The guide's id.
        candidates: Everyone for whom anything was handed in.
        problems: Which files could not be used, and why.
    """

    type: Literal["panel_merged"] = "panel_merged"
    format: Literal[1] = 1
    panel: str
    panel_id: str
    role: str
    candidates: tuple[MergedCandidate, ...]
    problems: tuple[str, ...]


_adapter: TypeAdapter[Merged] = TypeAdapter(Merged)


def merged_to_json(merged: Merged) -> bytes:
    """The merged panel as indented UTF-8 JSON with a newline at its end."""
    return _adapter.dump_json(merged, indent=2) + b"\n"
