"""What importing again does to a guide, and what of it is told."""

from dataclasses import dataclass, field

from copilot.guides.editing.edits import Edit, Place


@dataclass(frozen=True, slots=True)
class Said:
    """A text at a place of the guide.

    Attributes:
        place: Where.
        text: The document's, or what stands in the guide.
        origin: The document's line; empty where the text is the guide's own.
    """

    place: Place
    text: str
    origin: str = ""


@dataclass(slots=True)
class Merge:
    """What importing again does to a guide.

    Attributes:
        edits: The changes, to be made in this order.
        added: What is new.
        changed: What the document changed and the author had not.
        kept: What both changed: the author's stays, the document's is told here.
        deleted: What the author deleted and the document still holds; it stays deleted.
        gone: What the document no longer holds; it stays.
        moved: How many origins follow their lines, where nothing else changes.
    """

    edits: list[Edit] = field(default_factory=list)
    added: list[Said] = field(default_factory=list)
    changed: list[Said] = field(default_factory=list)
    kept: list[Said] = field(default_factory=list)
    deleted: list[Said] = field(default_factory=list)
    gone: list[Said] = field(default_factory=list)
    moved: int = 0
