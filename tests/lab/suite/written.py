"""Suites written into a folder, and what is said of them."""

import textwrap
from pathlib import Path

import pytest

from copilot.lab.errors import SuiteError
from copilot.lab.suite.loading import load_suite
from copilot.lab.suite.model import Suite

MATCHED = """\
task: match
guides: shipped
tests:
  - vars:
      role: director-it-operations
      question: metrics
      language: en
      answer: Every Monday I look at how long our systems were down.
    expected:
      points:
        uptime: {state: explicit, quote: how long our systems were down}
"""


def write(folder: Path, text: str, name: str = "suite.yaml") -> Path:
    """A file with a text; its first line decides how far all of it is indented."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Suite:
    """The suite a text is."""
    return load_suite(write(folder, text))


def said_of(folder: Path, text: str) -> str:
    """What is wrong with the suite a text is, with bare file names."""
    with pytest.raises(SuiteError) as caught:
        read(folder, text)
    return caught.value.message.replace(f"{folder}/", "")
