"""The tasks ``judge_points`` and ``judge_flags``: what matching left unclear, judged with quotes.

A model's word counts for nothing by itself: as in a session, a state without a quote that stands is
unclear.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.engine.asking.judging import STATES, evidence_of
from copilot.engine.asking.quotes import QuoteRefused
from copilot.events import FindingKind, FindingState
from copilot.lab.bench import guide_of
from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Estimate, Quoted, Task, View
from copilot.lab.tasks.deciding import of_flags, of_points
from copilot.lab.tasks.local_cases import PointLabel
from copilot.lab.tasks.model_cases import JudgeFlagsExpected, JudgePointsExpected, JudgeVars
from copilot.lab.tasks.model_task import (
    Asker,
    estimate_of,
    fingerprint_of,
    named,
    produced_by,
    prompt_for,
    requests_of,
)
from copilot.lab.tasks.moment import moment_of, rules
from copilot.llm.from_interview import judge_flags_inputs, judge_points_inputs
from copilot.llm.inputs import JudgeFlagsInputs, JudgePointsInputs
from copilot.llm.outputs import JudgedFlag, JudgedFlags, JudgedPoint, JudgedPoints

if TYPE_CHECKING:
    from copilot.lab.bench import Bench

#: So many at once, as in a session.
_AT_ONCE = 4


class JudgeTask:
    """Asks about the points or flags of one answer; see ``Task``.

    Its output holds the model's ``answer``, of all its requests together, and in ``judged``, by
    id, the ``state`` that follows, the ``quote`` it rests on and the ``utterance_ids`` it stands
    in, and in ``why_not`` why a quote did not stand.
    """

    vars: ClassVar[type[BaseModel]] = JudgeVars
    guided: ClassVar[bool] = True
    deterministic: ClassVar[bool] = False
    packages: ClassVar[Sequence[str]] = (
        "copilot.llm",
        "copilot.coach",
        "copilot.engine.asking.quotes",
        "copilot.engine.asking.judging",
        "copilot.lab.tasks.judging",
        "copilot.lab.tasks.model_task",
        "copilot.lab.tasks.moment",
        "copilot.lab.tasks.teller",
        "copilot.lab.small_model",
    )
    checks: ClassVar[Sequence[Assertion]] = (
        Assertion(type="right"),
        Assertion(type="quote-stands"),
    )
    name: ClassVar[str]
    expected: ClassVar[type[BaseModel]]
    prompt: ClassVar[str]
    kind: ClassVar[FindingKind]

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:
        """The role's, in the language of the interview."""
        given = JudgeVars.model_validate(case.vars)
        return ((given.role, given.language),)

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is sent and to whom, and what quotes are held to."""
        with named(case):
            put = _Put(self.kind, case, variant, materials)
            near = {item: [found.utterance_ids, found.quote] for item, found in put.near.items()}
            return fingerprint_of(
                put.requests,
                variant,
                materials,
                said=put.moment.said,
                doubtful=[said.id for said in put.uncertain],
                near=near,
                topics=rules().sha256,
            )

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:
        """As many requests as the points and the answer take."""
        return estimate_of(_Put(self.kind, case, variant, materials).requests)

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Ask, and hold each quote to what was said."""

        def work(asker: Asker) -> dict[str, Any]:
            put = _Put(self.kind, item.case, item.variant, bench.materials, sending=True)
            answered: list[dict[str, Any]] = []
            judged: dict[str, dict[str, Any]] = {name: _unclear() for name in put.ids}
            for inputs, request in zip(put.inputs, put.requests, strict=True):
                output = asker.ask(request).output
                for one in _each(output):
                    answered.append(one.model_dump(mode="json"))
                    self._judge(one, inputs, put, judged)
            plural = "points" if self.kind is FindingKind.POINT else "flags"
            return {"answer": {plural: answered}, "judged": judged}

        return produced_by(item, bench, work)

    def view(self, case: Case, variant: Variant, produced: Produced, materials: Materials) -> View:
        """The states with their quotes; decisions about what is labelled."""
        put = _Put(self.kind, case, variant, materials)
        answer: Mapping[str, Any] = produced.output["answer"]
        judged: Mapping[str, Mapping[str, Any]] = produced.output["judged"]
        return View(
            language=put.given.language,
            text="\n".join(_lines(judged)),
            output=produced.output,
            said=put.moment.said,
            quotes=tuple(
                Quoted(tuple(one["utterance_ids"]), one["quote"], one["id"])
                for listed in answer.values()
                for one in listed
                if one["state"] in STATES
            ),
            decisions=tuple(self._decisions(case, judged, " ".join(put.moment.said.values()))),
        )

    def _judge(
        self,
        one: JudgedPoint | JudgedFlag,
        inputs: JudgePointsInputs | JudgeFlagsInputs,
        put: "_Put",
        judged: dict[str, dict[str, Any]],
    ) -> None:
        """Take one judgement in; what stands already stays, as in a session."""
        state = STATES.get(one.state)
        asked = {target.id for target in _targets(inputs)}
        if one.id not in asked or state is None or judged[one.id]["state"] != _UNCLEAR:
            return
        try:
            evidence = evidence_of(
                one,
                interview=put.moment.interview,
                question=put.moment.question,
                near=put.near.get(one.id),
                sent=frozenset(line.id for line in inputs.passages.lines),
                text_of=put.moment.text_of,
            )
        except QuoteRefused as problem:
            judged[one.id]["why_not"] = str(problem)
            return
        judged[one.id] = {
            "state": state.value,
            "quote": evidence.quote,
            "utterance_ids": list(evidence.utterance_ids),
            "why_not": "",
        }

    def _decisions(
        self, case: Case, judged: Mapping[str, Mapping[str, Any]], said: str
    ) -> Iterator[Decision]:
        shown = {name: {**one, "quote": one["quote"] or None} for name, one in judged.items()}
        if self.kind is FindingKind.FLAG:
            flags = JudgeFlagsExpected.model_validate(case.expected).flags
            asked = {name: quote for name, quote in flags.items() if name in judged}
            yield from of_flags(asked, shown, said)
            return
        points = JudgePointsExpected.model_validate(case.expected).points
        labels = {
            name: PointLabel(
                state="explicit" if label.state == "said" else label.state, quote=label.quote
            )
            for name, label in points.items()
            if name in judged
        }
        yield from of_points(labels, shown, said)


class JudgePointsTask(JudgeTask):
    """Asks about points."""

    name: ClassVar[str] = "judge_points"
    expected: ClassVar[type[BaseModel]] = JudgePointsExpected
    prompt: ClassVar[str] = "judge_points"
    kind: ClassVar[FindingKind] = FindingKind.POINT


class JudgeFlagsTask(JudgeTask):
    """Asks about red flags."""

    name: ClassVar[str] = "judge_flags"
    expected: ClassVar[type[BaseModel]] = JudgeFlagsExpected
    prompt: ClassVar[str] = "judge_flags"
    kind: ClassVar[FindingKind] = FindingKind.FLAG


_UNCLEAR = FindingState.UNCLEAR.value


class _Put:
    """A case as it is put to a model.

    Attributes:
        given: The case's variables.
        moment: Where it stands in its interview.
        ids: What is asked about.
        near: By id, the words that quotes are held to.
        uncertain: Utterances whose text is doubtful.
        inputs: What the prompt is told, a request each.
        requests: What is sent.
    """

    def __init__(
        self,
        kind: FindingKind,
        case: Case,
        variant: Variant,
        materials: Materials,
        *,
        sending: bool = False,
    ) -> None:
        self.given = JudgeVars.model_validate(case.vars)
        guide = guide_of(materials, variant, self.given.role, self.given.language)
        self.moment = moment_of(self.given, guide)
        answer = self.moment.interview.answer(self.moment.question)
        self.uncertain = [said for said in answer if said.uncertain]
        self.ids = self._ids(kind)
        self.near = {name: self.moment.near[name] for name in self.ids if name in self.moment.near}
        self.inputs = tuple(self._inputs(kind))
        prompt = prompt_for(variant, materials, self.given.language)
        self.requests = requests_of(prompt, self.inputs, variant.provider, any_length=not sending)

    def _ids(self, kind: FindingKind) -> tuple[str, ...]:
        wanted = self.given.ids or tuple(self.given.near)
        return self.moment.items(kind, wanted)

    def _inputs(self, kind: FindingKind) -> Iterator[JudgePointsInputs | JudgeFlagsInputs]:
        make = judge_points_inputs if kind is FindingKind.POINT else judge_flags_inputs
        for first in range(0, len(self.ids), _AT_ONCE):
            batch = self.ids[first : first + _AT_ONCE]
            whole = any(name not in self.near for name in batch)
            yield from make(
                self.moment.interview,
                self.moment.guide,
                self.moment.question,
                ids=batch,
                passages=None if whole else self.moment.passages(batch),
                text_of=self.moment.text_of,
            )


def _each(output: JudgedPoints | JudgedFlags) -> Sequence[JudgedPoint | JudgedFlag]:
    return output.points if isinstance(output, JudgedPoints) else output.flags


def _targets(inputs: JudgePointsInputs | JudgeFlagsInputs) -> Sequence[Any]:
    return inputs.points if isinstance(inputs, JudgePointsInputs) else inputs.flags


def _unclear() -> dict[str, Any]:
    return {"state": _UNCLEAR, "quote": "", "utterance_ids": [], "why_not": ""}


def _lines(judged: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, one in judged.items():
        yield f"{name}: {one['state']}" + (f" “{one['quote']}”" if one["quote"] else "")


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {
    JudgePointsTask.name: JudgePointsTask(),
    JudgeFlagsTask.name: JudgeFlagsTask(),
}
