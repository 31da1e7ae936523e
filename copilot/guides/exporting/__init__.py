"""A guide as a document for people without the app: on paper, or on a page."""

from copilot.guides.exporting.markdown import to_markdown
from copilot.guides.exporting.page import to_html
from copilot.guides.exporting.sheet import Sheet, sheet_of

__all__ = ["Sheet", "sheet_of", "to_html", "to_markdown"]
