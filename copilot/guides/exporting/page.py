"""A guide as one HTML file that works without a network and prints well."""

from copilot import __version__
from copilot.guides.exporting.sheet import Sheet
from copilot.guides.exporting.words import WORDS
from copilot.html.standalone import Pages

_PAGES = Pages("copilot.guides.exporting", {"number": lambda value: f"{value:g}"})


def to_html(sheet: Sheet) -> str:
    """The document as a page that needs nothing beside it.

    Returns:
        HTML5 to be stored as UTF-8.
    """
    language = sheet.guide.language
    return _PAGES.render(
        "guide.html",
        sheet=sheet,
        guide=sheet.guide,
        words=WORDS[language],
        version=__version__,
        points_listed=all(asked.question.points for asked in sheet.asked),
    )
