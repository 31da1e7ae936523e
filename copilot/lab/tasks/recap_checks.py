"""The task ``recap_checks``: whether the checks of recaps let a sentence stand."""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import joined
from copilot.lab.cases import Case
from copilot.lab.grid import LOCAL, Item, Materials, Variant
from copilot.lab.packs import packs_hash
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Quoted, Task, View
from copilot.lab.tasks.local_cases import RecapChecksExpected, RecapChecksVars
from copilot.lab.tasks.local_task import LocalTask
from copilot.review.recap.checking import Proposed, SentenceChecks, Spoken

if TYPE_CHECKING:
    from copilot.lab.bench import Bench

KEPT, LEFT_OUT = "kept", "left out"


class RecapChecksTask(LocalTask):
    """Holds one sentence to the checks of a recap; see ``Task``.

    Its output holds ``failed``: the name of the first check that it fails, or null.
    """

    name: ClassVar[str] = "recap_checks"
    vars: ClassVar[type[BaseModel]] = RecapChecksVars
    expected: ClassVar[type[BaseModel]] = RecapChecksExpected
    packages: ClassVar[Sequence[str]] = (
        "copilot.review.recap",
        "copilot.coach",
        "copilot.matching",
        "copilot.knowledge",
        "copilot.lab.tasks.recap_checks",
    )

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:  # noqa: ARG002 - the same for all
        """The sentence, what it rests on, and the off-limits topics."""
        given = RecapChecksVars.model_validate(case.vars)
        return {"vars": given.model_dump(mode="json"), "packs": packs_hash()}

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Check."""
        given = RecapChecksVars.model_validate(item.case.vars)
        checks: SentenceChecks = bench.kept(
            ("recap_checks", given.language),
            lambda: SentenceChecks(given.language, joined(every_pack()), bench.embedder),
        )
        spoken = Spoken(_said(given), given.said_language)
        began_s = time.perf_counter()
        failed = checks.failed(Proposed(given.sentence, tuple(spoken.texts)), spoken)
        took_s = time.perf_counter() - began_s
        name = None if failed is None else failed.value
        return Produced(output={"failed": name}, model=LOCAL, took_s=took_s)

    def view(
        self,
        case: Case,
        variant: Variant,  # noqa: ARG002 - the same for all
        produced: Produced,
        materials: Materials,  # noqa: ARG002 - all is in the output
    ) -> View:
        """The sentence where it stays, or why it does not; a decision where that is known."""
        given = RecapChecksVars.model_validate(case.vars)
        failed: str | None = produced.output["failed"]
        said = _said(given)
        return View(
            language=given.language,
            text=KEPT if failed is None else f"{LEFT_OUT}: {failed}",
            output=produced.output,
            said=said,
            quotes=(Quoted(tuple(said), "", given.sentence),),
            decisions=_decisions(RecapChecksExpected.model_validate(case.expected), failed),
        )


def _said(given: RecapChecksVars) -> dict[str, str]:
    return {f"u{number}": text for number, text in enumerate(given.said, 1)}


def _decisions(known: RecapChecksExpected, failed: str | None) -> tuple[Decision, ...]:
    if known.right is None:
        return ()
    return (
        Decision(
            kind="sentence",
            target="" if known.right else known.kind,
            label=KEPT if known.right else LEFT_OUT,
            state=KEPT if failed is None else LEFT_OUT,
            shown=failed is not None,
            right=not known.right,
        ),
    )


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {RecapChecksTask.name: RecapChecksTask()}
