"""Asking a person at the terminal for a yes."""

import sys

#: What means yes, in the languages of the interface.
YES = frozenset({"y", "yes", "o", "oui"})


def says_yes(question: str) -> bool:
    """Whether somebody says yes; Enter alone, or a closed input, means no."""
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in YES
