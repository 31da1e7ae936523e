"""The task ``recap``: a language model puts answers into prose, and code keeps what it can check.

The product's own writer asks and checks, so that a long answer is split here as it is there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.interview import Interview
from copilot.lab.bench import guide_of
from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Decision, Produced
from copilot.lab.tasks.base import Estimate, Quoted, Task, View
from copilot.lab.tasks.model_cases import RecapExpected, RecapVars
from copilot.lab.tasks.model_task import (
    Asker,
    estimate_of,
    fingerprint_of,
    named,
    produced_by,
    prompt_for,
    requests_of,
)
from copilot.lab.tasks.moment import rules, utterances_of, with_question
from copilot.lab.tasks.teller import Teller
from copilot.llm.errors import LlmError
from copilot.llm.from_interview import recap_pieces
from copilot.llm.outputs import Recap
from copilot.llm.result import Answered
from copilot.review.recap.answers import answer_of
from copilot.review.recap.checking import Check, Proposed, SentenceChecks
from copilot.review.recap.writing import RecapWriter
from copilot.review.reviewed import Reviewed

if TYPE_CHECKING:
    from copilot.lab.bench import Bench

#: States of what a recap should or must not tell.
_TOLD, _UNTOLD = "told", "untold"


class RecapTask:
    """Asks for the recap of some answers; see ``Task``.

    Its output holds the model's ``answer``, of all its requests together, in ``sentences`` each one
    with the check that dropped it, and in ``unread`` the questions of which nothing could be told.
    """

    name: ClassVar[str] = "recap"
    vars: ClassVar[type[BaseModel]] = RecapVars
    expected: ClassVar[type[BaseModel]] = RecapExpected
    prompt: ClassVar[str] = "recap"
    guided: ClassVar[bool] = True
    deterministic: ClassVar[bool] = False
    packages: ClassVar[Sequence[str]] = (
        "copilot.llm",
        "copilot.coach",
        "copilot.matching",
        "copilot.review.recap",
        "copilot.lab.tasks.recap",
        "copilot.lab.tasks.model_task",
        "copilot.lab.tasks.moment",
        "copilot.lab.tasks.teller",
        "copilot.lab.small_model",
    )
    checks: ClassVar[Sequence[Assertion]] = (
        Assertion(type="right"),
        Assertion(type="quote-stands"),
    )

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:
        """The role's, in the language of the answers."""
        given = RecapVars.model_validate(case.vars)
        return ((given.role, given.spoken or given.language),)

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is sent and to whom, and what was said in full."""
        with named(case):
            put = _Put(case, variant, materials)
            return fingerprint_of(
                put.requests,
                variant,
                materials,
                language=put.given.language,
                spoken=put.spoken,
                said=put.said,
                topics=rules().sha256,
            )

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:
        """A request an answer, or more where one is long."""
        return estimate_of(_Put(case, variant, materials).requests)

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Ask for each answer, and check each sentence."""

        def work(asker: Asker) -> dict[str, Any]:
            put = _Put(item.case, item.variant, bench.materials)
            heard = _Heard(asker)
            pack = rules().pack
            writer = RecapWriter(
                put.state,
                asker.client,
                put.prompt,
                SentenceChecks(put.given.language, pack, bench.embedder),
                pack=pack,
                on_answer=heard.answer,
                on_sentence=heard.sentence,
                on_failure=heard.failure,
            )
            writer.write(put.questions)
            if not writer.has_asked and heard.failed is not None:
                raise heard.failed
            return {
                "answer": {"sections": heard.sections},
                "sentences": heard.sentences,
                "unread": list(writer.values()["unread"]),
            }

        return produced_by(item, bench, work)

    def view(self, case: Case, variant: Variant, produced: Produced, materials: Materials) -> View:
        """The sentences that were kept; decisions about what should come up."""
        put = _Put(case, variant, materials)
        sentences: Sequence[Mapping[str, Any]] = produced.output["sentences"]
        kept = [one for one in sentences if not one["dropped"]]
        return View(
            language=put.given.language,
            text="\n".join(one["text"] for one in kept),
            output=produced.output,
            said=put.said,
            quotes=tuple(
                Quoted(tuple(one["utterance_ids"]), "", f"sentence {number}")
                for number, one in enumerate(kept, 1)
            ),
            decisions=tuple(_decisions(case, " ".join(one["text"] for one in kept))),
        )


class _Put:
    """A case as it is put to a model.

    Attributes:
        given: The case's variables.
        spoken: Language of the answers.
        state: The session they were given in.
        questions: Ids of the questions, in order, each once.
        said: The candidate's utterances by id, verbatim.
        prompt: What the requests are made with.
        requests: What is sent; more where an answer turns out to be too much for the model.
    """

    def __init__(self, case: Case, variant: Variant, materials: Materials) -> None:
        self.given = RecapVars.model_validate(case.vars)
        self.spoken = self.given.spoken or self.given.language
        interview, self.questions = self._interview(variant, materials)
        self.state = Reviewed(interview)
        self.said = {
            said.id: said.text
            for question in self.questions
            for said in answer_of(self.state, question)
        }
        self.prompt = prompt_for(variant, materials, self.given.language)
        text_of = rules().text_of()
        inputs = [
            piece
            for question in self.questions
            for piece in recap_pieces(
                interview,
                question,
                answer_of(self.state, question),
                language=self.given.language,
                text_of=text_of,
            )
        ]
        # What is too long is split by the writer, when it turns out.
        self.requests = requests_of(self.prompt, inputs, variant.provider, any_length=True)

    def _interview(
        self, variant: Variant, materials: Materials
    ) -> tuple[Interview, tuple[str, ...]]:
        guide = guide_of(materials, variant, self.given.role, self.spoken)
        asked: list[str] = []
        for section in self.given.sections:
            guide, question = with_question(guide, section.question)
            asked.append(question)
        questions = tuple(dict.fromkeys(asked))
        teller = Teller(guide, questions, self.spoken)
        answers = utterances_of([section.answer for section in self.given.sections])
        for question, answer in zip(asked, answers, strict=True):
            teller.ask(question)
            teller.hear(answer)
        return teller.interview, questions


class _Heard:
    """What the model answered, sentence by sentence.

    Attributes:
        sections: Of all its answers, in order.
        sentences: With the check that dropped each.
        failed: Why a request had no answer, the last one; None where none failed.
    """

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.sections: list[dict[str, Any]] = []
        self.sentences: list[dict[str, Any]] = []
        self.failed: LlmError | None = None

    def answer(self, answered: Answered[Recap]) -> None:
        """Take an answer in."""
        self._asker.count(answered)
        self.sections += [section.model_dump(mode="json") for section in answered.output.sections]

    def sentence(self, question: str, proposed: Proposed, broken: Check | None) -> None:
        """Take a sentence in."""
        self.sentences.append(
            {
                "question": question,
                "text": proposed.text,
                "utterance_ids": list(proposed.utterance_ids),
                "dropped": "" if broken is None else broken.value,
            }
        )

    def failure(self, error: LlmError) -> None:
        """Take a failure in."""
        self._asker.count_failed(error)
        self.failed = error


def _decisions(case: Case, text: str) -> Iterator[Decision]:
    expected = RecapExpected.model_validate(case.expected)
    wanted = [*((one, True) for one in expected.must), *((one, False) for one in expected.must_not)]
    for pattern, right in wanted:
        told = re.search(pattern, text, re.IGNORECASE) is not None
        yield Decision(
            kind="sentence",
            target=pattern,
            label="must" if right else "must not",
            state=_TOLD if told else _UNTOLD,
            shown=told,
            right=right,
        )


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {RecapTask.name: RecapTask()}
