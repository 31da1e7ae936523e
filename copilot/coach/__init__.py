"""The coach: what to ask next."""

from copilot.coach.coach import Close, Coach, CoachPolicy, Moment, Offer

__all__ = ["Close", "Coach", "CoachPolicy", "Moment", "Offer"]
