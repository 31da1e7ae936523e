"""The task ``recognise``: which planned question each of the interviewer's utterances asks."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.events import Channel, Utterance
from copilot.lab.bench import guide_of
from copilot.lab.cases import Case
from copilot.lab.grid import LOCAL, Item, Materials, Variant
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Task, View
from copilot.lab.tasks.deciding import of_question
from copilot.lab.tasks.local_cases import RecogniseExpected, RecogniseVars
from copilot.lab.tasks.local_task import LocalTask

if TYPE_CHECKING:
    from copilot.knowledge.guide import Guide
    from copilot.lab.bench import Bench
    from copilot.matching.recognition import QuestionRecogniser

#: Fewer words than this are "mm-hm" and "right", not a turn; as a session has it.
_MORE_THAN_LISTENING = 4


class RecogniseTask(LocalTask):
    """Recognises the questions of an interview, as a session does; see ``Task``.

    Its output is a list of ``turn`` (its place among all, 1 for the first), ``question`` (another
    one than before; null where it stays) and ``confidence``, for each of the interviewer's turns.
    """

    name: ClassVar[str] = "recognise"
    vars: ClassVar[type[BaseModel]] = RecogniseVars
    expected: ClassVar[type[BaseModel]] = RecogniseExpected
    guided: ClassVar[bool] = True
    packages: ClassVar[Sequence[str]] = (
        "copilot.matching",
        "copilot.knowledge",
        "copilot.lab.tasks.recognition",
    )

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is said, the plan and the guide; the labels decide nothing.

        Raises:
            UsageError: The guide is missing, or has no such question.
        """
        given = RecogniseVars.model_validate(case.vars)
        guide = guide_of(materials, variant, given.role, given.language)
        return {
            "plan": _plan(given, guide),
            "turns": [[turn.speaker, turn.text] for turn in given.turns],
            "guide": materials.guides[variant.guide, given.role, given.language].sha256,
        }

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Listen from the first turn to the last."""
        # Reading a suite wants neither, and should be quick.
        from copilot.matching.recognition import QuestionRecogniser  # noqa: PLC0415
        from copilot.matching.shipped import guide_embedder  # noqa: PLC0415

        given = RecogniseVars.model_validate(item.case.vars)
        guide = bench.guide(item.variant, given.role, given.language)
        embedder = bench.embedder
        began_s = time.perf_counter()
        recogniser = QuestionRecogniser(
            guide, _plan(given, guide), embedder, guide_embedder=guide_embedder(embedder)
        )
        output = list(_heard(given, recogniser))
        took_s = time.perf_counter() - began_s
        return Produced(output=output, model=LOCAL, took_s=took_s)

    def view(
        self,
        case: Case,
        variant: Variant,  # noqa: ARG002 - the same for all
        produced: Produced,
        materials: Materials,  # noqa: ARG002 - all is in the output
    ) -> View:
        """The questions in the order in which they were heard, and a decision for each turn."""
        given = RecogniseVars.model_validate(case.vars)
        asked = [f"{each['turn']}: {each['question']}" for each in produced.output]
        return View(
            language=given.language,
            text="\n".join(line for line in asked if not line.endswith(": None")),
            output=produced.output,
            said={f"u{number}": turn.text for number, turn in enumerate(given.turns, 1)},
            decisions=tuple(_decisions(given, produced.output)),
        )


def _plan(given: RecogniseVars, guide: "Guide") -> list[str]:
    if not given.plan:
        return [question.id for question in guide.questions]
    return [guide.question(planned).id for planned in given.plan]


def _heard(given: RecogniseVars, recogniser: "QuestionRecogniser") -> Iterator[dict[str, Any]]:
    asked: set[str] = set()
    current: str | None = None
    for number, turn in enumerate(given.turns, 1):
        if turn.speaker is Channel.CANDIDATE:
            if len(turn.text.split()) >= _MORE_THAN_LISTENING:
                recogniser.new_turn()
            continue
        said = Utterance(
            id=f"u{number}",
            channel=turn.speaker,
            start_s=float(number),
            end_s=float(number),
            text=turn.text,
            language=given.language,
        )
        heard = recogniser.hear(said, frozenset(asked), current)
        changes = heard is not None and heard.question != current
        if heard is not None and changes:
            current = heard.question
            asked.add(current)
        yield {
            "turn": number,
            "question": current if changes else None,
            "confidence": round(heard.confidence, 3) if heard is not None and changes else None,
        }


def _decisions(given: RecogniseVars, output: Sequence[Mapping[str, Any]]) -> Iterator[Decision]:
    for each in output:
        turn = given.turns[each["turn"] - 1]
        if turn.known:
            yield from of_question(turn.question, each["question"], each["confidence"])


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {RecogniseTask.name: RecogniseTask()}
