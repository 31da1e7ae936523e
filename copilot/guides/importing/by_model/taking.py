"""Taking what a model says of a document into a draft: only what stands there is kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from copilot.coach.words import gist
from copilot.guides.documents.model import Document
from copilot.guides.importing.by_model.checks import (
    Source,
    SourceChecks,
    covered,
    own_words,
    source_of,
)
from copilot.guides.importing.by_model.told import Check, LeftOut, Taken, Told
from copilot.guides.importing.by_model.units import Unit, position_of
from copilot.guides.importing.draft import (
    Draft,
    FoundCompetency,
    FoundQuestion,
    FoundStage,
    Item,
    Tip,
    Unplaced,
)
from copilot.guides.importing.fitting import one_line
from copilot.guides.importing.rules.asking import kind_of
from copilot.guides.importing.rules.labels import id_of, label_of
from copilot.guides.importing.rules.sentences import sentences_of
from copilot.i18n import _
from copilot.llm.guide_outputs import (
    ImportedFlag,
    ImportedGuide,
    ImportedOther,
    ImportedPoint,
    ImportedQuestion,
)
from copilot.llm.material import Line

_Placed = TypeVar("_Placed")
#: From this share of words in common on, two items say the same.
_SAME = 0.7
#: What tells so much of a sentence is put in the sentence's own words.
_NEAR = 0.6
#: So much of a sentence has to be in items before it is taken to have its place in them.
_PLACED = 0.75


@dataclass(slots=True)
class _Question:
    """A question of the draft, old or new."""

    found: FoundQuestion
    position: int
    points: list[tuple[int, Item]]


@dataclass(frozen=True, slots=True)
class _Named:
    """An item's lines."""

    units: tuple[Unit, ...]
    source: Source

    @property
    def first(self) -> Unit:
        return next(unit for unit in self.units if unit.open)


class _Said:
    """What a model says of an item, on one line."""

    def __init__(self, kind: str, label: str, text: str) -> None:
        self.kind, self.label, self.text = kind, one_line(label), one_line(text)


@dataclass(slots=True)
class Taking:
    """A draft that grows, answer by answer.

    Attributes:
        document: What is read.
        draft: What structure found of it.
        units: The lines the model is told.
        checks: What items have to pass.
        tell: Told of each item what becomes of it.
    """

    document: Document
    draft: Draft
    units: Sequence[Unit]
    checks: SourceChecks
    tell: Callable[[Told], None]
    _questions: list[_Question] = field(init=False)
    _flags: list[tuple[int, Item]] = field(init=False)
    _competencies: list[tuple[int, FoundCompetency]] = field(init=False)
    _stages: list[tuple[int, FoundStage]] = field(init=False)
    _tips: list[Tip] = field(init=False)
    _told_of: dict[int, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._questions = [
            _Question(found, self._at(found), [(self._at(point), point) for point in found.points])
            for found in self.draft.questions
        ]
        self._flags = [(self._at(flag), flag) for flag in self.draft.red_flags]
        self._competencies = [(self._at(each), each) for each in self.draft.competencies]
        self._stages = [(self._at(each), each) for each in self.draft.stages]
        self._tips = list(self.draft.tips)

    def known_before(self, position: int) -> list[Line]:
        """The questions found before a place of the document, with their numbers."""
        return [
            Line(str(number), question.found.text)
            for number, question in enumerate(self._questions, 1)
            if question.position <= position
        ]

    def take(self, answer: ImportedGuide, sent: Iterable[int]) -> None:
        """Take in an answer about the lines of these numbers."""
        lines = {unit.number: unit for unit in self.units if unit.number in set(sent)}
        numbered = dict(enumerate(self._questions, 1))
        for asked in answer.questions:
            taken = self._question(asked, lines)
            if taken is not None:
                # Models like to begin at 1 again; what an answer calls 1 is what it means by 1.
                numbered[asked.number] = taken
        for point in answer.points:
            self._point(point, numbered.get(point.question), lines)
        for flag in answer.flags:
            self._flag(flag, lines)
        for other in answer.others:
            self._other(other, lines)

    def result(self) -> Draft:
        """The draft with what was taken; what items tell nothing of stays without a place."""
        in_order = sorted(self._questions, key=lambda each: each.position)
        return replace(
            self.draft,
            questions=tuple(replace(each.found, points=_sorted(each.points)) for each in in_order),
            red_flags=_sorted(self._flags),
            competencies=_sorted(self._competencies),
            stages=_sorted(self._stages),
            tips=tuple(self._tips),
            unplaced=tuple(self._still_unplaced()),
        )

    # -- items ------------------------------------------------------------------------------------

    def _question(self, asked: ImportedQuestion, lines: dict[int, Unit]) -> _Question | None:
        said = one_line(asked.text)
        named = self._named(asked.lines, lines)
        if named is None:
            self._leave("question", said, None, Check.LINES)
            return None
        text, broken = self.checks.question(said, named.source)
        if broken is not None:
            self._leave("question", said, named, broken)
            return None
        language = named.source.language
        for known in self._questions:
            if _are_alike(text, known.found.text, language):
                self._leave("question", said, named, Check.DOUBLE)
                return known
        label = label_of(text, language)
        ids = {known.found.id for known in self._questions}
        made = FoundQuestion(
            id_of(label, text, ids), label, text, named.first.origin, kind_of(text)
        )
        question = _Question(made, named.first.position, [])
        self._questions.append(question)
        self._keep("question", made.id, text, named)
        return question

    def _point(
        self, point: ImportedPoint, question: _Question | None, lines: dict[int, Unit]
    ) -> None:
        said = _Said("point", point.label, point.description)
        named = self._checked(said, point.lines, lines)
        if named is None:
            return
        if question is None or not self._belongs(named, question):
            self._leave("point", said.text, named, Check.BELONGS)
            return
        made = self._made(said, named, [known for _, known in question.points])
        if made is not None:
            question.points.append((named.first.position, made))

    def _flag(self, flag: ImportedFlag, lines: dict[int, Unit]) -> None:
        said = _Said("flag", flag.label, flag.description)
        named = self._checked(said, flag.lines, lines)
        if named is None:
            return
        if not self.checks.warns(said.text, named.source):
            self._leave("flag", said.text, named, Check.WARNING)
            return
        made = self._made(said, named, [known for _, known in self._flags])
        if made is not None:
            self._flags.append((named.first.position, made))

    def _other(self, other: ImportedOther, lines: dict[int, Unit]) -> None:
        said = _Said(other.kind, other.label, other.description)
        named = self._checked(said, other.lines, lines)
        if named is None:
            return
        at = named.first.position
        if other.kind == "competency":
            made = self._made(said, named, [known for _, known in self._competencies])
            if made is not None:
                rated = FoundCompetency(made.id, made.label, made.text, made.origin)
                self._competencies.append((at, rated))
        elif other.kind == "stage":
            made = self._made(said, named, [known for _, known in self._stages])
            if made is not None:
                staged = FoundStage(made.id, made.label, made.text, made.origin)
                self._stages.append((at, staged))
        else:
            self._tip(said, named)

    def _tip(self, said: _Said, named: _Named) -> None:
        text = own_words(said.text, named.source, _NEAR) or said.text
        if any(_are_alike(text, tip.text, named.source.language) for tip in self._tips):
            self._leave("tip", said.text, named, Check.DOUBLE)
            return
        self._tips.append(Tip(text, named.first.origin))
        self._keep("tip", "", text, named)

    def _checked(
        self, said: _Said, numbers: Sequence[int], lines: dict[int, Unit]
    ) -> _Named | None:
        """The lines of an item whose description stands on them; else it is told why it is none."""
        named = self._named(numbers, lines)
        broken = Check.LINES if named is None else self.checks.description(said.text, named.source)
        if broken is not None:
            self._leave(said.kind, said.text, named, broken)
            return None
        return named

    def _made(self, said: _Said, named: _Named, others: Sequence[Item]) -> Item | None:
        """An item unless it is there already; in the document's words where they are near."""
        language = named.source.language
        if any(_are_alike(said.text, known.text, language) for known in others):
            self._leave(said.kind, said.text, named, Check.DOUBLE)
            return None
        text = own_words(said.text, named.source, _NEAR) or said.text
        label = said.label
        if not self.checks.is_label(label, named.source):
            label = label_of(text, language)
        made = id_of(label, text, {known.id for known in others})
        self._keep(said.kind, made, text, named)
        return Item(made, label, text, named.first.origin)

    # -- lines ------------------------------------------------------------------------------------

    def _named(self, numbers: Sequence[int], lines: dict[int, Unit]) -> _Named | None:
        """The lines of an item; None where one was not sent, or all have their place already."""
        wanted = sorted(set(numbers))
        if not wanted or any(number not in lines for number in wanted):
            return None
        units = tuple(lines[number] for number in wanted)
        if not any(unit.open for unit in units):
            return None
        above = next((unit.above for unit in units if unit.open), "")
        source = source_of([unit.text for unit in units], above, self.document.language)
        return _Named(units, source)

    def _belongs(self, named: _Named, question: _Question) -> bool:
        """Whether no other question begins between a point and its own."""
        first, last = sorted((named.first.position, question.position))
        return not any(
            first < other.position < last or (other.position == last and first < last)
            for other in self._questions
            if other is not question and other.position != question.position
        )

    def _keep(self, kind: str, made: str, text: str, named: _Named) -> None:
        for unit in named.units:
            self._told_of.setdefault(unit.number, []).append(text)
        self.tell(Taken(kind, made, text, named.first.origin))

    def _leave(self, kind: str, said: str, named: _Named | None, check: Check) -> None:
        self.tell(LeftOut(kind, said, "" if named is None else named.first.origin, check))

    def _still_unplaced(self) -> Iterable[Unplaced]:
        by_entry = {id(unit.unplaced): unit for unit in self.units if unit.unplaced is not None}
        for entry in self.draft.unplaced:
            unit = by_entry.get(id(entry))
            told = " ".join(self._told_of.get(unit.number, ())) if unit is not None else ""
            if not told:
                yield entry
                continue
            language = source_of([entry.block.text], "", self.document.language).language
            rest = [
                sentence
                for sentence in sentences_of(entry.block.text)
                if sentence not in told and covered(sentence, told, language) < _PLACED
            ]
            if rest:
                block = replace(entry.block, text=" ".join(rest))
                yield Unplaced(
                    block, entry.origin, _("what the language model took from it is not all")
                )

    def _at(self, item: Item) -> int:
        return position_of(self.document, item.origin)


def _are_alike(one: str, other: str, language: str) -> bool:
    mine, theirs = gist(one, language), gist(other, language)
    together = mine | theirs
    return bool(together) and len(mine & theirs) / len(together) >= _SAME


def _sorted(placed: Sequence[tuple[int, _Placed]]) -> tuple[_Placed, ...]:
    return tuple(item for _, item in sorted(placed, key=lambda each: each[0]))
