"""Asking a person before something is gone for good."""

import sys

from copilot.cli.asking import says_yes
from copilot.errors import UsageError


def agreed(question: str) -> bool:
    """Whether somebody says yes.

    Raises:
        UsageError: Nobody is there.
    """
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to confirm.", "Add --yes to delete without asking.")
    if says_yes(question):
        return True
    sys.stderr.write("Kept.\n")
    return False
