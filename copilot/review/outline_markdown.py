"""An outline as Markdown, one below the other, because quotes do not fit into its tables."""

import re
from collections.abc import Iterator

from copilot.review.markdown_line import safe
from copilot.review.outline import Outline, Section

_LIST = re.compile(r"^(\d*)([.)])|^()(-)")


def to_markdown(outline: Outline) -> str:
    """The document as Markdown."""
    lines = [f"# {_safe(outline.title)}", ""]
    lines += [f"- {_safe(told)}" for told in outline.lead]
    for section in outline.sections:
        lines += ["", *_section(outline, section)]
    return "\n".join(lines) + "\n"


def _section(outline: Outline, section: Section) -> Iterator[str]:
    yield f"## {_safe(section.heading)}"
    if section.lead:
        yield ""
    for told in section.lead:
        yield f"- **{_safe(told)}**"
    for block in section.blocks:
        yield ""
        yield f"### {_safe(block.name)}"
        yield ""
        for line in block.lines:
            yield f"{'  ' * line.depth}- {_safe(outline.told(line))}"


def _safe(text: str) -> str:
    """Text that shows as it is: nothing in it formats, links, begins a list or opens a tag."""
    line = safe(text)
    for sign in "!+=$":
        line = line.replace(sign, "\\" + sign)
    # What would begin a list of its own.
    return _LIST.sub(r"\1\3\\\2\4", line)
