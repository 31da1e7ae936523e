"""A small prompt file to break in one place, and folders to put it into."""

from pathlib import Path

FOLLOW_UP = """---
name: follow_up
description: Short questions.
inputs: [question, targets, answer]
output: FollowUp
temperature: 0.3
max_tokens: 250
max_prompt_tokens: 1500
---
system:
Write one question as JSON.

user:
Question: {{ question }}
{% for target in targets %}
- {{ target.id }}: {{ target.label }}
{% endfor %}
{{ answer }}
"""


def write_prompt(folder: Path, text: str = FOLLOW_UP, name: str = "follow_up.md") -> Path:
    """``text`` as a prompt file in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
