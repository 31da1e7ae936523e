"""Saying which of an author's texts go to a language model, and asking where they leave."""

import sys

from copilot.cli.asking import says_yes
from copilot.errors import UsageError
from copilot.llm.profile import Profile
from copilot.review.recap.answers import stays_here


def ask_whether_to_send(
    profile: Profile, what: str, send_to: str | None, *, form: str = "", more: str = "", other: str
) -> None:
    """Say where text goes, and ask where that is another machine.

    Args:
        profile: The model.
        what: What it reads, for people.
        send_to: A host that text may go to without asking.
        form: In what form it goes, said behind ``what``.
        more: What else somebody has to know who decides; a line, or nothing.
        other: What can be done without sending anything.

    Raises:
        UsageError: Somebody says no, or nobody is there to ask.
    """
    if stays_here(profile):
        sys.stderr.write(f"{profile.model} on this machine reads {what}.\n")
        return
    way = "" if profile.secure else ", not encrypted"
    sys.stderr.write(f"text → {profile.host}{way}: {what}{form}, to {profile.model}.\n{more}")
    if send_to == profile.host:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            f"the text would go to {profile.host}: {what}.",
            f"If it may, say --send-to {profile.host}. {other}",
        )
    if not says_yes("Send it there?"):
        raise UsageError("nothing was sent.", other)
