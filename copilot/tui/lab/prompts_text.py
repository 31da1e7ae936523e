"""The prompts two outputs were asked with, and how they differ."""

from textual.content import Content

from copilot.difference import different_lines
from copilot.i18n import _
from copilot.lab.grid import PromptText
from copilot.tui.transcript.entry import clean

_STYLES = {" ": "", "-": "$text-error", "+": "$text-success"}


def prompts_title(before: PromptText, after: PromptText, *, outputs: int = 2) -> str:
    """What stands beside what.

    Args:
        before: Of the left or upper output.
        after: Of the other; the same where there is but one.
        outputs: How many were asked with them.
    """
    if outputs == 1:
        return _("The prompt {name}", name=before.label)
    if before.sha256 == after.sha256:
        return _("The prompt {name}, the same for both", name=before.label)
    return _(
        "- {before} ({hash_before})   + {after} ({hash_after})",
        before=before.label,
        hash_before=before.sha256[:8],
        after=after.label,
        hash_after=after.sha256[:8],
    )


def prompts_content(before: PromptText, after: PromptText) -> Content:
    """One text where both are the same, else line by line what went and what came."""
    lines = different_lines(before.text, after.text)
    return Content("\n").join(
        Content.styled(f"{sign} {clean(line)}", _STYLES[sign]) for sign, line in lines
    )
