"""Options that narrow stored sessions down: role and dates."""

import argparse
import calendar
import re
from datetime import date

from copilot.errors import UsageError
from copilot.store.index import Filters

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """``--role``, ``--since`` and ``--until``."""
    parser.add_argument("--role", metavar="R", help="only this role: its id, or words of its title")
    add_dates(parser)


def add_dates(parser: argparse.ArgumentParser) -> None:
    """``--since`` and ``--until``."""
    parser.add_argument(
        "--since",
        type=_first_day,
        metavar="DATE",
        help="not before this day, month or year: 2026-03",
    )
    parser.add_argument(
        "--until", type=_last_day, metavar="DATE", help="not after this day, month or year: 2026-05"
    )


def filters_from(options: argparse.Namespace) -> Filters:
    """What they were set to.

    Raises:
        UsageError: They leave no day.
    """
    if options.since and options.until and options.since > options.until:
        raise UsageError(
            f"{options.until} comes before {options.since}.", "--since names the earlier day."
        )
    return Filters(role=options.role, since=options.since, until=options.until)


def _first_day(text: str) -> date:
    year, month, day = _parts(text)
    return _date(text, year, month or 1, day or 1)


def _last_day(text: str) -> date:
    year, month, day = _parts(text)
    month = month or 12
    if not day and month <= 12:
        day = calendar.monthrange(year, month)[1]
    return _date(text, year, month, day)


def _parts(text: str) -> tuple[int, int, int]:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise _no_date(text)
    if any(part is not None and int(part) == 0 for part in found.groups()):
        raise _no_date(text)
    year, month, day = (int(part or 0) for part in found.groups())
    return year, month, day


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _no_date(text) from error


def _no_date(text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"{text!r} is no date; write 2026-03-17, 2026-03 or 2026")
