"""One of two runs as a comparison needs it: from a run's folder, or from a baseline."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from copilot.lab.cases import Assertion, Case, LabModel
from copilot.lab.comparing.model import Compared
from copilot.lab.grid import Materials, Variant
from copilot.lab.results import Result, RunRecord
from copilot.lab.running.run import Run


class Digest(LabModel):
    """What a case was, without its text.

    Attributes:
        given: Hash of what the task is given and what is known to be right.
        group: The case's group; its id where it has none.
        checks: By name of a check that the case or its suite asks for, hash of what it wants.
    """

    given: str
    group: str
    checks: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Side:
    """A run, without what a comparison has no use for.

    Attributes:
        record: What the run was.
        digests: By case id.
        results: By variant and case, in order of the repeats.
        materials: Prompts and guides with their texts; empty for a baseline.
        guides: Hash of each guide, by label, role and language.
        baseline: Whether it is a baseline.
    """

    record: RunRecord
    digests: Mapping[str, Digest]
    results: Mapping[tuple[str, str], tuple[Result, ...]]
    materials: Materials = field(default_factory=Materials)
    guides: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    baseline: bool = False

    @property
    def told(self) -> Compared:
        """What it is called in a comparison."""
        record = self.record
        return Compared(
            id=record.id,
            suite=record.suite,
            began_at=record.began_at,
            commit=record.commit,
            baseline=self.baseline,
            finished=bool(record.done_at),
        )

    @property
    def variants(self) -> Mapping[str, Variant]:
        """The columns by id."""
        return {each.id: each for each in self.record.variants}


def side_of(run: Run) -> Side:
    """A run as a comparison needs it."""
    return Side(
        record=run.record,
        digests={each.id: digest_of(each) for each in run.cases.values()},
        results=by_cell(run.results),
        materials=run.materials,
        guides={where: each.sha256 for where, each in run.materials.guides.items()},
    )


def by_cell(results: Iterable[Result]) -> dict[tuple[str, str], tuple[Result, ...]]:
    """Results by variant and case, in order of the repeats."""
    found: dict[tuple[str, str], list[Result]] = {}
    for each in results:
        found.setdefault((each.variant, each.case), []).append(each)
    return {
        where: tuple(sorted(several, key=lambda each: each.repeat))
        for where, several in found.items()
    }


def digest_of(case: Case) -> Digest:
    """What a case was, without its text."""
    named: dict[str, list[Assertion]] = {}
    for each in case.asserts:
        named.setdefault(each.name, []).append(each)
    return Digest(
        given=_hash(case.model_dump_json(include={"task", "vars", "expected"})),
        group=case.group or case.id,
        checks={
            name: _hash("\n".join(each.model_dump_json() for each in several))
            for name, several in named.items()
        },
    )


def _hash(text: str) -> str:
    # Long enough for no two cases of a suite ever to meet, short enough to be read in a diff.
    return hashlib.sha256(text.encode()).hexdigest()[:20]
