"""Asking a person before something is gone for good."""

import sys

from copilot.errors import UsageError

_YES = {"y", "yes", "o", "oui"}


def agreed(question: str) -> bool:
    """Whether somebody says yes.

    Raises:
        UsageError: Nobody is there.
    """
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to confirm.", "Add --yes to delete without asking.")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() in _YES:
        return True
    sys.stderr.write("Kept.\n")
    return False
