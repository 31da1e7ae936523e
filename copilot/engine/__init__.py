"""The engine: wires a session together. Fronts start it, listen to it and send it commands."""

from copilot.engine.commands import (
    Command,
    DismissSuggestion,
    EndSession,
    SetQuestion,
    SkipSuggestion,
    TakeSuggestion,
)
from copilot.engine.session import Consent, Listener, Session, SessionSetup, planned_questions
from copilot.engine.vitals import Vitals

__all__ = [
    "Command",
    "Consent",
    "DismissSuggestion",
    "EndSession",
    "Listener",
    "Session",
    "SessionSetup",
    "SetQuestion",
    "SkipSuggestion",
    "TakeSuggestion",
    "Vitals",
    "planned_questions",
]
