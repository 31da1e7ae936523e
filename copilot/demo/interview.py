"""The demo interview as a session."""

from copilot.audio.recording import RecordingSource
from copilot.engine.setup import Consent, SessionSetup
from copilot.events import ConsentDecision
from copilot.knowledge.loading import load_guide
from copilot.llm.profile import Profile
from copilot.paths import demo_folder
from copilot.speech.server import Server
from copilot.store import SessionStore

#: The plan of the demo; the candidate is asked four of the six, in another order.
PLAN = (
    "responsibilities",
    "new-technology",
    "process-improvement",
    "metrics",
    "underperformance",
    "user-support",
)


def demo_session(
    *,
    speed: float,
    model: str,
    save: bool,
    lockstep: bool,
    server: Server | None = None,
    llm: Profile | None = None,
) -> tuple[SessionSetup, RecordingSource]:
    """What the demo runs with, and the recording it hears.

    Raises:
        AudioFileError: The recording that ships is damaged.
    """
    source = RecordingSource.from_file(demo_folder() / "interview.ogg", speed=speed)
    setup = SessionSetup(
        guide=load_guide("director-it-operations"),
        consent=Consent(
            ConsentDecision.NOT_NEEDED,
            by="the demo",
            wording="Both voices are synthetic and everything they say is invented.",
        ),
        plan=PLAN,
        model=model,
        server=server,
        llm=llm,
        lockstep=lockstep,
        store=SessionStore() if save else None,
    )
    return setup, source
