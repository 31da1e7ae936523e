"""The coach: what to ask next."""

from copilot.coach.advice import (
    ClaimReader,
    Close,
    CoachPolicy,
    MayQuote,
    MayShow,
    Moment,
    Offer,
)
from copilot.coach.coach import Coach

__all__ = ["ClaimReader", "Close", "Coach", "CoachPolicy", "MayQuote", "MayShow", "Moment", "Offer"]
