"""``sessions retention``: how long interviews are kept, by role."""

import argparse
import json
import sys
from collections.abc import Iterable

from copilot.cli.json_output import print_json
from copilot.errors import ExitCode, SessionError, UsageError, nearest
from copilot.knowledge.loading import roles
from copilot.settings import change_settings, load_settings
from copilot.store import SessionStore
from copilot.store.retention import DEFAULT, KEEP, MOST_DAYS, Retention, retention_in


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "role",
        metavar="ROLE",
        nargs="?",
        default=DEFAULT,
        help="a guide's id; default for all roles without a time of their own",
    )
    parser.add_argument(
        "days",
        metavar="DAYS",
        nargs="?",
        help="so many days from the interview's start; keep for as long as nobody deletes it; for "
        "a role, default to go by the default again",
    )
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Set it, and show it."""
    role, days = options.role, options.days
    if days is None and role != DEFAULT:
        role, days = DEFAULT, role  # one word alone is a time
    if days is not None:
        _choose(role, days)
    chosen = load_settings().retention or {}
    retention = retention_in(chosen)
    if options.json:
        print_json({DEFAULT: KEEP, **chosen})
        return ExitCode.OK
    sys.stdout.write("\n".join(_lines(retention)) + "\n")
    return ExitCode.OK


def _choose(role: str, days: str) -> None:
    chosen = dict(load_settings().retention or {})
    if days == DEFAULT and role != DEFAULT:
        if chosen.pop(role, None) is None:
            raise UsageError(f"{role} goes by the default already.", "sessions retention shows it.")
    else:
        _check_role(role, chosen)
        chosen[role] = _time(days)
    # Read as a whole before it is kept, so that nothing unusable is written.
    retention_in(json.loads(json.dumps(chosen)))
    change_settings(retention=chosen or None)


def _time(days: str) -> int | str:
    if days == KEEP:
        return KEEP
    if not days.isascii() or not days.isdecimal() or not 0 < int(days) <= MOST_DAYS:
        raise UsageError(
            f"{days!r} is no number of days.", f"Give 1 to {MOST_DAYS} days, or the word keep."
        )
    return int(days)


def _check_role(role: str, chosen: Iterable[str]) -> None:
    """A role that is only mistyped would be kept by the default, and nobody would see it."""
    known = {DEFAULT, *roles(), *chosen}
    for folder in SessionStore().folders() if role not in known else ():
        try:
            known.add(folder.record().role)
        except SessionError:
            continue
    if role not in known:
        raise UsageError(f"there is no role {role!r}.", nearest(role, known))


def _lines(retention: Retention) -> Iterable[str]:
    yield f"{'default':<28} {_said(retention.days(None))}"
    for role in sorted(set(retention.by_role) - {DEFAULT}):
        yield f"{role:<28} {_said(retention.days(role))}"


def _said(days: int | None) -> str:
    if days is None:
        return "kept until somebody deletes it"
    unit = "day" if days == 1 else "days"
    return f"{days} {unit} from the interview's start"
