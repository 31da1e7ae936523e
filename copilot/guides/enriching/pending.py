"""Proposals that wait for a human: kept in the data folder, shown by the terminal and the app.

What is accepted stands in the guide before it leaves those waiting: whoever ends the program at any
moment loses nothing, and a proposal whose text already stands in the guide waits no longer.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from copilot.guides.editing.edits import Proposal
from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.waiting_file import waiting_roles


def pending_roles() -> list[tuple[str, str | None]]:
    """The roles that have proposals waiting, each with the language where they are an overlay's."""
    return waiting_roles()


def load_pending(role: str, language: str | None = None) -> list[Proposal]:
    """The proposals waiting for a role, most needed first.

    What stands in the guide by now, has no place there any more or was refused is left out.

    Args:
        role: The guide's id.
        language: None for the guide's own texts, else the overlay's.

    Raises:
        UsageError: There is no such guide.
        GuideError: The guide cannot be read, or the file of proposals.
    """
    return Waiting(role, language).proposals()


def keep_pending(
    role: str, proposals: Iterable[Proposal], language: str | None = None
) -> list[Proposal]:
    """Let proposals wait beside those that do already; returns those that are new.

    Raises:
        UsageError: There is no such guide.
        GuideError: The guide cannot be read, or the file of proposals.
        StorageError: The disk refused.
    """
    return Waiting(role, language).keep(proposals)


def accept(
    role: str, proposal: Proposal, language: str | None = None, *, edited: Any = None
) -> Path:
    """Write a proposal into the guide, and let it wait no longer.

    A shipped guide is copied into the user's own folder first.

    Args:
        role: The guide's id.
        proposal: One of those waiting, or any other.
        language: None for the guide's own texts, else the overlay's, which is made if missing.
        edited: What to write instead of what was proposed.

    Returns:
        The file it was written into.

    Raises:
        UsageError: There is no such guide.
        GuideError: What is written would break the rules of guides, or its place is gone.
        StorageError: The disk refused.
    """
    return Waiting(role, language).accept([(proposal, edited)])


def accept_all(role: str, proposals: Sequence[Proposal], language: str | None = None) -> Path:
    """Write several at once, all of them or none; see ``accept``."""
    return Waiting(role, language).accept([(proposal, None) for proposal in proposals])


def refuse(role: str, proposal: Proposal, language: str | None = None) -> None:
    """Let a proposal wait no longer, and never be proposed again.

    Raises:
        UsageError: There is no such guide.
        GuideError: The guide cannot be read, or the list of refused proposals.
        StorageError: The disk refused.
    """
    Waiting(role, language).refuse(proposal)
