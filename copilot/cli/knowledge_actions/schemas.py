"""``knowledge schema``: JSON Schemas for editors."""

import argparse
import sys

from copilot.errors import ExitCode
from copilot.knowledge.schema import SCHEMAS, schema_text


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("kind", choices=[name.split(".")[0] for name in SCHEMAS])


def run(options: argparse.Namespace) -> int:
    """Print one."""
    sys.stdout.write(schema_text(SCHEMAS[f"{options.kind}.schema.json"]))
    return ExitCode.OK
