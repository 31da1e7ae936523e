"""What a tried sentence is to a point or flag, in words."""

from textual.content import Content

from copilot.events import FindingKind
from copilot.guides.trying import Outcome, WhatIf
from copilot.i18n import _
from copilot.tui.lists.base import cut, one_line
from copilot.tui.signs import SIGNS

_BESIDE = 25  # columns of all but the label and the kind


def outcome_row(outcome: Outcome, width: int) -> Content:
    """One point or flag on a line."""
    sign = SIGNS[outcome.state]
    word = _(sign.word)
    kind = _("flag") if outcome.kind is FindingKind.FLAG else _("point")
    room = max(12, min(34, width - _BESIDE - len(kind)))
    return Content.assemble(
        (f"{sign.shape} ", sign.style),
        cut(outcome.label, room),
        (f"  {word:<14}", sign.style),
        f"{percent(outcome.said):>5}  ",
        (kind, "$text-muted"),
    )


def percent(share: float) -> str:
    """A share, where no line ends before its sign."""
    return f"{round(100 * share)}\N{NO-BREAK SPACE}%"


def outcome_content(outcome: Outcome, what_if: WhatIf | None) -> Content:
    """Why it counts or not, what it is like, what else it may be, and what adding it would do."""
    why = outcome.why.replace(" %", "\N{NO-BREAK SPACE}%")
    lines = [Content.styled(one_line(outcome.label), "bold"), Content(why)]
    if outcome.closest:
        said = _("Closest: “{sentence}”", sentence=one_line(outcome.closest))
        lines.append(Content(said))
    if outcome.rivals:
        told = ", ".join(f"{one_line(each.label)} {percent(each.said)}" for each in outcome.rivals)
        lines.append(Content(_("May also be: {rivals}", rivals=told)))
    if what_if is not None:
        lines += _changes(outcome, what_if)
    return Content("\n").join(lines)


def _changes(outcome: Outcome, what_if: WhatIf) -> list[Content]:
    after = what_if.after.of(outcome.kind, outcome.id)
    heading = _(
        "If it stood there: {before} before, {after} after.",
        before=percent(outcome.said),
        after=percent(after.said),
    )
    lines = [Content.styled(heading, "$text-accent")]
    for was, now in what_if.changed:
        told = _(
            "{label}: {before} before, {after} after",
            label=one_line(was.label),
            before=_(SIGNS[was.state].word),
            after=_(SIGNS[now.state].word),
        )
        lines.append(Content(told))
    if not what_if.changed:
        lines.append(Content(_("Nothing would count otherwise than now.")))
    return lines
