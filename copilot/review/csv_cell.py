"""Text from elsewhere in a cell of a table for spreadsheets."""

import unicodedata

from copilot.review.plain_line import plain_line

#: What formulas begin with. Tabs and line ends, which do as well, are spaces by then.
_FORMULA = "=+-@"


def csv_cell(text: str) -> str:
    """The text on one line; an apostrophe before what a spreadsheet would take for a formula.

    OWASP advises so ("CSV Injection").
    """
    line = plain_line(text)
    # Spreadsheets take the wide forms of East Asian keyboards for the same signs.
    first = unicodedata.normalize("NFKC", line[:1])
    return "'" + line if first and first in _FORMULA else line
