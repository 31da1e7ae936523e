"""The report as Markdown, for people."""

from copilot.review.markdown.document import to_markdown

__all__ = ["to_markdown"]
