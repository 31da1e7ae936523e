"""From the gaps of one item to requests, and from answers to proposals.

One request for a family of gaps: what a point is heard by, what a flag lacks, the phrasings of a
question, the ratings of a competency, the translations of an item.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from copilot.coach.gate import Expected
from copilot.guides.editing.edits import Action, Edit, Place, Proposal
from copilot.guides.enriching.by_model.checks import TextChecks
from copilot.guides.enriching.by_model.hearing import Hearing, Sentences
from copilot.guides.enriching.by_model.told import Dropped, Fault, Told
from copilot.guides.enriching.doubts import Doubter
from copilot.guides.enriching.gaps import Gap, GapKind
from copilot.guides.enriching.places import at
from copilot.guides.importing.fitting import one_line
from copilot.knowledge.guide import Guide, Listened, Point, Question, RedFlag
from copilot.llm.from_guide import (
    enrich_competency_inputs,
    enrich_flag_inputs,
    enrich_point_inputs,
    enrich_question_inputs,
)
from copilot.llm.guide_outputs import (
    EnrichedCompetency,
    EnrichedFlag,
    EnrichedPoint,
    EnrichedQuestion,
)
from copilot.llm.inputs import AnyInputs

#: So many more are asked for than are wanted, since some never pass.
_SPARE = 2
_MOST_AT_ONCE = 12
_DENYING = (GapKind.DENIALS, GapKind.PROPOSITIONS)
_HEARD = (GapKind.SAYS, *_DENYING, GapKind.NEAR_MISSES)

#: Asks the model by a prompt's name; None where it gave nothing usable.
Ask = Callable[[str, AnyInputs], Any]


@dataclass(frozen=True, slots=True)
class Item:
    """The gaps of one item in one language, and what they are held against.

    Attributes:
        gaps: Of one item.
        guide: In the language of the gaps.
        checks: For faults.
        hearing: For doubts of the matcher's.
        doubter: For doubts by plain rules.
        note: Told of each text what becomes of it.
        earlier: Texts proposed for other items, which this one must not get as well.
    """

    gaps: Sequence[Gap]
    guide: Guide
    checks: TextChecks = field(repr=False)
    hearing: Hearing = field(repr=False)
    doubter: Doubter = field(repr=False)
    note: Callable[[Told], None] = field(repr=False)
    earlier: Sequence[str] = ()

    @property
    def place(self) -> Place:
        """The item's."""
        return self.gaps[0].item

    @property
    def language(self) -> str:
        """Of the texts that are wanted."""
        return self.gaps[0].language

    def proposals(self, ask: Ask) -> Iterator[Proposal]:
        """What the model proposes for the item, as far as it passes; the model asks in ``ask``."""
        wanted = {gap.kind: gap for gap in self.gaps}
        if not self.place:
            return
        holder = at(self.guide, self.place)
        if isinstance(holder, Question):
            if GapKind.PHRASINGS in wanted:
                yield from self._phrasings(holder, wanted[GapKind.PHRASINGS], ask)
        elif isinstance(holder, RedFlag):
            yield from self._flag(holder, wanted, ask)
        elif isinstance(holder, Point):
            if wanted.keys() & {*_HEARD, GapKind.PROBES}:
                yield from self._point(holder, wanted, ask)
            if GapKind.ANCHORS in wanted:
                yield from self._anchors(holder, wanted[GapKind.ANCHORS], ask)

    # -- families ---------------------------------------------------------------------------------

    def _point(self, point: Point, wanted: dict[GapKind, Gap], ask: Ask) -> Iterator[Proposal]:
        question = self.guide.question(str(self.place[1])) if len(self.place) > 2 else None
        inputs = enrich_point_inputs(
            self.guide,
            question,
            point,
            language=self.language,
            says=_asked(wanted, GapKind.SAYS),
            denials=_asked(wanted, *_DENYING),
            near_misses=_asked(wanted, GapKind.NEAR_MISSES),
            probes=_asked(wanted, GapKind.PROBES),
        )
        answered = ask("enrich_point", inputs)
        if not isinstance(answered, EnrichedPoint):
            return
        yield from self._sentences(
            point, wanted, answered.says, answered.denials, answered.near_misses
        )
        expected = Expected(point.label, point.description, point.says)
        asked = "" if question is None else question.text

        def fault_of(text: str) -> Fault | None:
            return self.checks.probe(text, asked, expected)

        probes = self._passing(
            wanted.get(GapKind.PROBES), GapKind.PROBES, answered.probes, fault_of, point.probes
        )
        yield from self._fitting(wanted.get(GapKind.PROBES), [(text, "") for text in probes])

    def _flag(self, flag: RedFlag, wanted: dict[GapKind, Gap], ask: Ask) -> Iterator[Proposal]:
        inputs = enrich_flag_inputs(
            self.guide,
            flag,
            language=self.language,
            why=int(GapKind.WHY in wanted),
            benign_reading=int(GapKind.BENIGN_READING in wanted),
            probe=int(GapKind.PROBE in wanted),
            says=_asked(wanted, GapKind.SAYS),
            denials=_asked(wanted, *_DENYING),
            near_misses=_asked(wanted, GapKind.NEAR_MISSES),
        )
        answered = ask("enrich_flag", inputs)
        if not isinstance(answered, EnrichedFlag):
            return
        for kind, text in (
            (GapKind.WHY, answered.why),
            (GapKind.BENIGN_READING, answered.benign_reading),
        ):
            told = self._passing(wanted.get(kind), kind, [text], self.checks.told, ())
            yield from self._fitting(wanted.get(kind), [(each, "") for each in told])

        def fault_of(text: str) -> Fault | None:
            return self.checks.probe(text, "", None)

        gap = wanted.get(GapKind.PROBE)
        probes = self._passing(gap, GapKind.PROBE, [answered.probe], fault_of, ())
        yield from self._fitting(gap, [(text, "") for text in probes])
        yield from self._sentences(
            flag, wanted, answered.says, answered.denials, answered.near_misses
        )

    def _phrasings(self, question: Question, gap: Gap, ask: Ask) -> Iterator[Proposal]:
        inputs = enrich_question_inputs(
            self.guide,
            question,
            language=self.language,
            phrasings=_asked({gap.kind: gap}, GapKind.PHRASINGS),
        )
        answered = ask("enrich_question", inputs)
        if not isinstance(answered, EnrichedQuestion):
            return
        there = (question.text, *question.phrasings)
        passing = self._passing(gap, gap.kind, answered.phrasings, self.checks.phrasing, there)
        doubts = [self.hearing.doubts_on_phrasing(question, text) for text in passing]
        yield from self._fitting(gap, list(zip(passing, doubts, strict=True)))

    def _anchors(self, competency: Point, gap: Gap, ask: Ask) -> Iterator[Proposal]:
        inputs = enrich_competency_inputs(self.guide, competency, language=self.language)
        answered = ask("enrich_competency", inputs)
        if not isinstance(answered, EnrichedCompetency):
            return
        texts = [answered.one, answered.two, answered.three, answered.four]
        said = list(map(one_line, texts))
        fault = self.checks.anchors(said)
        if fault is not None:
            self._drop(gap.place, gap.kind, " / ".join(said), fault)
            return
        yield self._proposal(gap, dict(enumerate(said, 1)), "")

    # -- texts ------------------------------------------------------------------------------------

    def _sentences(
        self,
        item: Listened,
        wanted: dict[GapKind, Gap],
        *answered: Sequence[str],
    ) -> Iterator[Proposal]:
        """Says, denials and near misses: checked one by one, then heard beside each other."""
        denying = next((kind for kind in _DENYING if kind in wanted), GapKind.DENIALS)
        kinds = (GapKind.SAYS, denying, GapKind.NEAR_MISSES)
        there: list[str] = [*item.says, *item.not_says.denials, *item.not_says.near_misses]
        there += self._said_elsewhere(item)
        passing: dict[GapKind, list[str]] = {}
        for kind, texts in zip(kinds, answered, strict=True):

            def fault_of(text: str, kind: GapKind = kind) -> Fault | None:
                return self.checks.said(text, of_oneself=kind is not GapKind.NEAR_MISSES)

            passing[kind] = self._passing(wanted.get(kind), kind, texts, fault_of, there)
            there += passing[kind]
        for kind in kinds:
            doubted = [(text, self._doubt(kind, text, passing, kinds)) for text in passing[kind]]
            yield from self._fitting(wanted.get(kind), doubted)

    def _doubt(
        self,
        kind: GapKind,
        text: str,
        passing: dict[GapKind, list[str]],
        kinds: tuple[GapKind, GapKind, GapKind],
    ) -> str:
        groups = (tuple(other for other in passing[each] if other != text) for each in kinds)
        others = Sentences(*groups)
        if kind is GapKind.SAYS:
            heard = self.hearing.doubts_on_says(self.place, text, others)
        else:
            heard = self.hearing.doubts_on_not_says(self.place, text, others)
        plainly = self.doubter.doubts(kind, self.place, text)
        return "; ".join(doubt for doubt in (heard, plainly) if doubt)

    def _said_elsewhere(self, item: Listened) -> list[str]:
        """The sentences of the item's rivals: one that stands there can tell nothing apart."""
        rivals: Sequence[Listened] = self.guide.red_flags
        if self.place[0] == "competencies":
            rivals = self.guide.competencies
        elif self.place[0] == "questions":
            rivals = self.guide.question(str(self.place[1])).points
        return [text for rival in rivals if rival.id != item.id for text in rival.says]

    def _passing(
        self,
        gap: Gap | None,
        kind: GapKind,
        texts: Sequence[str],
        fault_of: Callable[[str], Fault | None],
        there: Sequence[str],
    ) -> list[str]:
        """Those without a fault; the others are told."""
        kept: list[str] = []
        for text in map(one_line, texts):
            if gap is None:
                # An empty text or list is how a model says nothing.
                if text:
                    self._drop(self.place, kind, text, Fault.UNASKED)
                continue
            fault = fault_of(text)
            if fault is None and self._is_double(kind, text, (*there, *kept)):
                fault = Fault.DOUBLE
            if fault is None:
                kept.append(text)
            else:
                self._drop(gap.place, kind, text, fault)
        return kept

    def _is_double(self, kind: GapKind, text: str, there: Sequence[str]) -> bool:
        by_meaning = kind is not GapKind.PHRASINGS
        return self.checks.is_double(text, there, by_meaning=by_meaning) or self.checks.is_double(
            text, self.earlier, by_meaning=False
        )

    def _fitting(self, gap: Gap | None, doubted: Sequence[tuple[str, str]]) -> Iterator[Proposal]:
        """As many as are wanted, those first that nothing is against."""
        if gap is None:
            return
        best = sorted(doubted, key=lambda each: bool(each[1]))
        for text, doubt in best[: gap.wanted]:
            yield self._proposal(gap, text, doubt)
        for text, _doubt in best[gap.wanted :]:
            self._drop(gap.place, gap.kind, text, Fault.UNASKED)

    def _proposal(self, gap: Gap, value: Any, doubt: str) -> Proposal:
        action = Action.ADD if gap.added else Action.SET
        return Proposal(Edit(action, gap.place, value), "", gap.why, doubt)

    def _drop(self, place: Place, kind: GapKind, text: str, fault: Fault) -> None:
        self.note(Dropped(place, kind, text, fault))


def _asked(wanted: dict[GapKind, Gap], *kinds: GapKind) -> int:
    number = sum(wanted[kind].wanted for kind in kinds if kind in wanted)
    return min(number + _SPARE, _MOST_AT_ONCE) if number else 0
