"""The task ``gate``: whether a follow-up may be shown, and which rules it breaks."""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.coach.gate import Expected, GateContext
from copilot.lab.cases import Case
from copilot.lab.grid import LOCAL, Item, Materials, Variant
from copilot.lab.packs import packs_hash
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Task, View
from copilot.lab.tasks.local_cases import GateExpected, GatePlace, GateVars
from copilot.lab.tasks.local_task import LocalTask

if TYPE_CHECKING:
    from copilot.lab.bench import Bench

PASSED, REFUSED = "passed", "refused"


class GateTask(LocalTask):
    """Holds a follow-up to the gate's rules; see ``Task``.

    Its output holds ``refused``, and in ``rules`` the names of all the rules that are broken.
    """

    name: ClassVar[str] = "gate"
    vars: ClassVar[type[BaseModel]] = GateVars
    expected: ClassVar[type[BaseModel]] = GateExpected
    packages: ClassVar[Sequence[str]] = (
        "copilot.coach",
        "copilot.knowledge",
        "copilot.lab.tasks.gate",
    )

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:  # noqa: ARG002 - the same for all
        """The follow-up, its place, and the off-limits topics."""
        given = GateVars.model_validate(case.vars)
        return {"vars": given.model_dump(mode="json"), "packs": packs_hash()}

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Check."""
        given = GateVars.model_validate(item.case.vars)
        gate, place = bench.gate, gate_context(given.context)
        began_s = time.perf_counter()
        verdict = gate.check(given.text, place)
        took_s = time.perf_counter() - began_s
        rules = [refusal.value for refusal in verdict.refusals]
        return Produced(output={"refused": bool(rules), "rules": rules}, model=LOCAL, took_s=took_s)

    def view(
        self,
        case: Case,
        variant: Variant,  # noqa: ARG002 - the same for all
        produced: Produced,
        materials: Materials,  # noqa: ARG002 - all is in the output
    ) -> View:
        """The verdict in words; a decision where it is known."""
        given = GateVars.model_validate(case.vars)
        rules = produced.output["rules"]
        return View(
            language=given.context.language,
            text=f"{REFUSED}: {', '.join(rules)}" if rules else PASSED,
            output=produced.output,
            said={"u1": given.context.answer} if given.context.answer else {},
            decisions=_decisions(GateExpected.model_validate(case.expected), rules),
        )


def gate_context(place: GatePlace) -> GateContext:
    """A place as the gate has it; the question itself counts as asked."""
    expected = place.expected
    question = (place.question,) if place.question else ()
    return GateContext(
        language=place.language,
        question=place.question,
        answer=place.answer,
        asked=(*question, *place.asked),
        expected=None
        if expected is None
        else Expected(expected.label, expected.description, expected.says),
        local=place.local,
    )


def _decisions(known: GateExpected, rules: Sequence[str]) -> tuple[Decision, ...]:
    right = known.refused or bool(known.rule)
    if known.refused is None and not known.rule:
        return ()
    label = known.rule or (REFUSED if right else PASSED)
    state = _state(label, rules)
    return (
        Decision(
            kind="refusal",
            target=known.rule,
            label=label,
            state=state,
            shown=bool(rules),
            right=right,
        ),
    )


def _state(label: str, rules: Sequence[str]) -> str:
    """The label where it holds; else the first rule that is broken, or that none is."""
    if not rules:
        return PASSED
    return label if label in (*rules, REFUSED) else rules[0]


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {GateTask.name: GateTask()}
