"""Small real plans: follow-ups before the gate, and opinions asked of an endpoint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from copilot.lab.cases import Assertion, Case
from copilot.lab.checks.opinions import judge_prompts, judged_by
from copilot.lab.executing.base import Executor
from copilot.lab.executing.local import LocalExecutor
from copilot.lab.grid import LOCAL, Item, Materials, Provider, Variant
from copilot.lab.running.plan import Plan, planned
from copilot.lab.suite.model import Limits, Suite
from copilot.llm.profile import Prices, profile

#: What the scripted endpoint says of every output.
YES = '{"reason": "It holds.", "verdict": "yes"}'
_TEXTS = (
    "How did you notice that the printers had yesterday's addresses?",
    "Who could have called the whole weekend off?",
    "Did the label printers work on Monday?",
    "When the printers failed, did you think about stopping?",
)


def gate_case(number: int, **given: Any) -> Case:
    """A follow-up before the gate; no two are the same."""
    text = f"{_TEXTS[number % len(_TEXTS)]} ({number})"
    return Case(
        **{
            "id": f"g{number}",
            "task": "gate",
            "vars": {
                "context": {
                    "language": "en",
                    "question": "How did the cutover of the warehouses go?",
                    "answer": "The printers had yesterday's addresses, and I called it off.",
                    "local": True,
                },
                "text": text,
            },
            "expected": {"refused": False},
            "asserts": (Assertion(type="right"),),
            "group": f"g{number}",
            **given,
        }
    )


def opinion_case(number: int, **given: Any) -> Case:
    """An output of which an endpoint is to say something."""
    return Case(
        **{
            "id": f"o{number}",
            "task": "opinion",
            "vars": {"language": "en", "criterion": "It is short.", "judged": f"Output {number}."},
            "expected": {"verdict": "yes"},
            "asserts": (Assertion(type="right"),),
            "group": f"o{number}",
            **given,
        }
    )


def a_suite(cases: Sequence[Case], path: Path = Path("a.yaml"), **given: Any) -> Suite:
    """A suite of some cases."""
    return Suite(
        **{
            "name": "small",
            "path": path,
            "sha256": "0" * 64,
            "description": "Made for tests",
            "task": cases[0].task,
            "cases": tuple(cases),
            **given,
        }
    )


def gate_plan(count: int = 6, **given: Any) -> Plan:
    """Follow-ups before the gate, done by the program itself."""
    cases = [gate_case(number) for number in range(count)]
    return planned(a_suite(cases, **given), Materials(), [Variant(id=LOCAL)], 1)


def endpoint(
    url: str, *, prices: Prices | None = None, config: Mapping[str, Any] | None = None
) -> tuple[Materials, Variant]:
    """What is needed to ask an endpoint for opinions."""
    provider = Provider(id="profile:toy", label="toy", config=config or {})
    prompts = judge_prompts()
    toy = profile("toy", url, "toy", prices=prices)
    materials = Materials(
        prompts={prompt.sha256: prompt for prompt in prompts}, profiles={provider.id: toy}
    )
    return materials, judged_by(provider, prompts)


def opinion_plan(
    url: str,
    count: int = 6,
    *,
    repeats: int = 1,
    prices: Prices | None = None,
    config: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Plan:
    """Opinions asked of an endpoint."""
    materials, variant = endpoint(url, prices=prices, config=config)
    cases = [opinion_case(number) for number in range(count)]
    suite = a_suite(cases, limits=limits or Limits())
    return planned(suite, materials, [variant], repeats)


def with_prompt(plan: Plan, change: tuple[str, str]) -> Plan:
    """The same plan with a changed English prompt."""
    variant = plan.variants[0]
    old = plan.materials.prompts[variant.prompt_sha256["en"]]
    new = old.model_copy(update={"sha256": "1" * 64, "text": old.text.replace(*change)})
    assert new.text != old.text
    hashes = {**variant.prompt_sha256, "en": new.sha256}
    changed = variant.model_copy(update={"prompt_sha256": hashes})
    materials = replace(plan.materials, prompts={**plan.materials.prompts, new.sha256: new})
    return planned(plan.suite, materials, [changed], plan.repeats)


@dataclass
class Counting:
    """Makes executors of this machine, and remembers what they were given.

    Attributes:
        concurrency: Most requests at once.
        workers: Processes.
        given: Ids of the items, executor by executor.
    """

    concurrency: int = 1
    workers: int = 1
    given: list[list[str]] = field(default_factory=list)

    def __call__(self, materials: Materials, items: Sequence[Item]) -> Executor:
        self.given.append([item.id for item in items])
        return LocalExecutor(materials, concurrency=self.concurrency, workers=self.workers)

    @property
    def done(self) -> int:
        """How many items it was given in all."""
        return sum(map(len, self.given))
