"""The report as one HTML file that works without a network and prints well."""

from copilot.review.html.page import to_html

__all__ = ["to_html"]
