"""A run as it is read back; ``folder`` makes it from disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from copilot.lab.cases import Case
from copilot.lab.grid import Materials
from copilot.lab.results import Result, RunRecord


@dataclass(frozen=True, slots=True)
class Run:
    """What a run's folder holds.

    Attributes:
        path: The folder.
        record: ``run.json``.
        cases: By id, as they were.
        materials: Prompts and guides as they were; no profiles.
        results: In the order of the plan: cases, then variants, then repeats. Of a run that was cut
            off, those that are there.
        torn: Whether the last line of the results was half written; it is left out.
    """

    path: Path
    record: RunRecord
    cases: Mapping[str, Case]
    materials: Materials
    results: tuple[Result, ...]
    torn: bool = False
