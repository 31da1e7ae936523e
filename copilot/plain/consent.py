"""Consent asked in lines: nothing is opened or stored before a decision was recorded here."""

import getpass
from dataclasses import dataclass

from copilot.engine.setup import Consent
from copilot.events import ConsentDecision
from copilot.i18n import _
from copilot.plain.console import Console
from copilot.plain.happenings import InputOver, Interrupted, Typed
from copilot.plain.names import language_name
from copilot.plain.vocabulary import is_no, is_yes, understood


@dataclass(frozen=True, slots=True)
class Notice:
    """What is asked.

    Attributes:
        title: The role, in words for people.
        language: Language of the notice, ``en`` or ``fr``.
        text: What is read out.
        sound_goes_to: A host that is sent the sound, if agreed; none where empty.
        llm_goes_to: A host that is sent text, if agreed; none where empty.
    """

    title: str
    language: str
    text: str
    sound_goes_to: str = ""
    llm_goes_to: str = ""


def ask_consent(console: Console, notice: Notice) -> Consent | None:
    """The decision; None where the user left without one."""
    by = user_name()
    _read_out(console, notice, by)
    while True:
        happening = console.next()
        if isinstance(happening, InputOver | Interrupted):
            return None
        if not isinstance(happening, Typed) or not happening.text.strip():
            continue
        decision = _decision(happening.text)
        if decision is not None and by:
            return Consent(decision, by, notice.text)
        name, _space, rest = happening.text.strip().partition(" ")
        known = understood(happening.text)
        if known is not None and known[0].id == "quit":
            return None
        if name.casefold() in ("name", _("name").casefold()) and rest.strip():
            by = rest.strip()
            console.say(_("Recorded by {name}.", name=by))
        elif known is not None and known[0].id == "repeat":
            _read_out(console, notice, by)
        elif decision is not None:
            console.say(_("Who records the decision? Type name and then your name."))
        else:
            _say_choices(console)


def user_name() -> str:
    """The name under which someone is logged in; empty where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _decision(text: str) -> ConsentDecision | None:
    if is_yes(text):
        return ConsentDecision.GIVEN
    return ConsentDecision.DECLINED if is_no(text) else None


def _read_out(console: Console, notice: Notice, by: str) -> None:
    language = language_name(notice.language)
    console.say(_("{title}, in {language}.", title=notice.title, language=language))
    console.say(_("May this interview be recorded? Nothing has been opened yet."))
    console.say(_("Read this to the candidate:"))
    for line in notice.text.splitlines():
        if line.strip():
            console.say(line)
    if notice.sound_goes_to:
        console.say(_("If agreed, sound goes to {hosts}.", hosts=notice.sound_goes_to))
    if notice.llm_goes_to:
        console.say(_("If agreed, text goes to {hosts}.", hosts=notice.llm_goes_to))
    if by:
        console.say(_("Recorded by {name}. Type name and another one to change that.", name=by))
    _say_choices(console)


def _say_choices(console: Console) -> None:
    console.say(
        _("Type yes if the candidate agreed, no if not, again to hear this again, or quit.")
    )
