"""Running a live session, new or resumed, in the app or without a screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copilot.cli import options as shared
from copilot.errors import ExitCode
from copilot.knowledge.guide import Guide
from copilot.knowledge.plan import DEFAULT_PROBES
from copilot.llm.profile import Profile
from copilot.speech.server import Server
from copilot.store import SessionFolder, SessionStore

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.audio.capture.devices import Choice
    from copilot.engine.setup import Consent, SessionSetup
    from copilot.tui.check.run import Check


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What the command line says of a live session.

    Attributes:
        guide: In the language of the interview.
        devices: Which inputs to hear, as the command line names them.
        plan: Ids of the questions chosen; all of the guide's when empty.
        minutes: Minutes by question, where they differ from the guide's.
        probes: Follow-ups under one question before the next is suggested.
        laws: The packs of off-limits topics that apply; None for those that fit the language.
        model: Name of the speech model.
        server: The transcription server that is sent the sound; None where it stays here.
        llm: The language model that is sent text; None where it stays here.
        save: Whether it is stored.
        keep_audio: Whether the sound is stored too.
        check: Whether the set-up is checked first.
        headless: Whether events are printed instead of the app.
        resume: An interrupted session to go on with.
    """

    guide: Guide
    devices: shared.Devices
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


def run_call(options: LiveOptions, consent: "Consent | None") -> int:
    """Hold the interview; without ``consent``, the app asks for it."""
    if options.headless and consent is not None:
        from copilot.cli.headless import run_headless  # noqa: PLC0415 - only where it is used

        run_headless(*_prepared(options, consent), as_json=True)
        return ExitCode.OK
    return _run_in_app(options, consent)


def _run_in_app(options: LiveOptions, consent: "Consent | None") -> int:
    from copilot.engine.consent import consent_notice  # noqa: PLC0415
    from copilot.tui.app import run_live  # noqa: PLC0415
    from copilot.tui.call import LiveCall  # noqa: PLC0415

    guide = options.guide
    host = "" if options.server is None else options.server.host
    llm_host = "" if options.llm is None else options.llm.host
    return run_live(
        LiveCall(
            title=guide.title,
            language=guide.language,
            notice=consent_notice(guide.language, host, llm_host),
            sound_goes_to=host,
            llm_goes_to=llm_host,
            check=(lambda: _check(options.devices.choice())) if options.check else None,
            prepare=lambda decided: _prepared(options, decided),
            consent=consent,
        )
    )


def _check(choice: "Choice") -> "Check":
    from copilot.audio.capture.check import QuickCheck  # noqa: PLC0415
    from copilot.audio.capture.system import sound_system  # noqa: PLC0415

    return QuickCheck(sound_system(), choice)


def _prepared(options: LiveOptions, consent: "Consent") -> "tuple[SessionSetup, Source]":
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
    )
    return setup, _source(options, consent)


def _source(options: LiveOptions, consent: "Consent") -> "Source":
    from copilot.audio.capture.system import open_source, sound_system  # noqa: PLC0415
    from copilot.audio.clock_source import ClockSource  # noqa: PLC0415
    from copilot.events import ConsentDecision  # noqa: PLC0415

    if consent.decision is ConsentDecision.DECLINED:
        return ClockSource()  # not even asked which devices there are
    return open_source(sound_system(), options.devices.choice())
