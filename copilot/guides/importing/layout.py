"""An outline as YAML, laid out as the guides that ship are."""

from collections.abc import Mapping, Sequence
from typing import Any

from copilot.guides.editing.layout import Layout
from copilot.guides.importing.outline import GROUPS


def yaml_of(data: Mapping[str, Any], comments: Sequence[str]) -> str:
    """``data`` as the text of a YAML file; ``GuideFile`` gives it back to the byte.

    Args:
        data: Mappings, lists, texts on one line, numbers.
        comments: What stands above it, a line each.
    """
    layout = Layout()
    lines = [f"# {comment}" for comment in comments]
    for key, value in data.items():
        if key in (*GROUPS, "tips"):
            lines.append("")
        lines += layout.entry(key, value, 0)
    return "\n".join(lines) + "\n"
