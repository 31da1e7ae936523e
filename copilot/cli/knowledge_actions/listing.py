"""``knowledge list``: the roles that have a guide."""

import argparse
import sys

from copilot.errors import ExitCode, GuideError
from copilot.knowledge.loading import find_guide, load_guide, roles


def configure(parser: argparse.ArgumentParser) -> None:
    """There is nothing to add."""


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - none are needed
    """List them."""
    for role in roles():
        files = find_guide(role)
        try:
            guide = load_guide(role)
        except GuideError:
            # One broken guide must not hide the others.
            sys.stdout.write(
                f"{role:<28}has errors: interview-copilot knowledge check {files.guide}\n"
            )
            continue
        languages = ", ".join([guide.language, *sorted(files.overlays)])
        sys.stdout.write(
            f"{role:<28}{guide.title}  ({len(guide.questions)} questions; {languages})\n"
        )
    return ExitCode.OK
