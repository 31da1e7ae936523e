"""Cases of the tasks that need no language model, done with the real models and shipped guides."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from copilot.knowledge.loading import load_guide
from copilot.lab.bench import Bench
from copilot.lab.cases import Case
from copilot.lab.grid import LOCAL, GuideText, Item, Materials, Provider, Variant
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks import task_named
from copilot.lab.tasks.base import View

ROLE = "director-it-operations"
SHIPPED = "shipped"


@cache
def materials() -> Materials:
    """One role's guides, English and French."""
    texts = {}
    for language in ("en", "fr"):
        guide = load_guide(ROLE, language)
        texts[SHIPPED, ROLE, language] = GuideText(
            label=SHIPPED,
            role=ROLE,
            language=language,
            sha256=guide.content_hash(),
            content=guide.model_dump_json(by_alias=True),
        )
    return Materials(guides=texts)


@cache
def bench() -> Bench:
    """One for all tests: its models take a while to load."""
    return Bench(materials())


def variant(**config: Any) -> Variant:
    """The program itself, with these settings."""
    return Variant(id=LOCAL, guide=SHIPPED, provider=Provider(id=LOCAL, config=config))


def a_case(task: str, expected: Mapping[str, Any] | None = None, **given: Any) -> Case:
    """A case that is given this."""
    return Case(id="c1", task=task, vars=given, expected=expected or {})


def done(case: Case, **config: Any) -> tuple[Produced, View]:
    """What comes out of a case, and what checks see of it."""
    task, column = task_named(case.task), variant(**config)
    produced = task.produce(Item(case, column, 0, ""), bench())
    # What is seen is made of what was stored.
    stored = Produced.model_validate_json(produced.model_dump_json())
    return produced, task.view(case, column, stored, materials())


def fingerprint(case: Case, **config: Any) -> dict[str, Any]:
    """All that decides what comes out of a case."""
    return task_named(case.task).fingerprint(case, variant(**config), materials())


def told(decisions: Sequence[Decision]) -> list[tuple[str, str, str, bool, bool]]:
    """Decisions in short: target, label, state, shown, right."""
    return [(d.target, d.label, d.state, d.shown, d.right) for d in decisions]
