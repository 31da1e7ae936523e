"""Having the texts of an item translated: one request for all that an item lacks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from copilot.guides.editing.edits import Action, Edit, Place, Proposal
from copilot.guides.enriching.by_model.checks import TextChecks
from copilot.guides.enriching.by_model.hearing import Hearing
from copilot.guides.enriching.by_model.items import Ask
from copilot.guides.enriching.by_model.told import Dropped, Fault, Told
from copilot.guides.enriching.gaps import Gap, GapKind
from copilot.guides.enriching.places import at
from copilot.guides.importing.fitting import one_line
from copilot.knowledge.guide import Guide
from copilot.llm.from_guide import translate_item_inputs
from copilot.llm.guide_outputs import TranslatedItem


class Translating:
    """Fills gaps of one item by translating what the original has at their places."""

    def __init__(
        self,
        original: Guide,
        checks: TextChecks,
        hearing: Hearing,
        note: Callable[[Told], None],
    ) -> None:
        """Prepare for one guide and one language, which the checks are for."""
        self._original = original
        self._checks = checks
        self._hearing = hearing
        self._note = note

    def is_for(self, gap: Gap) -> bool:
        """Whether a gap is filled by translating: there is something in the original."""
        if gap.language == self._original.language:
            return False
        return gap.kind is GapKind.TRANSLATION or (
            gap.kind is GapKind.ANCHORS and bool(self._texts(gap.place))
        )

    def proposals(self, gaps: Sequence[Gap], ask: Ask) -> Iterator[Proposal]:
        """What the model proposes, as far as it passes; a list or mapping whole or not at all."""
        numbered: dict[int, str] = {}
        mine: list[tuple[Gap, list[int]]] = []
        for gap in gaps:
            first = len(numbered) + 1
            texts = self._texts(gap.place)
            numbered.update(enumerate(texts, first))
            mine.append((gap, list(range(first, first + len(texts)))))
        answered = self._answered(numbered, ask)
        for gap, numbers in mine:
            yield from self._of(gap, [(numbered[n], answered.get(n, "")) for n in numbers])

    def _answered(self, numbered: dict[int, str], ask: Ask) -> dict[int, str]:
        found: dict[int, str] = {}
        for inputs in translate_item_inputs(
            self._original, list(numbered.values()), language=self._checks.language
        ):
            sent = {int(line.id) for line in inputs.texts.lines}
            answer = ask("translate_item", inputs)
            if isinstance(answer, TranslatedItem):
                for each in answer.texts:
                    if each.number in sent:
                        found.setdefault(each.number, one_line(each.text))
        return found

    def _of(self, gap: Gap, pairs: Sequence[tuple[str, str]]) -> Iterator[Proposal]:
        is_label = gap.place[-1] == "label"
        whole = bool(pairs)
        for original, text in pairs:
            fault = self._checks.translation(text, original, label=is_label) if text else None
            if fault is not None:
                self._note(Dropped(gap.place, gap.kind, text, fault))
            whole = whole and bool(text) and fault is None
        texts = [text for _, text in pairs]
        if not whole:
            for original, text in pairs:
                # The others of a list are left out with the one that failed.
                if text and self._checks.translation(text, original, label=is_label) is None:
                    self._note(Dropped(gap.place, gap.kind, text, Fault.KEPT))
            return
        doubts = [self._hearing.doubts_on_translation(text, first) for first, text in pairs]
        if gap.kind is GapKind.ANCHORS:
            value: Any = dict(enumerate(texts, 1))
            yield _proposal(gap, Action.SET, value, next(filter(None, doubts), ""))
        elif gap.added:
            for text, doubt in zip(texts, doubts, strict=True):
                yield _proposal(gap, Action.ADD, text, doubt)
        else:
            yield _proposal(gap, Action.SET, texts[0], doubts[0])

    def _texts(self, place: Place) -> list[str]:
        found = at(self._original, place)
        if isinstance(found, dict):
            return [str(text) for text in found.values()]
        if isinstance(found, tuple):
            return [str(text) for text in found]
        return [str(found)] if found else []


def _proposal(gap: Gap, action: Action, value: Any, doubt: str) -> Proposal:
    return Proposal(Edit(action, gap.place, value), "", gap.why, doubt)
