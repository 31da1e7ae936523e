"""Runs made by hand, for what reads runs and does not make them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from copilot.lab.cases import Case
from copilot.lab.grid import Materials, Variant
from copilot.lab.results import Checked, Produced, Result, RunRecord
from copilot.lab.running.run import Run
from copilot.lab.running.writing import RunFolder


def a_case(case_id: str, *, task: str = "follow_up", session: str = "", **changes: Any) -> Case:
    """A case about an answer at the bakery."""
    given = {"question": "How would you bring in a new oven?", "answer": f"I would try {case_id}."}
    values: dict[str, Any] = {"vars": given, "origin": "bakery.yaml:3", **changes}
    return Case(id=case_id, task=task, session=session, **values)


def a_result(
    case: str,
    output: Any,
    *,
    variant: str = "local",
    repeat: int = 0,
    error: str = "",
    text: str | None = None,
    checks: Iterable[Checked] = (),
    **changes: Any,
) -> Result:
    """What came out for a case."""
    said = output.get("say", "") if isinstance(output, Mapping) and text is None else text or ""
    return Result(
        item=f"{case} @ {variant} #{repeat}",
        case=case,
        variant=variant,
        repeat=repeat,
        key=f"{case}-{variant}-{repeat}",
        cached=False,
        produced=Produced(
            output=output, error=error, error_kind="ServerError" if error else "", **changes
        ),
        text=said,
        checks=tuple(checks),
    )


def passed(name: str = "one question") -> Checked:
    """A check that holds."""
    return Checked(name=name, passed=True, reason="as it should be")


def missed(name: str = "open", reason: str = "it can be answered by yes") -> Checked:
    """A check that does not hold."""
    return Checked(name=name, passed=False, reason=reason)


def a_run(
    run_id: str,
    cases: Iterable[Case],
    results: Iterable[Result],
    *,
    materials: Materials | None = None,
    path: Path | None = None,
    variants: Iterable[Variant] = (),
    **record: Any,
) -> Run:
    """A run of the suite bakery."""
    found = tuple(results)
    known = tuple(variants) or tuple(
        Variant(id=name) for name in dict.fromkeys(result.variant for result in found)
    )
    values: dict[str, Any] = {
        "suite": "bakery",
        "suite_path": "bakery.yaml",
        "suite_sha256": "0" * 64,
        "task": "follow_up",
        "began_at": "2026-03-04T09:30:00+01:00",
        "done_at": "2026-03-04T09:31:00+01:00",
        "plan_sha256": "1" * 64,
        "items": len(found),
        "repeats": 1 + max((result.repeat for result in found), default=0),
        **record,
    }
    return Run(
        path=path or Path(run_id),
        record=RunRecord(id=run_id, variants=known, **values),
        cases={case.id: case for case in cases},
        materials=materials or Materials(),
        results=found,
    )


def stored(run: Run) -> Path:
    """The folder of the same run on disk, under the id that its time and plan give it."""
    with RunFolder.create(run.record, run.cases.values(), run.materials) as folder:
        for result in run.results:
            folder.results.add(result)
        folder.finish(run.record.model_copy(update={"id": folder.path.name}))
    return folder.path
