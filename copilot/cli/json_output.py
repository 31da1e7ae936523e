"""JSON for machines, a value a line."""

import json
import sys
from typing import Any, TextIO


def print_json(value: Any, out: TextIO | None = None) -> None:
    """One JSON value on one line."""
    stream = out or sys.stdout
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")
    stream.flush()
