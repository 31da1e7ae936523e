"""What is wrong with an open guide, and what could be better, with where it is."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from copilot.errors import CopilotError, StorageError
from copilot.guides.editing.open_guide import OpenGuide
from copilot.guides.editing.troubles import Trouble
from copilot.knowledge.checking import check


@dataclass(frozen=True, slots=True)
class Found:
    """One problem.

    Attributes:
        trouble: What and where.
        is_error: Whether the guide cannot be saved with it.
    """

    trouble: Trouble
    is_error: bool

    @property
    def sign(self) -> str:
        """Errors and warnings by shape."""
        return "✕" if self.is_error else "▲"


class ProblemsFound(Message):
    """What could be better was looked for.

    Attributes:
        found: It; an error where it could not be looked for.
    """

    def __init__(self, found: "list[Found] | CopilotError") -> None:
        self.found = found
        super().__init__()


def errors_among(troubles: Sequence[Trouble]) -> list[Found]:
    """What keeps a guide from being saved, as problems."""
    return [Found(each, is_error=True) for each in troubles]


def problems_of(guide: OpenGuide) -> list[Found]:
    """Errors first; warnings where there is none, by the file as it would be saved.

    With a long guide it takes seconds.

    Raises:
        StorageError: The disk has no room to look.
    """
    errors = errors_among(guide.troubles())
    if errors:
        return errors
    try:
        return _warnings(guide)
    except OSError as error:
        raise StorageError.from_os_error(error, Path(tempfile.gettempdir())) from error


def _warnings(guide: OpenGuide) -> list[Found]:
    found: list[Found] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for language in guide.languages:
            file = guide.file(language)
            paths[language] = Path(folder) / file.path.name
            paths[language].write_text(file.text(), encoding="utf-8", newline="")
        for language, path in paths.items():
            try:
                warnings = check(path)
            except CopilotError:
                continue  # it was said among the errors
            for each in warnings:
                said = f"{each.key}: {each.message}" if each.key else each.message
                found.append(Found(Trouble(language, each.line, said), is_error=False))
    return found
