"""Would this count? One sentence, tried against a question as a live session would hear it."""

from collections.abc import Sequence

from copilot.events import Channel, FindingKind, Utterance
from copilot.guides.listening import Listener
from copilot.guides.tried import ASSERTED, Group, Outcome, Rival, Tried, WhatIf
from copilot.knowledge.guide import Guide, Listened
from copilot.matching.explaining import Explanation

__all__ = [
    "Group",
    "Outcome",
    "Rival",
    "Tried",
    "Tryer",
    "WhatIf",
    "try_sentence",
    "with_sentence",
]

#: Rivals told, and from which probability of being said on.
_RIVALS, _RIVALS_FROM = 3, 0.1


class Tryer:
    """Tries sentences; holds the models, which are loaded with the first one.

    One is enough for an afternoon: guides may change between calls. It may be called from another
    thread than it was made in.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        """Nothing is loaded yet; ``listener`` is shared with whoever else listens."""
        self._listener = listener or Listener()

    def try_sentence(self, guide: Guide, question_id: str, text: str) -> Tried:
        """Try a sentence.

        Args:
            guide: In the language of the sentence.
            question_id: The question it would answer.
            text: What a candidate would say; several sentences are fine.

        Raises:
            UsageError: The guide has no such question.
            ModelError: A file of a model is missing or damaged.
        """
        said = " ".join(text.split())
        items = (*guide.points_for(question_id), *guide.red_flags)
        if not said or not items:
            return Tried(question_id, said, ())
        explained = self._listener.matcher(guide).explain(question_id, _answer(said))
        rivals = [_rival(item, one) for item, one in zip(items, explained, strict=True)]
        outcomes = [
            Outcome(
                kind=one.finding.kind,
                id=item.id,
                label=item.label,
                state=one.finding.state,
                said=one.said,
                denied=one.denied,
                rule=self._listener.rules.of(one.finding.kind),
                closest=closest,
                likeness=likeness,
                rivals=_rivals_of(index, explained, rivals),
            )
            for index, (item, one, (closest, likeness)) in enumerate(
                zip(items, explained, self._closest(said, items), strict=True)
            )
        ]
        return Tried(question_id, said, tuple(outcomes))

    def what_if(
        self,
        guide: Guide,
        question_id: str,
        text: str,
        target_id: str,
        *,
        group: Group = Group.SAYS,
        kind: FindingKind = FindingKind.POINT,
    ) -> WhatIf:
        """Try a sentence before and after it is added to the guide.

        Args:
            guide: In the language of the sentence; stays as it is.
            question_id: The question it would answer.
            text: The sentence.
            target_id: The point or flag whose sentences it would join.
            group: Which of them.
            kind: Point or flag.

        Raises:
            UsageError: The guide has no such question.
            KeyError: The question has no such point, or the guide no such flag.
            ModelError: A file of a model is missing or damaged.
        """
        before = self.try_sentence(guide, question_id, text)
        if before.text:
            with_it = with_sentence(
                guide, question_id, before.text, target_id, group=group, kind=kind
            )
            after = self.try_sentence(with_it, question_id, text)
        else:
            after = before
        return WhatIf(kind, target_id, group, before, after)

    def _closest(self, said: str, items: Sequence[Listened]) -> list[tuple[str, float]]:
        """For each item the sentence most like what was said, and how like it is."""
        vector = self._listener.embedder.embed([said])[0]
        found = []
        for item in items:
            if not item.says:
                found.append(("", 0.0))
                continue
            alike = self._listener.guide_embedder.embed(item.says) @ vector
            best = int(alike.argmax())
            found.append((item.says[best], float(alike[best])))
        return found


def try_sentence(guide: Guide, question_id: str, text: str, tryer: Tryer | None = None) -> Tried:
    """Would this count? Whoever asks more than once keeps a ``Tryer``.

    Args:
        guide: In the language of the sentence.
        question_id: The question it would answer.
        text: What a candidate would say.
        tryer: By default a new one, which loads the models.

    Raises:
        UsageError: The guide has no such question.
        ModelError: A file of a model is missing or damaged.
    """
    return (tryer or Tryer()).try_sentence(guide, question_id, text)


def with_sentence(
    guide: Guide,
    question_id: str,
    text: str,
    target_id: str,
    *,
    group: Group = Group.SAYS,
    kind: FindingKind = FindingKind.POINT,
) -> Guide:
    """A guide with one sentence more; the one given stays as it is.

    Raises:
        UsageError: The guide has no such question.
        KeyError: The question has no such point, or the guide no such flag.
    """

    def added(item: Listened) -> Listened:
        if group is Group.SAYS:
            return item.model_copy(update={"says": (*item.says, text)})
        sentences = (*getattr(item.not_says, group), text)
        with_it = item.not_says.model_copy(update={group.value: sentences})
        return item.model_copy(update={"not_says": with_it})

    def changed(items: Sequence[Listened]) -> tuple[Listened, ...]:
        if all(item.id != target_id for item in items):
            raise KeyError(target_id)
        return tuple(added(item) if item.id == target_id else item for item in items)

    if kind is FindingKind.FLAG:
        return guide.model_copy(update={"red_flags": changed(guide.red_flags)})
    asked = guide.question(question_id)
    if not asked.points:
        return guide.model_copy(update={"competencies": changed(guide.competencies)})
    with_it = asked.model_copy(update={"points": changed(asked.points)})
    questions = tuple(with_it if q.id == question_id else q for q in guide.questions)
    return guide.model_copy(update={"questions": questions})


def _answer(text: str) -> list[Utterance]:
    return [Utterance(id="u1", channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=text)]


def _rival(item: Listened, one: Explanation) -> Rival:
    return Rival(item.id, item.label, one.said, one.finding.state in ASSERTED)


def _rivals_of(
    index: int, explained: Sequence[Explanation], rivals: Sequence[Rival]
) -> tuple[Rival, ...]:
    """Those of the same kind that are worth telling, the likeliest first."""
    kind = explained[index].finding.kind
    found = [
        rival
        for number, (one, rival) in enumerate(zip(explained, rivals, strict=True))
        if number != index and one.finding.kind is kind and rival.said >= _RIVALS_FROM
    ]
    return tuple(sorted(found, key=lambda rival: -rival.said)[:_RIVALS])
