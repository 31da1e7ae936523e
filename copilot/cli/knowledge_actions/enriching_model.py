"""Having a language model propose what a guide lacks: asking before text leaves, and progress."""

import sys
from collections.abc import Sequence

from copilot.cli.sending import ask_whether_to_send
from copilot.guides.editing.edits import Proposal
from copilot.guides.enriching.by_model.proposing import propose_by_model
from copilot.guides.enriching.by_model.told import Made, Told
from copilot.guides.enriching.gaps import Gap
from copilot.guides.enriching.waiting import Waiting
from copilot.knowledge.loading import find_guide
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.profile import Profile


def proposed(
    waiting: Waiting, gaps: Sequence[Gap], profile: Profile, send_to: str | None, *, keep: bool
) -> list[Proposal]:
    """What the model proposes for ``gaps``, as far as code lets it pass.

    Args:
        waiting: The guide, or the overlay.
        gaps: What it is asked for, in this order.
        profile: The model.
        send_to: A host to which text may go without asking.
        keep: Whether each proposal waits in its file as soon as it is made.

    Raises:
        UsageError: The text may not be sent there.
        LlmError: The model cannot be asked.
    """
    _ask_whether_to_send(waiting, gaps, profile, send_to)

    def note(told: Told) -> None:
        # Whoever stops it half-way has paid for what was made until then.
        if keep and isinstance(told, Made):
            waiting.keep([told.proposal])

    other = None if waiting.overlay is None else waiting.overlay.laid_over(waiting.guide)
    with LlmClient(profile, Budget.of(profile)) as client:
        return propose_by_model(waiting.guide, gaps, client, _tell, other=other, note=note)


def _ask_whether_to_send(
    waiting: Waiting, gaps: Sequence[Gap], profile: Profile, send_to: str | None
) -> None:
    items = len({gap.item for gap in gaps})
    what = (
        f"the texts of {items} items of {waiting.role}"
        if items > 1
        else f"a part of {waiting.role}"
    )
    taken = _from_interviews(waiting)
    more = f"{taken} of its sentences were taken over from interviews.\n" if taken else ""
    other = "Without a language model: --worksheet FILE.md"
    ask_whether_to_send(profile, what, send_to, more=more, other=other)


def _from_interviews(waiting: Waiting) -> int:
    """How many sentences of the guide, or its overlay, bear an interview as their origin."""
    files = find_guide(waiting.role)
    texts = [path.read_text("utf-8") for path in (files.guide, *files.overlays.values())]
    return sum(text.count("interview:") for text in texts)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
