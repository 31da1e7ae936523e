"""Where the text of cases goes, said before it does; what was said in interviews only if asked."""

import sys

from copilot.cli.asking import says_yes
from copilot.errors import UsageError
from copilot.lab.running.plan import Plan
from copilot.llm.profile import Profile
from copilot.review.recap.answers import stays_here


def ask_whether_to_send(plan: Plan, send_to: list[str]) -> None:
    """Say where text goes; ask where a case was taken from a stored session.

    Its candidate may not have been told of that host.

    Args:
        plan: What is to be run.
        send_to: Hosts to which text may go without asking.

    Raises:
        UsageError: Somebody says no, or nobody is there to ask.
    """
    taken = sum(bool(case.session) for case in plan.suite.cases)
    for profile in plan.materials.profiles.values():
        if not stays_here(profile):
            _tell(profile, len(plan.suite.cases))
            if taken and profile.host not in send_to:
                _ask(profile, taken)


def _tell(profile: Profile, cases: int) -> None:
    way = "" if profile.secure else ", not encrypted"
    counted = "1 case" if cases == 1 else f"{cases} cases"
    sys.stderr.write(f"text → {profile.host}{way}: {counted} as text, to {profile.model}.\n")


def _ask(profile: Profile, taken: int) -> None:
    counted = "1 case was" if taken == 1 else f"{taken} cases were"
    told = (
        f"{counted} taken from stored sessions, whose candidates may not have been told "
        f"of {profile.host}."
    )
    if not sys.stdin.isatty():
        raise UsageError(
            told,
            f"If they may be read there, say --send-to {profile.host}; else leave them out, "
            "or name smollm2, which runs on this machine.",
        )
    if not says_yes(f"{told} Send them there?"):
        raise UsageError("nothing was sent.", "Run it with smollm2, which runs on this machine.")
