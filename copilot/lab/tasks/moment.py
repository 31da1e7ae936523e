"""A moment of an interview, made of a case: a real ``Interview``, brought there by real events.

What a session would tell a language model at that moment is made by the session's own code, so that
what is measured here is what is used there.
"""

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from copilot.coach.gate import Gate
from copilot.coach.sendable import Sendable
from copilot.errors import UsageError, nearest
from copilot.events import (
    Evidence,
    FindingKind,
    FindingState,
    Suggestion,
    Utterance,
)
from copilot.interview import Interview
from copilot.knowledge.guide import Guide, Question, QuestionKind
from copilot.knowledge.laws import every_pack
from copilot.knowledge.loading import knowledge_folders
from copilot.knowledge.off_limits import Pack, joined
from copilot.lab.tasks.model_cases import Answer, AnsweredVars, Said
from copilot.lab.tasks.teller import Teller
from copilot.llm.from_interview import target_of
from copilot.llm.inputs import Target
from copilot.matching.passages import sentences
from copilot.matching.reading import quote as verbatim

#: Of a text, sentences are an utterance together up to so many characters.
_UTTERANCE = 160
#: Id of a question that is given in words.
_IN_WORDS = "in-words"


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be sent and shown, whatever the law.

    Attributes:
        pack: Every off-limits topic.
        gate: The gate with all of them.
        sha256: Hash of the topics' phrases.
    """

    pack: Pack
    gate: Gate
    sha256: str

    def text_of(self) -> Sendable:
        """What of an utterance may be sent."""
        return Sendable(self.pack)


def rules() -> Rules:
    """Made once by a program.

    Raises:
        CopilotError: A pack of off-limits topics has errors.
    """
    return _rules(knowledge_folders())


@functools.lru_cache(maxsize=1)
def _rules(_folders: tuple[Path, ...]) -> Rules:
    pack = joined(every_pack())
    patterns = repr([(topic.id, sorted(topic.patterns.items())) for topic in pack.topics])
    return Rules(pack, Gate(pack), hashlib.sha256(patterns.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a case stands in its interview.

    Attributes:
        interview: As it stands then.
        guide: Its guide; a question in words is in it.
        question: Id of the question being answered.
        near: By id, where matching found something near.
        text_of: What of an utterance may be sent.
    """

    interview: Interview
    guide: Guide
    question: str
    near: Mapping[str, Evidence]
    text_of: Sendable
    _teller: Teller

    @property
    def said(self) -> dict[str, str]:
        """The candidate's utterances by id, verbatim."""
        return {said.id: said.text for said in self.interview.answer(self.question)}

    def open(self, offered: Suggestion) -> None:
        """Let a suggestion stand on the screen."""
        self._teller.offer_and_wait(offered)

    def passages(self, items: Iterable[str]) -> tuple[Utterance, ...]:
        """The utterances in which something near to these points or flags was found."""
        ids = {uid for item in items if item in self.near for uid in self.near[item].utterance_ids}
        return tuple(u for u in self.interview.answer(self.question) if u.id in ids)

    def target(self, item: str) -> Target:
        """A point or flag as a prompt is told it; raises as ``is_flag`` does."""
        kind = FindingKind.FLAG if self.is_flag(item) else FindingKind.POINT
        found = target_of(self.interview, self.guide, self.question, kind, item)
        assert found is not None  # noqa: S101 - is_flag has seen it
        return replace(found, probe=self.probe(item))

    def probe(self, item: str) -> str:
        """The guide's own follow-up for it, one not asked yet; empty where it has none."""
        if self.is_flag(item):
            return self.guide.flag(item).probe
        points = self.guide.points_for(self.question)
        probes = next(point.probes for point in points if point.id == item)
        asked = {record.suggestion.text for record in self.interview.suggestions.values()}
        return next((probe for probe in probes if probe not in asked), next(iter(probes), ""))

    def items(self, kind: FindingKind, wanted: Sequence[str] = ()) -> tuple[str, ...]:
        """Ids of points or flags in the order of the guide; all of them where none is wanted.

        Raises:
            UsageError: One of those wanted is none.
        """
        points = [point.id for point in self.guide.points_for(self.question)]
        flags = [flag.id for flag in self.guide.red_flags]
        known, what = (points, "point") if kind is FindingKind.POINT else (flags, "flag")
        for item in wanted:
            if item not in known:
                raise UsageError(f"{item!r} is no {what} here.", nearest(item, known))
        return tuple(item for item in known if item in wanted or not wanted)

    def is_flag(self, item: str) -> bool:
        """Whether that id is a red flag's; the points of the question come first.

        Raises:
            UsageError: It is neither a point of the question nor a flag.
        """
        return _is_flag(self.guide, self.question, item)


def moment_of(
    given: AnsweredVars, guide: Guide, *, asked: Sequence[str] = (), after: Sequence[str] = ()
) -> Moment:
    """The moment at the end of an answer.

    Args:
        given: The case.
        guide: Its guide, in its language.
        asked: What was offered or asked under the question before.
        after: Ids of points and flags that a follow-up may be after; these flags are raised,
            because nobody asks about others.

    Raises:
        CopilotError: The guide does not have what the case names, or ``near`` does not stand.
    """
    guide, question = with_question(guide, given.question)
    teller = Teller(guide, (question,), given.language)
    teller.ask(question)
    teller.offer(question, asked)
    [answer] = utterances_of([given.answer])
    teller.hear(answer)
    raised = [item for item in after if _is_flag(guide, question, item)]
    near: dict[str, Evidence] = {}
    for item, words in given.near.items():
        is_flag = _is_flag(guide, question, item)
        near[item] = _found(item, words, teller.interview.answer(question))
        state = FindingState.RAISED if item in raised else FindingState.UNCLEAR
        teller.find(question, item, state, near[item], is_flag=is_flag)
    for item in raised:
        if item not in near:
            teller.find(question, item, FindingState.RAISED, None, is_flag=True)
    return Moment(teller.interview, guide, question, near, rules().text_of(), teller)


def with_question(guide: Guide, question: str) -> tuple[Guide, str]:
    """The guide with a question in it, and that question's id.

    Args:
        guide: The guide.
        question: Id of one of its questions, or a question in words.

    Raises:
        UsageError: It reads like an id and is none.
    """
    if any(known.id == question for known in guide.questions):
        return guide, question
    if " " not in question.strip():
        guide.question(question)
    names = {known.id for known in guide.questions}
    added = next(name for name in _free_names() if name not in names)
    asked = Question(
        id=added, label="In words", kind=QuestionKind.OPINION, text=question, origin="project"
    )
    return guide.model_copy(update={"questions": (*guide.questions, asked)}), added


def utterances_of(answers: Sequence[Answer]) -> list[tuple[Said, ...]]:
    """The utterances of answers; those of a text are named ``u1``, ``u2`` and so on, each once."""
    taken = {said.id for answer in answers if not isinstance(answer, str) for said in answer}
    free = (f"u{number}" for number in range(1, 10**9) if f"u{number}" not in taken)
    return [
        tuple(Said(id=next(free), text=part) for part in _parts(answer))
        if isinstance(answer, str)
        else answer
        for answer in answers
    ]


def _is_flag(guide: Guide, question: str, item: str) -> bool:
    points = [point.id for point in guide.points_for(question)]
    flags = [flag.id for flag in guide.red_flags]
    if item not in points and item not in flags:
        raise UsageError(
            f"{item!r} is neither a point of this question nor a flag of {guide.id} "
            f"({guide.language}).",
            nearest(item, (*points, *flags)),
        )
    return item not in points


def _found(item: str, words: str, answer: Sequence[Utterance]) -> Evidence:
    """Where words stand in the candidate's answer."""
    wanted = " ".join(words.split())
    at = " ".join(said.text for said in answer).find(wanted)
    if at < 0 or not wanted:
        raise UsageError(
            f"near: the words for {item!r} do not stand in the answer.",
            "Copy them from the candidate's utterances, letter by letter.",
        )
    parts: list[tuple[Utterance, int, int]] = []
    begin = 0
    for said in answer:
        first, last = max(at - begin, 0), min(at + len(wanted) - begin, len(said.text))
        if first < last:
            parts.append((said, first, last))
        begin += len(said.text) + 1
    return verbatim(parts)


def _parts(text: str) -> list[str]:
    """A text in utterances: whole sentences, as many as fit."""
    flat = " ".join(text.split())
    parts: list[str] = []
    for start, end in sentences(flat):
        if parts and len(parts[-1]) + end - start <= _UTTERANCE:
            parts[-1] = f"{parts[-1]} {flat[start:end]}"
        else:
            parts.append(flat[start:end])
    return parts


def _free_names() -> Iterable[str]:
    return (_IN_WORDS, *(f"{_IN_WORDS}-{number}" for number in range(2, 100)))
