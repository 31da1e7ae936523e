"""The guides there are, read on a thread of their own."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from copilot.errors import CopilotError
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import find_guide, knowledge_folders, load_guide, read_guide, roles

if TYPE_CHECKING:
    from copilot.guides.editing.troubles import Trouble


@dataclass(frozen=True, slots=True)
class ListedGuide:
    """One role's guide, as the list shows it.

    Attributes:
        role: Its id.
        title: What it is called; the id where it cannot be read.
        path: Its file.
        is_shipped: Whether it is one that ships.
        hides_shipped: Whether it is the user's own and stands before one that ships.
        languages: In which it has texts.
        questions: How many it has.
        points: How many points there are.
        blind: How many of them nothing can be heard by.
        waiting: How many proposals wait, in all languages.
        broken: The file that cannot be used; None where all can.
        trouble: What is wrong with it first.
    """

    role: str
    title: str
    path: Path
    is_shipped: bool
    hides_shipped: bool = False
    languages: tuple[str, ...] = ()
    questions: int = 0
    points: int = 0
    blind: int = 0
    waiting: int = 0
    broken: Path | None = None
    trouble: "Trouble | None" = None


class GuidesListed(Message):
    """The guides were read.

    Attributes:
        guides: By their ids.
    """

    def __init__(self, guides: tuple[ListedGuide, ...]) -> None:
        self.guides = guides
        super().__init__()


def guides_listed() -> tuple[ListedGuide, ...]:
    """All guides, those that ship and the user's own, the broken ones included."""
    from copilot.guides.enriching.waiting_file import waiting_roles  # noqa: PLC0415 - paint first

    waiting: dict[str, int] = {}
    for role, _language in waiting_roles():
        waiting[role] = waiting.get(role, 0) + 1
    return tuple(_listed(role, waiting.get(role, 0)) for role in roles())


def _listed(role: str, waiting: int) -> ListedGuide:
    from copilot.guides.editing.troubles import troubles_in  # noqa: PLC0415 - paint first

    shipped = knowledge_folders()[1]
    files = find_guide(role)
    is_shipped = files.guide.parent == shipped
    hides = not is_shipped and (shipped / files.guide.name).is_file()
    at = files.guide
    try:
        guide = read_guide(files.guide)
        for language, path in files.overlays.items():
            at = path
            load_guide(str(files.guide), language)
    except CopilotError as error:
        trouble = troubles_in(error)[0]
        return ListedGuide(
            role, role, files.guide, is_shipped, hides, broken=at, trouble=trouble, waiting=waiting
        )
    points = [point for question in guide.questions for point in question.points]
    known = {guide.language, *files.overlays}
    return ListedGuide(
        role,
        guide.title,
        files.guide,
        is_shipped,
        hides,
        tuple(language for language in LANGUAGES if language in known),
        len(guide.questions),
        len(points),
        sum(not point.says for point in points),
        waiting,
    )
