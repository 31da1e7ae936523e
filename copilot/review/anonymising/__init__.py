"""A copy of a session in which placeholders stand for names and contact data."""

from copilot.review.anonymising.session import Anonymised, anonymise, write_anonymised
from copilot.review.anonymising.table import Replacement

__all__ = ["Anonymised", "Replacement", "anonymise", "write_anonymised"]
