"""What a session is to be, before it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.coach import CoachPolicy
from copilot.events import CaptureKind, ConsentDecision
from copilot.knowledge.guide import Guide
from copilot.llm.profile import Profile
from copilot.matching.rules import Rules
from copilot.speech.server import Server
from copilot.store import SessionFolder, SessionStore


@dataclass(frozen=True, slots=True)
class Consent:
    """The decision about recording, and what it rests on.

    Attributes:
        decision: What was decided.
        by: Who recorded it.
        wording: The notice read out, or what stands in for it.
    """

    decision: ConsentDecision
    by: str
    wording: str


@dataclass(frozen=True, slots=True)
class SessionSetup:
    """What a session is to be.

    Attributes:
        guide: In the language of the interview.
        consent: Recorded before anything is heard.
        plan: Ids of the questions chosen, in order; all of the guide's when empty.
        minutes: Minutes by question, where they differ from the guide's.
        model: Name of the speech model.
        server: A transcription server that is sent the sound; the speech model is then for when
            it fails.
        llm: A language model that is sent text, for sharper suggestions; none where None.
        lockstep: Whether to run without a clock, as fast as the machine can.
        drafts: Whether to transcribe what is being said before it has ended; never in lockstep.
        step_down: A faster speech model that may take over while the text is far behind; none
            where empty.
        store: Where to keep the session; None keeps nothing.
        keep_audio: Whether the sound is kept too.
        coach: When and how often to suggest.
        laws: Ids of the packs of off-limits topics that apply; None for those that fit the
            language, see ``copilot.knowledge.laws``.
        capture: How it hears.
        resume: An interrupted session to go on with, instead of a new one in ``store``.
        alias: What the candidate is called in a new session's record; None where nobody says.
        rules: From probabilities to states of findings; None for the user's own, or those that
            ship.
    """

    guide: Guide
    consent: Consent
    plan: tuple[str, ...] = ()
    minutes: Mapping[str, float] = field(default_factory=dict)
    model: str = "base"
    server: Server | None = None
    llm: Profile | None = None
    lockstep: bool = False
    drafts: bool = True
    step_down: str = ""
    store: SessionStore | None = None
    keep_audio: bool = True
    coach: CoachPolicy = field(default_factory=CoachPolicy)
    laws: tuple[str, ...] | None = None
    capture: CaptureKind = CaptureKind.RECORDING
    resume: SessionFolder | None = None
    alias: str | None = None
    rules: Rules | None = None
