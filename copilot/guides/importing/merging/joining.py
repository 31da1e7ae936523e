"""Several drafts as one: what two documents both hold stands in it once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from copilot.guides.importing.draft import (
    Draft,
    FoundCompetency,
    FoundQuestion,
    FoundStage,
    Item,
    Tip,
    Unplaced,
)
from copilot.guides.importing.fitting import unplaced
from copilot.guides.importing.merging.likeness import likeness, same
from copilot.guides.importing.outlining import free_id
from copilot.i18n import _

I = TypeVar("I", bound=Item)  # noqa: E741 - an item

#: Items of the same id are one where their texts are at least that much alike.
_SAME_ID = 0.6


def joined(drafts: Sequence[Draft]) -> Draft:
    """One draft of several, in their order; title and summary are the first ones'.

    An item that stands in two keeps the words and the origin of the first; a question keeps the
    points and tips of both. Other words for the same are ``unplaced``.

    Args:
        drafts: At least one, all of one language.
    """
    made = drafts[0]
    for draft in drafts[1:]:
        made = _Joining(made, draft).joined()
    return made


class _Joining:
    def __init__(self, first: Draft, second: Draft) -> None:
        self._first = first
        self._second = second
        self._doubled: list[Unplaced] = []

    def joined(self) -> Draft:
        first, second = self._first, self._second
        competencies, of_competency = self._items(first.competencies, second.competencies)
        questions, of_question = self._items(
            first.questions,
            [
                replace(each, competencies=_named(each.competencies, of_competency))
                for each in second.questions
            ],
        )
        stages, _ids = self._items(
            first.stages,
            [
                replace(each, questions=_named(each.questions, of_question))
                for each in second.stages
            ],
        )
        return replace(
            first,
            summary=first.summary or second.summary,
            summary_origin=first.summary_origin or second.summary_origin,
            competencies=competencies,
            skills=self._items(first.skills, second.skills)[0],
            stages=stages,
            questions=questions,
            red_flags=self._items(first.red_flags, second.red_flags)[0],
            tips=_tips(first.tips, second.tips),
            terms=tuple(dict.fromkeys((*first.terms, *second.terms))),
            unplaced=(*first.unplaced, *second.unplaced, *self._second_summary(), *self._doubled),
            signposts=(*first.signposts, *second.signposts),
        )

    def _items(
        self, these: Sequence[I], those: Iterable[I]
    ) -> tuple[tuple[I, ...], dict[str, str]]:
        """Both, and which id each of ``those`` has now."""
        made, ids = list(these), {}
        for item in those:
            known = next((at for at, each in enumerate(made) if _is_same(each, item)), None)
            if known is None:
                free = free_id(item.id, [each.id for each in made])
                made.append(replace(item, id=free))
                ids[item.id] = free
            else:
                ids[item.id] = made[known].id
                made[known] = self._one(made[known], item)
        return tuple(made), ids

    def _one(self, kept: I, other: I) -> I:
        if kept.text != other.text:
            why = _("the same as {origin}, in other words", origin=kept.origin)
            self._doubled.append(unplaced(other.text, other.origin, why))
        if isinstance(kept, FoundQuestion) and isinstance(other, FoundQuestion):
            return replace(
                kept,
                points=self._items(kept.points, other.points)[0],
                tips=_tips(kept.tips, other.tips),
                minutes=kept.minutes or other.minutes,
                competencies=tuple(dict.fromkeys((*kept.competencies, *other.competencies))),
            )
        if isinstance(kept, FoundCompetency) and isinstance(other, FoundCompetency):
            return replace(kept, anchors=self._anchors(kept, other))
        if isinstance(kept, FoundStage) and isinstance(other, FoundStage):
            return replace(
                kept,
                tips=_tips(kept.tips, other.tips),
                minutes=kept.minutes or other.minutes,
                questions=tuple(dict.fromkeys((*kept.questions, *other.questions))),
            )
        return kept

    def _anchors(self, kept: FoundCompetency, other: FoundCompetency) -> tuple[Tip, ...]:
        if not kept.anchors:
            return other.anchors
        known = [anchor.text for anchor in kept.anchors]
        why = _("{label} has anchors already", label=kept.label)
        self._doubled += [
            unplaced(each.text, each.origin, why)
            for each in other.anchors
            if each.text not in known
        ]
        return kept.anchors

    def _second_summary(self) -> Iterable[Unplaced]:
        first, second = self._first, self._second
        if first.summary and second.summary and not same(first.summary, second.summary):
            why = _("there is a summary already, from {origin}", origin=first.summary_origin)
            yield unplaced(second.summary, second.summary_origin, why)


def _is_same(item: Item, other: Item) -> bool:
    if same(item.text, other.text):
        return True
    return item.id == other.id and likeness(item.text, other.text) >= _SAME_ID


def _named(ids: Iterable[str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(now.get(each, each) for each in ids))


def _tips(these: tuple[Tip, ...], those: tuple[Tip, ...]) -> tuple[Tip, ...]:
    new = (tip for tip in those if not any(same(tip.text, each.text) for each in these))
    return (*these, *new)
