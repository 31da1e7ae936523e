"""Which point or flag was named, and what was decided of it."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from copilot.engine.commands import SetFinding
from copilot.errors import UsageError, nearest
from copilot.events import FindingKind, FindingState, KnownFlag, PlannedPoint
from copilot.i18n import N_, _
from copilot.interview import Interview

_Item = TypeVar("_Item", PlannedPoint, KnownFlag)

_GIVE_BACK = N_("give back")

_POINT_STATES: dict[str, FindingState | None] = {
    N_("evidenced"): FindingState.EVIDENCED,
    N_("unclear"): FindingState.UNCLEAR,
    N_("denied"): FindingState.DENIED,
    N_("not heard"): FindingState.NOT_HEARD,
    _GIVE_BACK: None,
}
_FLAG_STATES: dict[str, FindingState | None] = {
    N_("not raised"): FindingState.NOT_RAISED,
    N_("raised"): FindingState.RAISED,
    N_("unclear"): FindingState.UNCLEAR,
    _GIVE_BACK: None,
}


def decided_point(interview: Interview, said: str) -> SetFinding:
    """What ``said`` decides of a point of the current question: ``3 denied``, say.

    Raises:
        UsageError: There is no such point or state, or no question is being answered.
    """
    question = _current(interview)
    name, state = _split(said, _POINT_STATES)
    point = _named(name, interview.planned(question).points)
    return SetFinding(question, FindingKind.POINT, point.id, state)


def decided_flag(interview: Interview, said: str) -> SetFinding:
    """What ``said`` decides of a flag under the current question.

    Raises:
        UsageError: There is no such flag or state, or no question is being answered.
    """
    question = _current(interview)
    name, state = _split(said, _FLAG_STATES)
    flag = _named(name, interview.started.flags if interview.started else ())
    return SetFinding(question, FindingKind.FLAG, flag.id, state)


def _current(interview: Interview) -> str:
    if interview.current_question is None:
        raise UsageError(_("No question is being answered."), _("Type question and its number."))
    return interview.current_question


def _split(said: str, states: Mapping[str, FindingState | None]) -> tuple[str, FindingState | None]:
    text = said.casefold().strip()
    for word, state in states.items():
        for phrase in (word, _(word).casefold()):
            if text.endswith(" " + phrase):
                return text.removesuffix(phrase).strip(), state
    words = ", ".join(_(word) for word in states)
    raise UsageError(
        _("What is it?"), _("Type its name or number and then one of: {words}.", words=words)
    )


def _named(name: str, items: Sequence[_Item]) -> _Item:
    if name.isdecimal() and 1 <= int(name) <= len(items):
        return items[int(name) - 1]
    found = [item for item in items if name == item.id or name in item.label.casefold()]
    exact = [item for item in found if name in (item.id, item.label.casefold())]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        labels = ", ".join(item.label for item in found)
        raise UsageError(_("Which of them: {names}?", names=labels))
    known = nearest(name, [item.label for item in items])
    raise UsageError(_("There is no {name!r} here.", name=name), known)
