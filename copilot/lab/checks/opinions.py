"""Opinions of a language model on an output, for ``llm-rubric``: asked several times, counted.

An opinion never decides whether a case has passed: it is shown beside the checks that do, and how
often it agrees with people is measured (``copilot.lab.measuring.agreement``). The model is told the
criterion, what was said and the output; never a label, and not by which prompt or model the output
was written. The same output brings the same question, so that it is asked once.

Whoever runs a suite does this with a result::

    for assertion in wanted(case):
        items = opinion_items(seen, assertion, judge)   # through executor and cache, as all items
        checks += (verdict(assertion, [produced of each item]),)
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator

from copilot.knowledge.guide import LANGUAGES
from copilot.lab.bench import parsed_guide
from copilot.lab.cases import Assertion, Case, LabModel
from copilot.lab.checks.base import Seen
from copilot.lab.grid import Item, Materials, PromptText, Provider, Variant
from copilot.lab.results import Checked, Produced
from copilot.lab.running.keys import hash_of, items_of
from copilot.lab.tasks import task_named
from copilot.llm.prompts import PromptLibrary

#: Name of the check.
RUBRIC = "llm-rubric"
#: Name of the task, and of the prompt it asks with.
TASK = "opinion"
_NEGATED = f"not-{RUBRIC}"


class Rubric(LabModel):
    """The value of an ``llm-rubric``; a text alone is the criterion.

    Attributes:
        criterion: What has to hold of the output.
        votes: How often the model is asked; odd, so that it can be decided.
    """

    criterion: Annotated[str, Field(min_length=1)]
    votes: Annotated[int, Field(ge=1, le=15, strict=True)] = 3

    @field_validator("votes")
    @classmethod
    def _odd(cls, votes: int) -> int:
        if votes % 2 == 0:
            message = "has to be odd"
            raise ValueError(message)
        return votes


def rubric(value: Any) -> Rubric:
    """The value of an assertion, read.

    Raises:
        ValueError: It is none; says what is wrong.
    """
    try:
        return Rubric.model_validate({"criterion": value} if isinstance(value, str) else value)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, fault["loc"])) or "value"
        message = f"{where}: {fault['msg'].removeprefix('Value error, ')}"
        raise ValueError(message) from error


def is_opinion(assertion: Assertion) -> bool:
    """Whether an assertion asks for an opinion."""
    return assertion.type in (RUBRIC, _NEGATED)


def wanted(case: Case) -> tuple[Assertion, ...]:
    """Those of a case's assertions that ask for an opinion."""
    return tuple(filter(is_opinion, case.asserts))


# -- asking ---------------------------------------------------------------------------------------


def judge_prompts(library: PromptLibrary | None = None) -> tuple[PromptText, ...]:
    """The prompt that opinions are asked with, in each language; they go into the materials.

    Args:
        library: Where prompts are looked for; the user's own and the shipped ones by default.

    Raises:
        PromptError: A file has errors.
    """
    found = (library or PromptLibrary()).get
    prompts = (found(TASK, language) for language in LANGUAGES)
    return tuple(
        PromptText(
            label=TASK,
            path=str(Path(prompt.path)),
            language=prompt.language,
            sha256=prompt.sha256,
            text=prompt.text,
        )
        for prompt in prompts
    )


def judged_by(provider: Provider, prompts: Sequence[PromptText]) -> Variant:
    """The variant that gives opinions.

    Args:
        provider: The suite's judge.
        prompts: As ``judge_prompts`` brought them.
    """
    return Variant(
        id=f"{TASK} · {provider.name}",
        prompt=TASK,
        prompt_sha256={prompt.language: prompt.sha256 for prompt in prompts},
        provider=provider,
    )


def with_judge(materials: Materials, provider: Provider) -> tuple[Materials, Variant]:
    """Materials with what opinions need, and the variant that gives them.

    Args:
        materials: Of the run; the judge's profile is among them.
        provider: The suite's judge.
    """
    prompts = judge_prompts()
    known = {**materials.prompts, **{prompt.sha256: prompt for prompt in prompts}}
    return dataclasses.replace(materials, prompts=known), judged_by(provider, prompts)


def opinion_items(seen: Seen, assertion: Assertion, judge: Variant) -> tuple[Item, ...]:
    """What is to be asked, one item a vote; nothing where the output stays silent.

    Args:
        seen: The output, as other checks see it.
        assertion: One of ``wanted``.
        judge: As ``judged_by`` made it; its prompts and profile are in the bench's materials.
    """
    text = seen.view.text.strip()
    if not text:
        return ()
    asked = rubric(assertion.value)
    given = {
        "language": seen.view.language,
        "criterion": asked.criterion,
        "question": question_of(seen),
        "said": [{"id": name, "text": said} for name, said in _said(seen)],
        "judged": text,
    }
    # The id says nothing of the variant: equal outputs are one question.
    case = Case(
        id=f"{seen.case.id} ? {hash_of(given)[:12]}",
        task=TASK,
        vars=given,
        group=seen.case.group,
        split=seen.case.split,
        origin=seen.case.origin,
        session=seen.case.session,
    )
    tasks = {TASK: task_named(TASK)}
    return tuple(items_of(tasks, [case], [judge], asked.votes, seen.bench.materials))


def question_of(seen: Seen) -> str:
    """The interview's question in words; empty where the case has none."""
    if seen.view.gate is not None and seen.view.gate.question:
        return seen.view.gate.question
    named = seen.case.vars.get("question")
    if not isinstance(named, str):
        return ""
    role = seen.case.vars.get("role")
    for (_, known_role, language), guide in seen.bench.materials.guides.items():
        if (known_role, language) == (role, seen.view.language):
            questions = parsed_guide(guide.content).questions
            return next((one.text for one in questions if one.id == named), named)
    return named


def _said(seen: Seen) -> Sequence[tuple[str, str]]:
    return [(name, text) for name, text in seen.view.said.items() if text.strip()]


# -- counting -------------------------------------------------------------------------------------


def verdict(assertion: Assertion, produced: Sequence[Produced]) -> Checked:
    """What the votes come to; it never counts towards the case.

    More than half of the votes asked for decide. Votes that are unclear, or failed, are for
    neither side.

    Args:
        assertion: What was asked.
        produced: What came out, a vote each; empty where nobody was asked.
    """
    if not produced:
        reason = "no opinion: the output stays silent, or nobody was asked"
        return Checked(name=assertion.name, passed=None, reason=reason, counts=False)
    votes = [_vote(each) for each in produced]
    words = [word for word, _ in votes]
    share = words.count("yes") / len(votes)
    won = next((word for word in ("yes", "no") if words.count(word) * 2 > len(votes)), "")
    if not won:
        tally = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
        reason = f"no majority of {len(votes)} ({tally})"
        return Checked(name=assertion.name, passed=None, score=share, reason=reason, counts=False)
    why = next(reason for word, reason in votes if word == won)
    negated = assertion.type == _NEGATED
    return Checked(
        name=assertion.name,
        passed=(won == "yes") is not negated,
        score=1 - share if negated else share,
        reason=f"{won}, {words.count(won)} of {len(votes)}: {why}",
        counts=False,
    )


def _vote(produced: Produced) -> tuple[str, str]:
    output = produced.output
    if produced.failed or not isinstance(output, Mapping):
        return "failed", ""
    return str(output.get("verdict", "unclear")), str(output.get("reason", ""))
