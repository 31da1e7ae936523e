"""Would this count? One sentence, tried against a question as a live session would hear it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from copilot.events import Channel, FindingKind, FindingState, Utterance
from copilot.guides.listening import Listener
from copilot.i18n import _
from copilot.knowledge.guide import Guide, Listened
from copilot.matching.explaining import Explanation
from copilot.matching.rules import StateRule

#: Rivals told, and from which probability of being said on.
_RIVALS, _RIVALS_FROM = 3, 0.1
_ASSERTED = (FindingState.EVIDENCED, FindingState.RAISED)


class Group(StrEnum):
    """Where a sentence of a point or flag stands in the guide."""

    SAYS = "says"
    DENIALS = "denials"
    NEAR_MISSES = "near_misses"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another point of the question, or another flag, that the sentence may say.

    Attributes:
        id: Its id.
        label: What it is called.
        said: How likely the sentence says it, 0 to 1.
        counts: Whether a session would show it as evidenced or raised.
    """

    id: str
    label: str
    said: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the sentence is to one point or flag.

    Attributes:
        kind: Point or flag.
        id: Its id.
        label: What it is called.
        state: What a session would show.
        said: How likely the sentence says it, 0 to 1.
        denied: How likely it denies it, 0 to 1.
        rule: From probabilities to states.
        closest: The sentence of its says that is most like it; empty where it has none.
        likeness: How like, -1 to 1; two sentences on different things have about 0.8.
        rivals: Others of its kind that it may say, the likeliest first.
    """

    kind: FindingKind
    id: str
    label: str
    state: FindingState
    said: float
    denied: float
    rule: StateRule
    closest: str
    likeness: float
    rivals: tuple[Rival, ...]

    @property
    def counts(self) -> bool:
        """Whether a session would show it as evidenced or raised."""
        return self.state in _ASSERTED

    @property
    def why(self) -> str:
        """Why, in a plain sentence or two, in the interface's language."""
        return " ".join(_why(self))


@dataclass(frozen=True, slots=True)
class Tried:
    """What a session would make of a sentence.

    Attributes:
        question: The id of the question it would answer.
        text: The sentence.
        outcomes: One a point, then one a flag, in the guide's order.
    """

    question: str
    text: str
    outcomes: tuple[Outcome, ...]

    def of(self, kind: FindingKind, target_id: str) -> Outcome:
        """What it is to one point or flag.

        Raises:
            KeyError: The question has no such point, or the guide no such flag.
        """
        for outcome in self.outcomes:
            if (outcome.kind, outcome.id) == (kind, target_id):
                return outcome
        raise KeyError(target_id)

    @property
    def counting(self) -> tuple[Outcome, ...]:
        """The points it would count for and the flags it would raise, the surest first."""
        return tuple(sorted((o for o in self.outcomes if o.counts), key=lambda o: -o.said))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What another sentence in the guide would change.

    Attributes:
        kind: Point or flag.
        id: Whose sentences it would join.
        group: Which of them.
        before: The sentence tried with the guide as it stands.
        after: The same, with it added.
    """

    kind: FindingKind
    id: str
    group: Group
    before: Tried
    after: Tried

    @property
    def changed(self) -> tuple[tuple[Outcome, Outcome], ...]:
        """Outcomes whose state is another, before and after."""
        pairs = zip(self.before.outcomes, self.after.outcomes, strict=True)
        return tuple((was, now) for was, now in pairs if was.state is not now.state)


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
    return [Utterance(id="u1", channel=Channel.CANDIDATE, start_s=0.0, end_s=1.0, text=text)]


def _rival(item: Listened, one: Explanation) -> Rival:
    return Rival(item.id, item.label, one.said, one.finding.state in _ASSERTED)


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


def _why(outcome: Outcome) -> Iterator[str]:
    said, denied = round(100 * outcome.said), round(100 * outcome.denied)
    needed, doubt = round(100 * outcome.rule.says), round(100 * outcome.rule.doubt)
    match outcome.state:
        case FindingState.EVIDENCED:
            yield _(
                "It counts: likely to say it with {said} %, and {needed} % are needed.",
                said=said,
                needed=needed,
            )
        case FindingState.RAISED:
            yield _(
                "It raises the flag: likely to say it with {said} %, and {needed} % are needed.",
                said=said,
                needed=needed,
            )
        case FindingState.DENIED:
            yield _("It is heard as a denial, likely with {denied} %.", denied=denied)
        case FindingState.UNCLEAR:
            yield _(
                "It is in doubt: likely to say it with {said} % and to deny it with {denied} %; "
                "{needed} % are needed to count.",
                said=said,
                denied=denied,
                needed=needed,
            )
        case _:
            yield _(
                "It does not count: likely to say it with {said} %; from {doubt} % on it is in "
                "doubt, from {needed} % on it counts.",
                said=said,
                doubt=doubt,
                needed=needed,
            )
    if not outcome.closest:
        yield _("There are no says: only label and description are listened for.")
    others = [rival.label for rival in outcome.rivals if rival.counts]
    if others:
        listed = ", ".join(others)
        if outcome.counts:
            yield _("It counts for these as well: {others}.", others=listed)
        else:
            yield _("It counts for these instead: {others}.", others=listed)
