"""What the app needs to run a live call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.setup import Consent, SessionSetup
    from copilot.tui.check.run import MakeCheck


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call about to start.

    Attributes:
        title: The role, in words for people.
        language: Language of the interview, ``en`` or ``fr``.
        notice: What is read out before anything is recorded.
        prepare: Makes what the session needs from the decision; called on the session's thread,
            after the consent screen and the check, so that nothing is opened before.
        check: Makes a check of the set-up, on the check's thread, each time one is run; None runs
            none. It is never called where consent was declined.
        sound_goes_to: A host that is sent the sound; empty where it stays on this machine.
        llm_goes_to: A host that is sent text, for a language model; empty where it stays here.
        consent: The decision, where it is known already, as in a session that is resumed; the
            consent screen is then left out.
    """

    title: str
    language: str
    notice: str
    prepare: "Callable[[Consent], tuple[SessionSetup, Source]]"
    check: "MakeCheck | None" = None
    sound_goes_to: str = ""
    llm_goes_to: str = ""
    consent: "Consent | None" = None
