"""The task ``match``: the local matcher finds the points and flags of one answer."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.events import Channel, FindingKind, FindingState, Utterance
from copilot.lab.bench import guide_of
from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import LOCAL, Item, Materials, Variant
from copilot.lab.results import Produced
from copilot.lab.tasks.base import Quoted, Task, View
from copilot.lab.tasks.deciding import of_flags, of_points
from copilot.lab.tasks.local_cases import MatchExpected, MatchVars, Said
from copilot.lab.tasks.local_task import LocalTask
from copilot.lab.tasks.thresholds import rules_of
from copilot.matching.rules_file import rules_as_json

if TYPE_CHECKING:
    from copilot.lab.bench import Bench
    from copilot.matching.matcher import Judged, Matcher

_PLURAL = {FindingKind.POINT: "points", FindingKind.FLAG: "flags"}
_SILENT = frozenset({FindingState.NOT_HEARD, FindingState.NOT_RAISED})
#: The id of an answer that is one text.
_ONE = "u1"


class MatchTask(LocalTask):
    """Matches one answer; see ``Task``.

    Its output holds ``points`` and ``flags`` by id, each with ``state``, ``confidence``, ``says``
    and ``denies`` (the probabilities, from which other thresholds make other states), ``quote``
    and ``utterances``.
    """

    name: ClassVar[str] = "match"
    vars: ClassVar[type[BaseModel]] = MatchVars
    expected: ClassVar[type[BaseModel]] = MatchExpected
    guided: ClassVar[bool] = True
    packages: ClassVar[Sequence[str]] = (
        "copilot.matching",
        "copilot.knowledge",
        "copilot.lab.tasks.matching",
    )
    checks: ClassVar[Sequence[Assertion]] = (
        Assertion(type="right"),
        Assertion(type="quote-stands"),
    )

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """The answer, the guide and the thresholds.

        Raises:
            UsageError: The guide is missing, or has no such question.
            SuiteError: The thresholds cannot be used.
        """
        given = MatchVars.model_validate(case.vars)
        guide_of(materials, variant, given.role, given.language).question(given.question)
        return {
            "vars": given.model_dump(mode="json"),
            "guide": materials.guides[variant.guide, given.role, given.language].sha256,
            "rules": rules_as_json(rules_of(variant.provider)),
        }

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Match."""
        given = MatchVars.model_validate(item.case.vars)
        shared = _matcher(item.variant, given, bench)
        with shared.lock:
            began_s = time.perf_counter()
            judged = shared.matcher.judged(given.question, utterances_of(given), over=given.over)
            took_s = time.perf_counter() - began_s
        return Produced(output=_output(judged), model=LOCAL, took_s=took_s)

    def view(
        self,
        case: Case,
        variant: Variant,  # noqa: ARG002 - the same for all
        produced: Produced,
        materials: Materials,  # noqa: ARG002 - all is in the output
    ) -> View:
        """What is shown, and a decision for each label."""
        given = MatchVars.model_validate(case.vars)
        known = MatchExpected.model_validate(case.expected)
        said = {utterance.id: utterance.text for utterance in utterances_of(given)}
        output, text = produced.output, " ".join(said.values())
        return View(
            language=given.language,
            text="\n".join(_lines(output)),
            output=output,
            said=said,
            quotes=tuple(_quotes(output)),
            decisions=(
                *of_points(known.points, output["points"], text),
                *of_flags(known.flags, output["flags"], text),
            ),
        )


def utterances_of(given: MatchVars) -> tuple[Utterance, ...]:
    """The answer as the matcher takes it in; without times all of it was said at one moment."""
    said: list[Utterance] = []
    for each in given.utterances or (Said(id=_ONE, text=given.answer),):
        before_s = said[-1].end_s if said else 0.0
        start_s = before_s if each.start_s is None else each.start_s
        said.append(
            Utterance(
                id=each.id,
                channel=Channel.CANDIDATE,
                start_s=start_s,
                end_s=start_s if each.end_s is None else max(start_s, each.end_s),
                text=each.text,
                uncertain=each.uncertain,
                language=given.language,
            )
        )
    return tuple(said)


class _Shared:
    """A matcher, which serves one thread at a time."""

    def __init__(self, matcher: "Matcher") -> None:
        self.matcher = matcher
        self.lock = threading.Lock()


def _matcher(variant: Variant, given: MatchVars, bench: "Bench") -> _Shared:
    # Reading a suite wants neither, and should be quick.
    from copilot.matching.matcher import Matcher  # noqa: PLC0415
    from copilot.matching.shipped import guide_embedder  # noqa: PLC0415

    rules = rules_of(variant.provider)
    found: _Shared = bench.kept(
        ("match", variant.guide, given.role, given.language, rules),
        lambda: _Shared(
            Matcher(
                bench.guide(variant, given.role, given.language),
                bench.embedder,
                guide_embedder=guide_embedder(bench.embedder),
                rules=rules,
            )
        ),
    )
    return found


def _output(judged: Sequence["Judged"]) -> dict[str, Any]:
    output: dict[str, Any] = {"points": {}, "flags": {}}
    for each in judged:
        finding = each.finding
        evidence = finding.evidence
        output[_PLURAL[finding.kind]][finding.id] = {
            "state": finding.state.value,
            "confidence": round(finding.confidence, 3),
            "says": round(each.says, 6),
            "denies": round(each.denies, 6),
            "quote": None if evidence is None else evidence.quote,
            "utterances": [] if evidence is None else list(evidence.utterance_ids),
        }
    return output


def _found(output: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in _PLURAL.values():
        yield from output[kind].items()


def _quotes(output: Mapping[str, Any]) -> Iterator[Quoted]:
    for target, found in _found(output):
        if found["quote"] is not None:
            yield Quoted(tuple(found["utterances"]), found["quote"], target)


def _lines(output: Mapping[str, Any]) -> Iterator[str]:
    """What a person would see of it: what was not heard is no news."""
    for target, found in _found(output):
        if found["state"] not in _SILENT:
            quoted = f" “{found['quote']}”" if found["quote"] else ""
            yield f"{target}: {found['state']}{quoted}"


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {MatchTask.name: MatchTask()}
