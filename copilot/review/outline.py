"""A document in which people or sessions stand side by side, before it takes a form.

What a comparison and a merged panel say is put into an outline once; a terminal, Markdown and HTML
each have their own way of setting it side by side.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell.

    Attributes:
        text: As it was said or written; every form makes it harmless in its own way.
        depth: How far in it stands, 0 to 2.
        is_heading: Whether what follows deeper in belongs to it.
    """

    text: str
    depth: int = 0
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """What there is to say of one person or session in a section.

    Attributes:
        name: Who it is.
        lines: In order.
    """

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One thing on which all are set side by side.

    Attributes:
        heading: What it is.
        lead: What concerns all of them, such as who was not asked.
        blocks: One a person or session, always in the same order.
    """

    heading: str
    lead: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole document.

    Attributes:
        language: ``en`` or ``fr``.
        title: Its title.
        lead: What to know before reading on.
        sections: In order.
    """

    language: str
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]

    def told(self, line: Line) -> str:
        """A line's text, ended by a colon where it is a heading."""
        if not line.is_heading:
            return line.text
        return f"{line.text} :" if self.language == "fr" else f"{line.text}:"
