"""Holding an interview again: by its words on counted time, or by its sound in lockstep."""

import math
from typing import Any

from copilot.audio.recording import RecordingSource
from copilot.engine.by_transcript import TranscriptSetup, hold
from copilot.engine.session import Session
from copilot.engine.setup import Consent, SessionSetup
from copilot.engine.stored_recording import stored_recording
from copilot.engine.vitals import Vitals
from copilot.events import ConsentDecision, Event
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.knowledge.laws import laws_for
from copilot.lab.interviews.outcome import outcome
from copilot.lab.interviews.sources import Told, session_of, transcript_of
from copilot.lab.tasks.interview_cases import InterviewVars
from copilot.matching.embedding import Embedder
from copilot.matching.rules import Rules
from copilot.speech.streaming import Partial


def held_by_words(
    given: InterviewVars, known: Told, guide: Guide, rules: Rules, embedder: Embedder
) -> dict[str, Any]:
    """What comes out of an interview's transcript; see ``outcome``.

    Raises:
        UsageError: The plan names a question that the guide does not have.
        SessionError: There is no such session, or it is broken.
    """
    setup = TranscriptSetup(
        guide=guide,
        laws=laws_for(guide.language),
        plan=known.plan,
        rules=rules,
        coach=known.coach,
    )
    events: list[Event] = []
    interview = hold(transcript_of(given), setup, embedder, events.append)
    return outcome(interview, events)


def held_by_sound(
    given: InterviewVars, known: Told, guide: Guide, rules: Rules, model: str
) -> dict[str, Any]:
    """What comes out of an interview's sound, transcribed anew; see ``outcome``.

    Raises:
        CopilotError: The recording or the model cannot be used.
    """
    if given.recording is not None:
        source = RecordingSource.from_file(given.recording, speed=math.inf)
    else:
        source = stored_recording(session_of(given), speed=math.inf)
    setup = SessionSetup(
        guide=guide,
        consent=Consent(
            ConsentDecision.NOT_NEEDED,
            by="the lab",
            wording="An existing recording, replayed by the person who holds it.",
        ),
        plan=known.plan,
        model=model,
        lockstep=True,
        coach=known.coach,
        laws=laws_for(guide.language),
        rules=rules,
    )
    kept = _Kept()
    Session(setup, source, [kept]).run()
    return outcome(kept.interview, kept.events)


class _Kept:
    """Listens to a session and keeps what happens, in memory alone."""

    def __init__(self) -> None:
        self.interview = Interview()
        self.events: list[Event] = []

    def on_event(self, event: Event) -> None:
        """Keep it."""
        self.interview.apply(event)
        self.events.append(event)

    def on_vitals(self, vitals: Vitals) -> None:
        """Signs of life are no events."""

    def on_partials(self, partials: tuple[Partial, ...]) -> None:
        """Text that may change is no event."""
