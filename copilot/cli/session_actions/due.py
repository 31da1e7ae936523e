"""``sessions due``: what is past its date, and what will be before long."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from copilot.cli.json_output import print_json
from copilot.errors import ExitCode
from copilot.settings import load_settings
from copilot.store import SessionStore
from copilot.store.retention import SOON_DAYS, Standing, retention_in, standings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """List what is past its date, and what will be before long."""
    now = datetime.now(UTC)
    near = [each for each in told_standings(SessionStore()) if _is_near(each, now)]
    if not near and not options.json:
        sys.stdout.write(f"Nothing is past its date or will be within {SOON_DAYS} days.\n")
    for standing in near:
        if options.json:
            print_json(_as_json(standing, now))
        else:
            sys.stdout.write(line_of(standing, now) + "\n")
    return ExitCode.OK


def told_standings(store: SessionStore) -> list[Standing]:
    """Where every session stands; what cannot be told is named on stderr."""
    found, problems = standings(store, retention_in(load_settings().retention))
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return found


def _is_near(standing: Standing, now: datetime) -> bool:
    left = standing.days_left(now)
    return left is not None and left <= SOON_DAYS


def line_of(standing: Standing, now: datetime) -> str:
    """One session and its date, for people."""
    when = "kept" if standing.due_at is None else f"{standing.due_at:%Y-%m-%d}"
    if standing.due_at is not None:
        when = f"past its date since {when}" if standing.is_due(now) else f"due on {when}"
    held = "  on hold" if standing.hold else ""
    kept = f"{_days(standing.days)} from {standing.started_at:%Y-%m-%d}"
    return f"{standing.folder.id}  {when}  ({kept})  {standing.role or 'encrypted'}{held}"


def _days(days: int | None) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _as_json(standing: Standing, now: datetime) -> dict[str, Any]:
    return {
        "id": standing.folder.id,
        "role": standing.role,
        "started_at": standing.started_at.isoformat(timespec="seconds"),
        "days": standing.days,
        "due_at": standing.due_at and standing.due_at.isoformat(timespec="seconds"),
        "due": standing.is_due(now),
        "hold": standing.hold and standing.hold.model_dump(),
    }
