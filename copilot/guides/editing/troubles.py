"""What is wrong with a guide, problem by problem, as an error lists them."""

import re
from dataclasses import dataclass

from copilot.errors import CopilotError
from copilot.i18n import _

_PROBLEM = re.compile(r"^ *.+?\.ya?ml(?::(?P<line>[0-9]+))?: (?P<said>.+)$")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem.

    Attributes:
        language: Of the file it is in.
        line: Counted from 1; 0 where none can be named.
        said: What is wrong, and at which key.
    """

    language: str
    line: int
    said: str

    def __str__(self) -> str:
        if not self.line:
            return self.said
        return _("line {line}: {said}", line=self.line, said=self.said)


def troubles_in(error: CopilotError, language: str = "") -> list[Trouble]:
    """The problems an error lists; the error itself where it lists none."""
    found = [
        Trouble(language, int(match["line"] or 0), match["said"])
        for line in error.message.splitlines()
        if (match := _PROBLEM.match(line))
    ]
    return found or [Trouble(language, 0, " ".join(error.message.split()))]
