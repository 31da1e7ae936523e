"""A draft as the outline of a guide: what is found goes in, what is not given is left out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from copilot.guides.importing.draft import (
    Draft,
    FoundCompetency,
    FoundQuestion,
    FoundStage,
    Item,
    Tip,
    Unplaced,
)
from copilot.guides.importing.fitting import LONGEST_TERM, Fitting, one_line
from copilot.guides.importing.outline import Outline
from copilot.knowledge.origins import PROJECT
from copilot.knowledge.sentence import Sentence

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 48


@dataclass(frozen=True, slots=True)
class Outlined:
    """The outline of a draft.

    Attributes:
        outline: What the guide is to say.
        rest: What of it was longer than a guide takes.
    """

    outline: Outline
    rest: tuple[Unplaced, ...]


def outlined(draft: Draft, role: str, sources: Mapping[str, str]) -> Outlined:
    """The outline of a draft.

    Args:
        draft: What was found.
        role: The guide's id.
        sources: The documents it was found in: the title of each by the name of its file.
    """
    return _Outlining(draft, role, sources).outlined()


def source_id(file: str, taken: Iterable[str] = ()) -> str:
    """An id for a document among a guide's sources.

    Args:
        file: The document's name.
        taken: Ids that are others'.
    """
    stem = _NO_LETTER.sub("-", file.rsplit(".", 1)[0].lower()).strip("-")[:40].strip("-")
    return free_id(stem or "document", {*taken, PROJECT})


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, with a number behind it where it is taken."""
    held, made, number = set(taken), wanted, 2
    while made in held:
        end = f"-{number}"
        made = wanted[: _LONGEST_ID - len(end)].rstrip("-") + end
        number += 1
    return made


class _Outlining:
    def __init__(self, draft: Draft, role: str, sources: Mapping[str, str]) -> None:
        self._draft = draft
        self._role = role
        self._sources = sources
        self._fit = Fitting()
        self._competencies = {item.id for item in draft.competencies}
        self._questions = {item.id for item in draft.questions}

    def outlined(self) -> Outlined:
        draft = self._draft
        title = self._fit.text(draft.title, draft.summary_origin) or self._role
        outline = {
            "id": self._role,
            "language": draft.language,
            "title": title,
            # A guide has to have one; the title is all that such a document says of the role.
            "summary": self._sentence(Tip(draft.summary, draft.summary_origin)) or title,
            "sources": self._listed_sources(),
            "terms": self._terms(),
            "competencies": [self._competency(item) for item in draft.competencies],
            "skills": [self._described(item) for item in draft.skills],
            "stages": [self._stage(item) for item in draft.stages],
            "questions": [self._question(item) for item in draft.questions],
            "red_flags": [self._described(item) for item in draft.red_flags],
            "tips": self._tips(draft.tips),
        }
        return Outlined(_without_nothing(outline), tuple(self._fit.rest))

    def _listed_sources(self) -> list[Outline]:
        listed: list[Outline] = []
        for file, title in self._sources.items():
            made = source_id(file, [each["id"] for each in listed])
            listed.append({"id": made, "title": one_line(title)[:600] or file, "file": file})
        return listed

    def _terms(self) -> list[str]:
        fitting = dict.fromkeys(one_line(term) for term in self._draft.terms)
        return [term for term in fitting if 0 < len(term) <= LONGEST_TERM]

    def _sentence(self, tip: Tip) -> str:
        text = self._fit.text(tip.text, tip.origin)
        return Sentence(text, tip.origin) if text and tip.origin else text

    def _tips(self, tips: tuple[Tip, ...]) -> list[str]:
        return [said for tip in tips if (said := self._sentence(tip))]

    def _named(self, item: Item) -> Outline:
        label = self._fit.label(item.label, item.text, item.origin)
        return {"id": item.id, "label": label or item.id.replace("-", " ")[:30].strip()}

    def _described(self, item: Item) -> Outline:
        named = self._named(item)
        said = self._fit.text(item.text, item.origin) or named["label"]
        return {**named, "description": said, "origin": item.origin}

    def _competency(self, item: FoundCompetency) -> Outline:
        anchors = [self._sentence(anchor) for anchor in item.anchors]
        whole = len(anchors) == 4 and all(anchors)
        return _without_nothing(
            {
                **self._described(item),
                "anchors": dict(enumerate(anchors, 1)) if whole else {},
            }
        )

    def _stage(self, item: FoundStage) -> Outline:
        described = self._described(item)
        return _without_nothing(
            {
                "id": item.id,
                "label": described["label"],
                "description": described["description"],
                "minutes": self._fit.minutes(item.minutes, item.label, item.origin),
                "tips": self._tips(item.tips),
                "questions": [each for each in item.questions if each in self._questions],
                "origin": item.origin,
            }
        )

    def _question(self, item: FoundQuestion) -> Outline:
        named = self._named(item)
        return _without_nothing(
            {
                **named,
                "kind": item.kind.value,
                "text": self._fit.text(item.text, item.origin) or named["label"],
                "minutes": self._fit.minutes(item.minutes, item.label, item.origin),
                "competencies": [each for each in item.competencies if each in self._competencies],
                "origin": item.origin,
                "tips": self._tips(item.tips),
                "points": [self._described(point) for point in item.points],
            }
        )


def _without_nothing(data: dict[str, Any]) -> Outline:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
