"""A rehearsal: a recording, heard as if it were a call, with nobody to consent and nothing kept."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.setup import SessionSetup
    from copilot.knowledge.guide import Guide
    from copilot.store import SessionFolder

SLOWEST, FASTEST = 1, 10
#: Makes the demo interview's session at a speed; it lies beside the screens, not below them.
MakeDemo = Callable[[float], "tuple[SessionSetup, Source]"]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is to be heard.

    Attributes:
        folder: A stored session with its sound, or None.
        path: A two-channel recording, or None; without either it is the demo interview.
        role: The guide that a recording is heard with.
        language: Its language.
        speed: How much faster than it was, 1 to 10.
    """

    folder: "SessionFolder | None" = None
    path: Path | None = None
    role: str = ""
    language: str = "en"
    speed: int = SLOWEST


def prepare_rehearsal(rehearsal: Rehearsal, make_demo: MakeDemo) -> "tuple[SessionSetup, Source]":
    """What the session needs.

    Raises:
        CopilotError: The recording, its guide or the settings cannot be used.
    """
    if rehearsal.folder is not None:
        return _stored(rehearsal.folder, rehearsal.speed)
    if rehearsal.path is None:
        return make_demo(rehearsal.speed)
    from copilot.audio.recording import RecordingSource  # noqa: PLC0415 - loads a lot

    source = RecordingSource.from_file(rehearsal.path.expanduser(), speed=rehearsal.speed)
    return _setup(_guide(rehearsal.role, rehearsal.language)), source


def _stored(folder: "SessionFolder", speed: int) -> "tuple[SessionSetup, Source]":
    from copilot.engine.session_guide import session_guide  # noqa: PLC0415
    from copilot.engine.stored_recording import stored_recording  # noqa: PLC0415 - loads a lot
    from copilot.events import SessionStarted  # noqa: PLC0415

    record = folder.record()
    source = stored_recording(folder, speed=speed)
    events = folder.read_journal().events
    started = events[0] if events and isinstance(events[0], SessionStarted) else None
    if started is None:
        return _setup(_guide(record.role, record.language)), source
    plan = tuple(question.id for question in started.plan)
    return _setup(session_guide(folder, started).guide, plan), source


def _guide(role: str, language: str) -> "Guide":
    from copilot.knowledge.shelf import SHELF  # noqa: PLC0415

    return SHELF.guide(role, language).guide


def _setup(guide: "Guide", plan: tuple[str, ...] = ()) -> "SessionSetup":
    from copilot.engine.configured import configured_laws, configured_model  # noqa: PLC0415
    from copilot.engine.setup import Consent, SessionSetup  # noqa: PLC0415
    from copilot.events import ConsentDecision  # noqa: PLC0415

    known = {question.id for question in guide.questions}
    return SessionSetup(
        guide=guide,
        consent=Consent(
            ConsentDecision.NOT_NEEDED,
            by=getpass.getuser(),
            wording="An existing recording, heard again by the person who holds it.",
        ),
        plan=tuple(question for question in plan if question in known),
        model=configured_model(),
        laws=configured_laws(guide.language),
    )
