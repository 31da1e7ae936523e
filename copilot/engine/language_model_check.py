"""Whether the language model answers, and how fast."""

from copilot.audio.capture.report import Problem
from copilot.engine.doctor import Finding
from copilot.i18n import _
from copilot.llm.check import check_profile, lines
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile


def check_language_model(profile: Profile, *, patience: Patience | None = None) -> Finding:
    """Ask it for one word, twice; nothing of an interview is sent. Never a grave problem.

    Args:
        profile: Which one.
        patience: How long to wait.
    """
    checked = check_profile(profile, patience=patience)
    text = "\n".join(lines(checked, patience))
    if checked.problem is None:
        return Finding("llm", text)
    said = f"{checked.problem.title}: {checked.problem.message}"
    until = _("Until then suggestions come from the guide alone.")
    remedy = f"{checked.problem.remedy} {until}"
    return Finding("llm", text, Problem(said, remedy.strip(), grave=False))
