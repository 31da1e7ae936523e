"""What is wrong with an open guide, and what could be better, with where it is."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import CopilotError
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


def problems_of(guide: OpenGuide) -> list[Found]:
    """Errors first; warnings where there is none, by the file as it would be saved."""
    errors = [Found(each, is_error=True) for each in guide.troubles()]
    if errors:
        return errors
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
