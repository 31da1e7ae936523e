"""The task ``follow_up``: a language model words the next follow-up, or finds none worth asking.

What it is told, and what its answer has to pass to be shown, is what a session has.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.coach.gate import GateContext, Verdict
from copilot.coach.gatekeeping import Gatekeeper
from copilot.engine.asking.wording import broken_rules, worded, wording_inputs
from copilot.events import Suggestion, SuggestionKind
from copilot.lab.bench import guide_of
from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Produced
from copilot.lab.tasks.base import Estimate, Quoted, Task, View
from copilot.lab.tasks.model_cases import FollowUpExpected, FollowUpVars
from copilot.lab.tasks.model_task import (
    Asker,
    estimate_of,
    fingerprint_of,
    named,
    produced_by,
    prompt_for,
    requests_of,
)
from copilot.lab.tasks.moment import Moment, moment_of, rules
from copilot.lab.tasks.teller import suggestion
from copilot.llm.from_interview import follow_up_inputs
from copilot.llm.inputs import FollowUpInputs
from copilot.llm.outputs import FollowUp
from copilot.llm.request import ChatRequest

if TYPE_CHECKING:
    from copilot.lab.bench import Bench


class FollowUpTask:
    """Asks for one follow-up; see ``Task``.

    Its output holds the model's ``answer``, ``shown``, whether a session would have shown it, and
    in ``why_not`` the rules it breaks. A session shows nothing as well where the question is empty.
    """

    name: ClassVar[str] = "follow_up"
    vars: ClassVar[type[BaseModel]] = FollowUpVars
    expected: ClassVar[type[BaseModel]] = FollowUpExpected
    prompt: ClassVar[str] = "follow_up"
    guided: ClassVar[bool] = True
    deterministic: ClassVar[bool] = False
    packages: ClassVar[Sequence[str]] = (
        "copilot.llm",
        "copilot.coach",
        "copilot.engine.asking.quotes",
        "copilot.engine.asking.wording",
        "copilot.lab.tasks.follow_up",
        "copilot.lab.tasks.model_task",
        "copilot.lab.tasks.moment",
        "copilot.lab.tasks.teller",
        "copilot.lab.small_model",
    )
    checks: ClassVar[Sequence[Assertion]] = (
        Assertion(type="right"),
        Assertion(type="gate"),
        Assertion(type="quote-stands"),
    )

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:
        """The role's, in the language of the interview."""
        given = FollowUpVars.model_validate(case.vars)
        return ((given.role, given.language),)

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is sent and to whom, and what the answer is checked against."""
        with named(case):
            put = _Put(case, variant, materials)
            return fingerprint_of(
                [put.request],
                variant,
                materials,
                said=put.moment.said,
                gate=[dataclasses.asdict(put.gate_context(target)) for target in put.targets],
                topics=rules().sha256,
            )

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:
        """One request."""
        return estimate_of([_Put(case, variant, materials).request])

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Ask, and hold the answer to the rules of a session."""

        def work(asker: Asker) -> dict[str, Any]:
            put = _Put(item.case, item.variant, bench.materials, sending=True)
            answer = asker.ask(put.request).output
            broken = put.broken(answer)
            return {
                "answer": answer.model_dump(mode="json"),
                "shown": not broken,
                "why_not": broken,
            }

        return produced_by(item, bench, work)

    def view(self, case: Case, variant: Variant, produced: Produced, materials: Materials) -> View:
        """The question; what it builds on is a quote."""
        put = _Put(case, variant, materials)
        answer = FollowUp.model_validate(produced.output["answer"])
        text = worded(answer)
        quotes = (Quoted(tuple(answer.utterance_ids), answer.builds_on, answer.target),)
        ended_s = put.given.ended_s
        return View(
            language=put.given.language,
            text=text,
            output=produced.output,
            said=put.moment.said,
            quotes=quotes if text else (),
            gate=put.gate_context(answer.target),
            ready_s=None if ended_s is None else ended_s + produced.took_s,
            useful_until_s=put.given.useful_until_s,
        )


class _Put:
    """A case as it is put to a model.

    Attributes:
        given: The case's variables.
        moment: Where it stands in its interview.
        inputs: What the prompt is told.
        request: What is sent.
    """

    def __init__(
        self, case: Case, variant: Variant, materials: Materials, *, sending: bool = False
    ) -> None:
        self.given = FollowUpVars.model_validate(case.vars)
        guide = guide_of(materials, variant, self.given.role, self.given.language)
        self._targets = self.given.targets
        self.moment = moment_of(self.given, guide, asked=self.given.asked, after=self._targets)
        self._open: Suggestion | None = None
        self.inputs = self._inputs()
        self._gatekeeper = Gatekeeper(self.moment.guide, rules().gate)
        prompt = prompt_for(variant, materials, self.given.language)
        [request] = requests_of(prompt, [self.inputs], variant.provider, any_length=not sending)
        self.request: ChatRequest[FollowUp] = request

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what it may be after."""
        return tuple(target.id for target in self.inputs.targets)

    def gate_context(self, target: str) -> GateContext:
        """What a question after ``target`` is checked against; after another one, the first."""
        return self._gatekeeper.wording_context(
            self._suggested(target), self.moment.interview, self.given.language
        )

    def broken(self, answer: FollowUp) -> str:
        """The rules that an answer breaks, in words; empty where a session would show it."""

        def gate(text: str) -> Verdict:
            suggested = self._suggested(answer.target)
            return self._gatekeeper.other_wording(
                text, suggested, self.moment.interview, self.given.language
            )

        return broken_rules(
            answer,
            self.inputs,
            gate=gate,
            interview=self.moment.interview,
            question=self.moment.question,
            text_of=self.moment.text_of,
        )

    def _suggested(self, target: str) -> Suggestion:
        """What the coach would offer for a target; for none of those, for the first."""
        if self._open is not None:
            return self._open
        chosen = target if target in self.targets else next(iter(self.targets), "")
        return _suggestion(self.moment, chosen)

    def _inputs(self) -> FollowUpInputs:
        moment, given = self.moment, self.given
        if len(self._targets) == 1:
            self._open = _suggestion(moment, self._targets[0])
            moment.open(self._open)
            inputs = wording_inputs(
                moment.interview,
                moment.guide,
                self._open,
                terms=given.terms,
                off_limits=given.off_limits,
                text_of=moment.text_of,
            )
        else:
            inputs = follow_up_inputs(
                moment.interview,
                moment.guide,
                moment.question,
                passages=moment.passages(self._targets),
                terms=given.terms,
                off_limits=given.off_limits,
                text_of=moment.text_of,
            )
            if self._targets:
                told = tuple(moment.target(target) for target in self._targets)
                inputs = dataclasses.replace(inputs, targets=told)
        return dataclasses.replace(inputs, most_words=given.most_words)


def _suggestion(moment: Moment, target: str) -> Suggestion:
    """What the coach would offer for a target: the guide's own probe that was not asked yet."""
    is_flag = bool(target) and moment.is_flag(target)
    kind = SuggestionKind.CLARIFY if is_flag else SuggestionKind.PROBE
    return suggestion(
        "offered", kind, moment.probe(target) if target else "", moment.question, target or None
    )


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {FollowUpTask.name: FollowUpTask()}
