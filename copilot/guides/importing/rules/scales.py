"""Rating scales: what 1 to 4 look like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.guides.documents.model import Block, BlockKind

_RATED = re.compile(
    r"^(?:(?:score|rating|level|note|niveau)\s*)?(?P<mark>[0-9])\s*(?:/\s*[0-9]{1,2})?"
    r"(?:\s*[-\u2013—:=.)]+\s*|\s+\()(?P<text>\S.*)$",
    re.IGNORECASE,
)
_SCALE_WORDS = re.compile(
    r"\b(?:poor|weak|unsatisfactory|insufficient|below|basic|limited|novice|fair|meets|good|"
    r"solid|proficient|"
    r"strong|exceeds|above|excellent|outstanding|exceptional|expert|insuffisant|faible|moyen|"
    r"passable|"
    r"débutant|satisfaisant|bon|bien|maîtrise|très bien|excellent|exemplaire|remarquable|absent|"
    r"none|no evidence)\b",
    re.IGNORECASE,
)
#: Guides rate 1 to 4.
RATINGS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Rated:
    """One line of a scale.

    Attributes:
        block: Where it stands.
        rating: What it describes.
        mark: The number and its sign, where the block's text has them; else empty.
        text: The description.
    """

    block: Block
    rating: int
    mark: str
    text: str


def scale_at(blocks: Sequence[Block], start: int, *, within_rating: bool) -> tuple[Rated, ...]:
    """The scale that begins at a block, up or down; empty where none does.

    Args:
        blocks: The document's.
        start: Where to look.
        within_rating: Whether this is where a scale is to be expected, as under a competency; else
            the lines must speak as those of scales do.
    """
    first = _rated(blocks[start])
    if first is None:
        return ()
    lines = [first]
    for block in blocks[start + 1 : start + 10]:
        rated = _rated(block, among=True)  # a last short line may look like a heading
        if rated is None or abs(rated.rating - lines[-1].rating) != 1:
            break
        if len(lines) > 1 and rated.rating - lines[-1].rating != lines[1].rating - lines[0].rating:
            break
        lines.append(rated)
    if len(lines) < 3 or min(line.rating for line in lines) > 1:
        return ()
    if any(line.text.rstrip().endswith("?") for line in lines):
        return ()
    spoken = sum(_SCALE_WORDS.search(line.text) is not None for line in lines) >= 2
    in_text = all(line.mark for line in lines)
    return tuple(lines) if within_rating or spoken or in_text else ()


def _rated(block: Block, *, among: bool = False) -> Rated | None:
    if block.kind is BlockKind.HEADING and not among:
        return None
    if block.number is not None:
        return Rated(block, block.number, "", block.text)
    match = _RATED.match(block.text)
    if match is None:
        return None
    mark = block.text[: match.start("text")].strip()
    return Rated(block, int(match["mark"]), mark, match["text"].strip())
