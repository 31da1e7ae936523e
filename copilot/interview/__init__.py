"""The interview itself: a state machine over events."""

from copilot.interview.capture import Capture
from copilot.interview.records import Span, SuggestionRecord
from copilot.interview.replaying import replay
from copilot.interview.state import Interview

__all__ = ["Capture", "Interview", "Span", "SuggestionRecord", "replay"]
