"""The guides there are, the broken ones included."""

from dataclasses import dataclass

from copilot.errors import CopilotError
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import find_guide, roles
from copilot.knowledge.shelf import SHELF, Shelved, Stamp, stamp_of


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """One role's guide.

    Attributes:
        role: Its id.
        title: Its title; the id where it cannot be read.
        languages: The languages it has texts in.
        problem: What is wrong with it; None where it can be used.
        broken: What is wrong with its files since it was read; the version read before is used
            until that is mended.
    """

    role: str
    title: str
    languages: tuple[str, ...] = ()
    problem: CopilotError | None = None
    broken: CopilotError | None = None


def guide_entries() -> tuple[GuideEntry, ...]:
    """All guides, those that ship and the user's own, by id; broken ones with their error."""
    return tuple(_entry(role) for role in roles())


def _entry(role: str) -> GuideEntry:
    try:
        files = find_guide(role)
        shelved = SHELF.guide(role)
    except CopilotError as error:
        return GuideEntry(role, role, problem=error)
    guide = shelved.guide
    known = {guide.language, *files.overlays}
    languages = tuple(language for language in LANGUAGES if language in known)
    return GuideEntry(role, guide.title, languages, broken=shelved.broken)


def guide_of(role: str, language: str) -> Shelved:
    """The guide as the interview will use it: as it is, or as it was before it was broken.

    Raises:
        UsageError: There is none, or it has no texts in that language.
        GuideError: It is broken, and was so from the first.
    """
    return SHELF.guide(role, language)


def guides_stamp() -> tuple[tuple[str, Stamp], ...]:
    """What the files of all guides look like; another one than before says that there is news."""
    return tuple((role, stamp_of(role)) for role in roles())
