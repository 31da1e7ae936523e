"""Runs made by hand, small enough to know what has to come out."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import LOCAL, GuideText, Materials, PromptText, Provider, Variant
from copilot.lab.results import Checked, Decision, Produced, Result, RunRecord
from copilot.lab.running.run import Run
from copilot.lab.running.writing import RunFolder

RIGHT = "right"


def sha(text: str) -> str:
    """The hash of a text as files have it."""
    return hashlib.sha256(text.encode()).hexdigest()


def a_case(name: str = "c1", text: str = "I keep the lights on.", **given: Any) -> Case:
    """A case whose answer is ``text``."""
    return Case(
        **{
            "id": name,
            "task": "match",
            "vars": {"role": "cook", "language": "en", "answer": text},
            "asserts": (Assertion(type=RIGHT),),
            "group": name,
            "origin": "answers.jsonl:1",
            **given,
        }
    )


def a_decision(*, shown: bool, right: bool, target: str = "ovens", **given: Any) -> Decision:
    """What was said about a point, beside its label."""
    return Decision(
        **{
            "kind": "point",
            "target": target,
            "label": "said" if right else "absent",
            "state": "evidenced" if shown else "not_heard",
            "shown": shown,
            "right": right,
            "confidence": 0.9 if shown else 0.2,
            **given,
        }
    )


def a_result(
    case: str = "c1",
    variant: str = LOCAL,
    repeat: int = 0,
    *,
    passed: bool | None = True,
    error: str = "",
    decisions: Iterable[Decision] = (),
    **given: Any,
) -> Result:
    """A result with one check, or with an error."""
    found = Checked(name=RIGHT, passed=passed, score=float(bool(passed)), reason="As labelled.")
    produced = (
        Produced(error=error, error_kind="ServerError", model=LOCAL)
        if error
        else Produced(output={"text": "Which oven?"}, model=LOCAL, took_s=0.5, tokens_in=10)
    )
    return Result(
        **{
            "item": f"{case} @ {variant} #{repeat}",
            "case": case,
            "variant": variant,
            "repeat": repeat,
            "key": sha(f"{case}{variant}{repeat}"),
            "cached": False,
            "produced": produced,
            "text": "" if error else "Which oven?",
            "checks": () if error else (found,),
            "decisions": tuple(decisions),
            **given,
        }
    )


def an_output(
    case: str,
    output: Any,
    variant: str = LOCAL,
    repeat: int = 0,
    *,
    error: str = "",
    checks: Iterable[Checked] = (),
    **produced: Any,
) -> Result:
    """A result with an output of its own; what it says under ``say`` is its text."""
    return a_result(
        case,
        variant,
        repeat,
        produced=Produced(
            output=output, error=error, error_kind="ServerError" if error else "", **produced
        ),
        text=output.get("say", "") if isinstance(output, Mapping) else "",
        checks=tuple(checks),
    )


def holds(name: str = "one question") -> Checked:
    """A check that holds."""
    return Checked(name=name, passed=True, reason="as it should be")


def fails(name: str = "open", reason: str = "it can be answered by yes") -> Checked:
    """A check that does not hold."""
    return Checked(name=name, passed=False, reason=reason)


def a_prompt(label: str, text: str) -> PromptText:
    """A prompt file."""
    return PromptText(label=label, path=f"{label}.md", language="en", sha256=sha(text), text=text)


def a_guide(content: str, label: str = "installed") -> GuideText:
    """A guide."""
    return GuideText(label=label, role="cook", language="en", sha256=sha(content), content=content)


def a_variant(name: str = LOCAL, prompt: PromptText | None = None, **given: Any) -> Variant:
    """A column."""
    if prompt is None:
        return Variant(id=name, **given)
    return Variant(id=name, prompt=prompt.label, prompt_sha256={"en": prompt.sha256}, **given)


def a_run(
    results: Iterable[Result],
    *,
    name: str = "20261122-101500-aaaaaaaa",
    cases: Iterable[Case] | None = None,
    variants: Iterable[Variant] | None = None,
    prompts: Iterable[PromptText] = (),
    guides: Iterable[GuideText] = (),
    path: Path | None = None,
    **given: Any,
) -> Run:
    """A run of these results; cases and variants are made where none are given."""
    results = tuple(results)
    known = tuple(cases or (a_case(each) for each in dict.fromkeys(r.case for r in results)))
    columns = tuple(
        variants
        or (
            Variant(id=each, provider=Provider(id=LOCAL))
            for each in dict.fromkeys(r.variant for r in results)
        )
    )
    record = RunRecord(
        **{
            "id": name,
            "suite": "ovens",
            "suite_path": "suites/ovens.yaml",
            "suite_sha256": sha("".join(each.model_dump_json() for each in known)),
            "task": "match",
            "began_at": "2026-11-22T10:15:00+00:00",
            "done_at": "2026-11-22T10:15:09+00:00",
            "plan_sha256": sha(name),
            "items": len(results),
            "variants": columns,
            "repeats": max((each.repeat + 1 for each in results), default=1),
            "commit": "abc1234",
            "versions": {"interview-copilot": "1.0", "python": "3.11"},
            "totals": _totals(results),
            **given,
        }
    )
    materials = Materials(
        prompts={each.sha256: each for each in prompts},
        guides={(each.label, each.role, each.language): each for each in guides},
    )
    return Run(
        path=path or Path(name),
        record=record,
        cases={each.id: each for each in known},
        materials=materials,
        results=results,
    )


def stored(run: Run) -> Path:
    """The folder of the same run on disk, under the id that its time and plan give it."""
    with RunFolder.create(run.record, run.cases.values(), run.materials) as folder:
        for result in run.results:
            folder.results.add(result)
        folder.finish(run.record.model_copy(update={"id": folder.path.name}))
    return folder.path


def _totals(results: tuple[Result, ...]) -> Mapping[str, float]:
    errors = sum(each.produced.failed for each in results)
    passed = sum(each.passed for each in results)
    return {"passed": passed, "failed": len(results) - passed - errors, "errors": errors}
