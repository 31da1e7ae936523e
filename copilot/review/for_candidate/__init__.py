"""What is held about a candidate, for themselves: a page, the transcript, and data for machines."""

from copilot.review.for_candidate.collecting import held_about
from copilot.review.for_candidate.folder import write_for_candidate
from copilot.review.for_candidate.held import Held, Keeping

__all__ = ["Held", "Keeping", "held_about", "write_for_candidate"]
