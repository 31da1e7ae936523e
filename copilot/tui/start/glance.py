"""What the first screen has to know before it is painted, found without loading anything."""

import json
from dataclasses import dataclass

from copilot.paths import config_folder, data_folder

LAST_TIME = "last-interview.json"


@dataclass(frozen=True, slots=True)
class Glance:
    """What there is.

    Attributes:
        stored: How many sessions are stored.
        unended: Ids of calls that have no end, newest first: interrupted, or running elsewhere.
        last_time: Whether somebody has prepared an interview before.
        lab_used: Whether something was run in the lab.
    """

    stored: int = 0
    unended: tuple[str, ...] = ()
    last_time: bool = False
    lab_used: bool = False


def glance() -> Glance:
    """A quick look; what cannot be read is left to whoever looks closely."""
    records = sorted((data_folder() / "sessions").glob("[!.]*/session.json"), reverse=True)
    unended: list[str] = []
    for path in records:
        try:
            record = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(record, dict) and _may_go_on(record):
            unended.append(path.parent.name)
    return Glance(
        len(records),
        tuple(unended),
        (config_folder() / LAST_TIME).is_file(),
        any((data_folder() / "lab" / "runs").glob("*/run.json")),
    )


def _may_go_on(record: dict[str, object]) -> bool:
    if "encrypted" in record:
        return False  # nothing can be told of it, and it cannot go on as it is
    return record.get("ended") is None and record.get("capture") != "recording"
