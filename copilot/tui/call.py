"""What the app needs to run a live call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.background_check import MakeCheck
    from copilot.engine.calling import LiveOptions
    from copilot.engine.setup import Consent, SessionSetup


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
        guide_notice: What is to be told of the guide; empty where nothing is.
    """

    title: str
    language: str
    notice: str
    prepare: "Callable[[Consent], tuple[SessionSetup, Source]]"
    check: "MakeCheck | None" = None
    sound_goes_to: str = ""
    llm_goes_to: str = ""
    consent: "Consent | None" = None
    guide_notice: str = ""


def live_call(options: "LiveOptions", consent: "Consent | None" = None) -> LiveCall:
    """The call that somebody's choices describe.

    Args:
        options: What was chosen.
        consent: The decision, where it is known already.

    Raises:
        InputError: The user's own notice about recording is empty or cannot be read.
        UsageError: There is no notice in that language.
    """
    # Loads a lot, and the app's first screen does not wait for it.
    from copilot.engine.calling import device_check, prepared  # noqa: PLC0415
    from copilot.engine.consent import consent_notice  # noqa: PLC0415

    guide = options.guide
    host = "" if options.server is None else options.server.host
    llm_host = "" if options.llm is None else options.llm.host
    return LiveCall(
        title=guide.title,
        language=guide.language,
        notice=consent_notice(guide.language, host, llm_host),
        sound_goes_to=host,
        llm_goes_to=llm_host,
        check=(lambda: device_check(options.devices)) if options.check else None,
        prepare=lambda decided: prepared(options, decided),
        consent=consent,
        guide_notice=options.guide_notice,
    )
