"""The plan of a run: which cases, how often, and what may be used; nothing is done yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from copilot.errors import UsageError, nearest
from copilot.lab.cases import Case, Split
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.running.keys import items_of, plan_hash
from copilot.lab.suite.model import Suite
from copilot.lab.tasks import task_named
from copilot.lab.tasks.base import Task


@dataclass(frozen=True, slots=True)
class Only:
    """Which cases are run; all that fit everything given.

    Attributes:
        globs: Patterns of ids, such as ``backend-*``; one of them has to fit. Empty: any.
        split: The part they belong to; None: any.
        metadata: What their metadata says.
        ids: Exactly these; None: any.
    """

    globs: tuple[str, ...] = ()
    split: Split | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    ids: frozenset[str] | None = None

    def fits(self, case: Case) -> bool:
        """Whether a case is run."""
        return (
            (not self.globs or any(fnmatchcase(case.id, glob) for glob in self.globs))
            and self.split in (None, case.split)
            and all(case.metadata.get(key) == value for key, value in self.metadata.items())
            and (self.ids is None or case.id in self.ids)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run.

    Attributes:
        suite: With only the cases that are run.
        tasks: By name, those of the cases.
        materials: Prompts, guides and language models.
        variants: The columns.
        items: In order.
        repeats: How often each case is done; 1 where all tasks are deterministic.
        sha256: Hash of all cases, and of all items' ids and keys.
    """

    suite: Suite
    tasks: Mapping[str, Task]
    materials: Materials
    variants: tuple[Variant, ...]
    items: tuple[Item, ...]
    repeats: int
    sha256: str


def plan_of(suite: Suite, *, only: Only | None = None, repeats: int | None = None) -> Plan:
    """The plan of a suite.

    Args:
        suite: What is to be run.
        only: Which of its cases; all unless given.
        repeats: How often; as the suite says unless given.

    Raises:
        UsageError: No case is left.
        CopilotError: A prompt, guide or model cannot be used, or a case cannot be put with one.
    """
    from copilot.lab.suite.materials import collect  # noqa: PLC0415 - reads settings and guides

    chosen = replace(suite, cases=_chosen(suite, only or Only()))
    materials, variants = collect(chosen)
    return planned(chosen, materials, variants, repeats or suite.repeats)


def planned(suite: Suite, materials: Materials, variants: Sequence[Variant], repeats: int) -> Plan:
    """The plan where materials and variants are known.

    Raises:
        CopilotError: A case cannot be put with a prompt or guide; it names where.
    """
    tasks = {name: task_named(name) for name in dict.fromkeys(case.task for case in suite.cases)}
    items = tuple(items_of(tasks, suite.cases, variants, repeats, materials))
    often = 1 if all(task.deterministic for task in tasks.values()) else repeats
    return Plan(
        suite, tasks, materials, tuple(variants), items, often, plan_hash(suite.cases, items)
    )


def _chosen(suite: Suite, only: Only) -> tuple[Case, ...]:
    chosen = tuple(case for case in suite.cases if only.fits(case))
    if chosen or not suite.cases:
        return chosen
    hint = f"It has {len(suite.cases)} cases."
    if only.globs:
        hint += f" {nearest(only.globs[0], [case.id for case in suite.cases][:20])}"
    raise UsageError(f"no case of the suite {suite.name} is left to run.", hint)
