"""Which words of two texts are not the same."""

import difflib
import re
from dataclasses import dataclass

#: Words, signs and the spaces between them; put together again they are the text.
_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
#: The time grows with the product of both: more than this is shown as another text on the whole.
_MOST_PIECES = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text.

    Attributes:
        text: It.
        same: Whether it stands in the other text, too.
    """

    text: str
    same: bool


def different_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, each of which stands in the other or does not."""
    if before == after:
        return [Piece(before, same=True)], [Piece(after, same=True)]
    left, right = _PIECES.findall(before), _PIECES.findall(after)
    if len(left) + len(right) > _MOST_PIECES:
        return [Piece(before, same=False)], [Piece(after, same=False)]
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        same = kind == "equal"
        if a < b:
            ours.append(Piece("".join(left[a:b]), same=same))
        if c < d:
            theirs.append(Piece("".join(right[c:d]), same=same))
    return ours, theirs


def different_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Both texts as one, line by line.

    Returns:
        Each line with a sign: a space where both have it, ``-`` where only the first has it, ``+``
        where only the second has it.
    """
    left, right = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    lines: list[tuple[str, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            lines += [(" ", line) for line in left[a:b]]
        else:
            lines += [("-", line) for line in left[a:b]]
            lines += [("+", line) for line in right[c:d]]
    return lines
