"""Rating first, on the command line too: what the machine found is for after the human's rating."""

import sys

from copilot.cli.asking import says_yes
from copilot.errors import CopilotError
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder


def read_for_report(folder: SessionFolder, *, agreed: bool) -> Reviewed | None:
    """A session whose findings are about to be shown.

    Where answers are not judged yet, that is said, asked about where somebody is there, and
    written down in the review, as when the review screen writes a report.

    Args:
        folder: The session.
        agreed: Whether not to ask.

    Returns:
        The session, or None where somebody said no.

    Raises:
        SessionError: It holds nothing, or is broken.
    """
    state = read_reviewed(folder)
    hidden = len(state.hidden())
    if not hidden:
        return state
    questions = "1 question is" if hidden == 1 else f"{hidden} questions are"
    sys.stderr.write(
        f"{questions} not judged yet, and this shows what was found under every question.\n"
    )
    if not agreed and sys.stdin.isatty() and not _confirmed():
        sys.stderr.write("Nothing was written. Judge the answers first: interview-copilot review\n")
        return None
    return _noted(folder) or state


def shown_before_rating(folder: SessionFolder, question: str) -> None:
    """Say and write down that what was found under one question is shown before it is judged.

    Args:
        folder: The session.
        question: A planned question of it; nothing happens where it is judged already.

    Raises:
        SessionError: The session is broken.
    """
    if read_reviewed(folder).may_see(question):
        return
    sys.stderr.write(f"Question {question} is not judged yet, and this tells what was found.\n")
    _noted(folder, question)


def _confirmed() -> bool:
    return says_yes("Show it all the same?")


def _noted(folder: SessionFolder, question: str | None = None) -> Reviewed | None:
    """The session with that written down in its review; None where it could not be."""
    try:
        with Review(folder) as review:
            review.lift_blinding(question, "report")
        state = read_reviewed(folder)
    except CopilotError as error:
        sys.stderr.write(f"That could not be noted in the review: {error.message}\n")
        return None
    sys.stderr.write("That it was shown before is noted in the review.\n")
    return state
