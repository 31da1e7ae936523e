"""An import that is planned whole, shown, and then written whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from copilot.guides.editing.edits import shown
from copilot.guides.editing.guide_file import GuideFile, write_whole
from copilot.guides.importing.draft import Draft, FoundQuestion, FoundStage, Item, Tip, Unplaced
from copilot.guides.importing.fitting import one_line
from copilot.guides.importing.merging.record import Record, make_folder, write_record
from copilot.guides.importing.merging.result import Merge, Said
from copilot.guides.importing.trouble import ImportingError
from copilot.i18n import _

#: Enough of a text to know it again by, with its line.
ENOUGH = 40

Found = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and where to.

    Attributes:
        role: The guide's id.
        folder: Where guides lie.
        titles: What each document calls itself, by the name of its file.
        digests: The SHA-256 of each document's content, likewise.
        title: What the role is to be called; empty for what the document calls it, or for what
            the guide has.
        by_model: What a language model found; see ``found_in``.
        asked_model: Whether one was asked.
    """

    role: str
    folder: Path
    titles: Mapping[str, str]
    digests: Mapping[str, str]
    title: str = ""
    by_model: Found = frozenset()
    asked_model: bool = False


@dataclass(slots=True)
class Planned:
    """An import before it is written.

    Attributes:
        path: The guide or overlay.
        before: What stands there; empty where nothing does.
        text: What will.
        record: What is kept for the next import.
        merge: What is changed in a guide that is there.
        had_record: Whether what the last import made is known.
        rest: Texts that are longer than a guide takes.
        pairs: For an overlay, which items were taken for which; see ``Overlaid``.
        files: What is there and would be changed, in the order of writing.
    """

    path: Path
    before: str
    text: str
    record: Record
    merge: Merge = field(default_factory=Merge)
    had_record: bool = False
    rest: tuple[Unplaced, ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()
    files: list[GuideFile] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether there is no such file yet."""
        return not self.before

    @property
    def is_changed(self) -> bool:
        """Whether anything of the guide would be another."""
        return self.text != self.before

    @property
    def also_changed(self) -> list[Path]:
        """Files that would be changed beside ``path``."""
        return [file.path for file in self.files if file.is_changed and file.path != self.path]

    def write(self) -> None:
        """Write the guide, then the record; each whole or not at all.

        Raises:
            GuideError: The file changed meanwhile.
            ImportingError: One was made meanwhile.
            StorageError: The disk refuses.
        """
        if self.is_new and self.path.exists():
            raise ImportingError(
                _("{path} was made meanwhile.", path=self.path), _("Import once more.")
            )
        for file in self.files:
            if file.is_changed:
                file.save()
        if self.is_new:
            make_folder(self.path.parent)
            write_whole(self.path, self.text)
        write_record(self.path, self.record)


def found_in(draft: Draft) -> Found:
    """Everything found, by which two drafts of one document are compared."""
    items = (*draft.competencies, *draft.skills, *draft.stages, *draft.questions, *draft.red_flags)
    points = (point for question in draft.questions for point in question.points)
    found: list[Item | Tip] = [*items, *points, *draft.tips]
    holders: list[FoundQuestion | FoundStage] = [*draft.questions, *draft.stages]
    for holder in holders:
        found += holder.tips
    return frozenset((one_line(each.text)[:ENOUGH], each.origin) for each in found)


def mark(said: Said) -> str:
    """An item by its place and line, as a record keeps it."""
    return f"{shown(said.place)} {said.origin}"
