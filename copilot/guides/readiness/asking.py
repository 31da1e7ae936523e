"""How the guide's questions are put: what is off limits, leading, closed, double or hard to follow.

Plain rules on plain text; nothing is loaded but the off-limits packs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.coach.off_limits import touches
from copilot.guides.readiness.reading_level import ReadingLevel, reading_level
from copilot.knowledge.guide import Guide, Question
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import Pack, joined
from copilot.knowledge.wording import MOST_WORDS_OF_A_QUESTION, faults, question_faults

#: What does not matter of a phrasing: nobody reads it out, it is how a question is recognised.
_ONLY_OF_TEXTS = frozenset({f"is longer than {MOST_WORDS_OF_A_QUESTION} words"})


@dataclass(frozen=True, slots=True)
class BadlyPut:
    """A text that should be put otherwise.

    Attributes:
        place: Where it stands, as ``questions.waste.phrasings[2]``.
        text: It itself.
        faults: What is wrong, in short phrases.
    """

    place: str
    text: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How one question is asked.

    Attributes:
        id: Of the question.
        label: Its label.
        text: As it is written.
        minutes: How long its answer may take.
        phrasings: Other ways of asking it that the guide has.
        points: How many points of its own it has.
        without_probes: Ids of those of its points that have no probe.
        level: How hard its text is to follow.
    """

    id: str
    label: str
    text: str
    minutes: float
    phrasings: int
    points: int
    without_probes: tuple[str, ...]
    level: ReadingLevel


def asked(guide: Guide) -> tuple[Asked, ...]:
    """How each question of a guide is asked."""
    return tuple(_asked(question, guide.language) for question in guide.questions)


def badly_put(guide: Guide) -> tuple[BadlyPut, ...]:
    """Questions, phrasings and probes that should be put otherwise, in the guide's order.

    Raises:
        GuideError: A file on off-limits topics has errors.
    """
    packs = every_pack()
    pack = joined(packs) if packs else None
    return tuple(
        BadlyPut(place, text, found)
        for place, text, wrong in _texts(guide)
        if (found := (*wrong, *_off_limits(text, guide.language, pack)))
    )


def _asked(question: Question, language: str) -> Asked:
    return Asked(
        id=question.id,
        label=question.label,
        text=question.text,
        minutes=float(question.minutes),
        phrasings=len(question.phrasings),
        points=len(question.points),
        without_probes=tuple(point.id for point in question.points if not point.probes),
        level=reading_level(question.text, language),
    )


def _texts(guide: Guide) -> Iterator[tuple[str, str, list[str]]]:
    """Every text that is asked: its place, itself, and what is wrong with its wording."""
    for question in guide.questions:
        place = f"questions.{question.id}"
        yield f"{place}.text", question.text, question_faults(question.text, guide.language)
        for index, phrasing in enumerate(question.phrasings):
            wrong = question_faults(phrasing, guide.language)
            told = [fault for fault in wrong if fault not in _ONLY_OF_TEXTS]
            yield f"{place}.phrasings[{index}]", phrasing, told
        for point in question.points:
            for index, probe in enumerate(point.probes):
                wrong = faults(probe, guide.language, gives_away=point.label)
                yield f"{place}.points.{point.id}.probes[{index}]", probe, wrong
    for competency in guide.competencies:
        for index, probe in enumerate(competency.probes):
            wrong = faults(probe, guide.language, gives_away=competency.label)
            yield f"competencies.{competency.id}.probes[{index}]", probe, wrong
    for flag in guide.red_flags:
        if flag.probe:
            place = f"red_flags.{flag.id}.probe"
            yield place, flag.probe, faults(flag.probe, guide.language)


def _off_limits(text: str, language: str, pack: Pack | None) -> tuple[str, ...]:
    if pack is None:
        return ()
    return tuple(
        f"is off limits ({touch.topic.label.in_('en')})" for touch in touches(text, language, pack)
    )
