"""The interview itself: a state machine over events."""

from copilot.interview.state import Interview, Span, SuggestionRecord, replay

__all__ = ["Interview", "Span", "SuggestionRecord", "replay"]
