"""Signs of life of a running session: shown, never stored."""

from dataclasses import dataclass, field

from copilot.events import Channel


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the session is doing right now.

    Attributes:
        now_s: Session time, in seconds.
        levels_dbfs: How loud each channel is.
        speaking: Where someone is speaking.
        lag_s: How far the text is behind the sound, in seconds; 0 when nothing waits.
        waiting: Stretches of speech waiting for their text.
        state: ``starting``, ``listening``, ``finishing`` or ``ended``.
        trouble: Why there is no text at the moment, in words for people; empty where all is well.
        server_trouble: Why the transcription server is not used at the moment, where there is one.
        llm_trouble: That the language model is left alone at the moment, where there is one.
        llm_notice: What is to be said once of the language model; the newest.
        matching_notice: What is to be said once of the thresholds of findings.
        guide_notice: What is to be said once of the guide, which was edited meanwhile.
    """

    now_s: float
    levels_dbfs: dict[Channel, float] = field(default_factory=dict)
    speaking: frozenset[Channel] = frozenset()
    lag_s: float = 0.0
    waiting: int = 0
    state: str = "listening"
    trouble: str = ""
    server_trouble: str = ""
    llm_trouble: str = ""
    llm_notice: str = ""
    matching_notice: str = ""
    guide_notice: str = ""
