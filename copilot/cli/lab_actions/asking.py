"""Asking for a yes before something is replaced or sent."""

import sys

from copilot.cli.asking import says_yes
from copilot.errors import UsageError


def confirm(question: str, *, yes: bool) -> None:
    """Go on only after a yes.

    Args:
        question: What is asked.
        yes: Whether it was said already.

    Raises:
        UsageError: Somebody says no, or nobody is there to ask.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody is there to answer.", "If so, say --yes.")
    if not says_yes(question):
        raise UsageError("nothing was done.", "Say y, or --yes, to go on.")
