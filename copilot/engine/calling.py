"""A live session from what somebody chose: the check of its devices, its set-up, its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copilot.engine.devices import Devices
from copilot.knowledge.guide import Guide
from copilot.knowledge.plan import DEFAULT_PROBES
from copilot.llm.profile import Profile
from copilot.speech.server import Server
from copilot.store import SessionFolder, SessionStore

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.audio.capture.check import QuickCheck
    from copilot.engine.setup import Consent, SessionSetup


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What somebody chose for a live session, on the command line or on the start screen.

    Attributes:
        guide: In the language of the interview.
        devices: Which inputs to hear.
        plan: Ids of the questions chosen; all of the guide's when empty.
        minutes: Minutes by question, where they differ from the guide's.
        probes: Follow-ups under one question before the next is suggested.
        laws: The packs of off-limits topics that apply; None for those that fit the language.
        model: Name of the speech model.
        step_down: A faster one that may take over while the text is far behind; none where empty.
        server: The transcription server that is sent the sound; None where it stays here.
        llm: The language model that is sent text; None where it stays here.
        save: Whether it is stored.
        keep_audio: Whether the sound is stored too.
        check: Whether the set-up is checked first.
        headless: Whether events are printed instead of the app.
        resume: An interrupted session to go on with.
        alias: What the candidate is called instead of a name; None where nobody says.
        guide_notice: What is to be told of the guide before it goes on; empty where nothing is.
    """

    guide: Guide
    devices: Devices
    plan: tuple[str, ...] = ()
    minutes: Mapping[str, float] = field(default_factory=dict)
    probes: int = DEFAULT_PROBES
    laws: tuple[str, ...] | None = None
    model: str = "base"
    step_down: str = ""
    server: Server | None = None
    llm: Profile | None = None
    save: bool = True
    keep_audio: bool = True
    check: bool = True
    headless: bool = False
    resume: SessionFolder | None = None
    alias: str | None = None
    guide_notice: str = ""


def device_check(devices: Devices) -> "QuickCheck":
    """A check of the chosen devices; nothing is opened before it runs.

    Raises:
        DeviceError: No sound system answers.
    """
    from copilot.audio.capture.check import QuickCheck  # noqa: PLC0415
    from copilot.audio.capture.system import sound_system  # noqa: PLC0415

    return QuickCheck(sound_system(), devices.choice())


def prepared(options: LiveOptions, consent: "Consent") -> "tuple[SessionSetup, Source]":
    """What the session needs, made from the choices and the decision about recording.

    Raises:
        DeviceError: A chosen input is missing, or both sides would hear the same one.
    """
    # Loads a lot, and the app's first screen does not wait for it.
    from copilot.coach import CoachPolicy  # noqa: PLC0415
    from copilot.engine.setup import SessionSetup  # noqa: PLC0415
    from copilot.events import CaptureKind  # noqa: PLC0415

    setup = SessionSetup(
        guide=options.guide,
        consent=consent,
        plan=options.plan,
        minutes=options.minutes,
        coach=CoachPolicy(probes_a_question=options.probes),
        laws=options.laws,
        model=options.model,
        step_down=options.step_down,
        server=options.server,
        llm=options.llm,
        store=SessionStore() if options.save else None,
        keep_audio=options.keep_audio,
        capture=CaptureKind.ROOM if options.devices.room else CaptureKind.CALL,
        resume=options.resume,
        alias=options.alias,
    )
    return setup, _source(options, consent)


def _source(options: LiveOptions, consent: "Consent") -> "Source":
    from copilot.audio.capture.system import open_source, sound_system  # noqa: PLC0415
    from copilot.audio.clock_source import ClockSource  # noqa: PLC0415
    from copilot.events import ConsentDecision  # noqa: PLC0415

    if consent.decision is ConsentDecision.DECLINED:
        return ClockSource()  # not even asked which devices there are
    return open_source(sound_system(), options.devices.choice())
