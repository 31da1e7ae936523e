"""The guides there are, the broken ones included."""

from dataclasses import dataclass

from copilot.errors import CopilotError
from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import find_guide, load_guide, read_guide, roles


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """One role's guide.

    Attributes:
        role: Its id.
        title: Its title; the id where it cannot be read.
        languages: The languages it has texts in.
        problem: What is wrong with it; None where it can be used.
    """

    role: str
    title: str
    languages: tuple[str, ...] = ()
    problem: CopilotError | None = None


def guide_entries() -> tuple[GuideEntry, ...]:
    """All guides, those that ship and the user's own, by id; broken ones with their error."""
    return tuple(_entry(role) for role in roles())


def _entry(role: str) -> GuideEntry:
    try:
        files = find_guide(role)
        guide = read_guide(files.guide)
    except CopilotError as error:
        return GuideEntry(role, role, problem=error)
    known = {guide.language, *files.overlays}
    languages = tuple(language for language in LANGUAGES if language in known)
    return GuideEntry(role, guide.title, languages)


def guide_of(role: str, language: str) -> Guide:
    """The guide as the interview will use it.

    Raises:
        UsageError: There is none, or it has no texts in that language.
        GuideError: It is broken.
    """
    return load_guide(role, language)
