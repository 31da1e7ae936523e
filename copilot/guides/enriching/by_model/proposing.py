"""Having a language model propose what a guide lacks; code drops what is wrong, humans decide.

One request an item and family of gaps, most needed first. Each text is looked at by rules: what is
plainly wrong is dropped and counted, what is doubtful is proposed with the doubt said beside it.
Nothing is written here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from copilot.guides.editing.edits import Proposal, shown
from copilot.guides.enriching.by_model.checks import TextChecks
from copilot.guides.enriching.by_model.hearing import Hearing
from copilot.guides.enriching.by_model.items import Item
from copilot.guides.enriching.by_model.told import Made, Stopped, Tally, Told, Unanswered
from copilot.guides.enriching.by_model.translating import Translating
from copilot.guides.enriching.doubts import Doubter
from copilot.guides.enriching.gaps import Gap, GapKind
from copilot.guides.listening import Listener
from copilot.guides.model_calls import Answering, answer, every_topic
from copilot.i18n import _, ngettext
from copilot.knowledge.guide import Guide, NotSays
from copilot.knowledge.off_limits import Pack
from copilot.llm.client import Asks
from copilot.llm.errors import AnswerError, CancelledCallError, LlmError, TooLongError
from copilot.llm.inputs import AnyInputs
from copilot.llm.prompts import PromptLibrary


def propose_by_model(
    guide: Guide,
    gaps: Sequence[Gap],
    client: Asks,
    tell: Callable[[str], None] = lambda _line: None,
    *,
    other: Guide | None = None,
    note: Callable[[Told], None] = lambda _told: None,
    library: PromptLibrary | None = None,
    listener: Listener | None = None,
    pack: Pack | None = None,
) -> list[Proposal]:
    """What a model proposes for the gaps of a guide, most needed first, as far as it passes.

    Where the text goes is for the caller to say before: ``client.profile.host``.

    Args:
        guide: In its own language.
        gaps: What it, or its overlay, lacks.
        client: Asks the model.
        tell: Told in lines for people how far it has come and what went wrong; on this thread.
        other: The guide with its overlay laid over, for gaps in the other language; without it
            they are filled as if there were no overlay yet.
        note: Told of each text what becomes of it; ``told.Tally`` gathers it.
        library: Where the prompts are; by default the user's own and those that ship.
        listener: The models that hear; by default new ones.
        pack: What may not be asked; by default every topic there is a pack for.

    Raises:
        LlmError: The endpoint fails, or the budget is spent, before anything was answered. Later
            that only ends the asking, and what was proposed is returned.
        CancelledCallError: Somebody closed the client meanwhile.
        PromptError: The user's own prompt file is broken.
        ModelError: A file of the models that hear is missing or damaged.
    """
    proposing = _Proposing(
        guide=guide,
        other=other,
        client=client,
        library=library or PromptLibrary(),
        listener=listener or Listener(),
        pack=pack or every_topic(),
        note_to=note,
    )
    return proposing.all_of(gaps, tell)


@dataclass(slots=True, kw_only=True)
class _Proposing:
    """Goes through the items."""

    guide: Guide
    other: Guide | None
    client: Asks
    library: PromptLibrary
    listener: Listener
    pack: Pack
    note_to: Callable[[Told], None]
    _tally: Tally = field(default_factory=Tally)
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _model: str = ""

    def all_of(self, gaps: Sequence[Gap], tell: Callable[[str], None]) -> list[Proposal]:
        found: list[Proposal] = []
        items = [list(some) for _place, some in groupby(gaps, lambda g: (g.item, g.language))]
        for number, some in enumerate(items, 1):
            place = shown(some[0].item) or self.guide.id
            tell(_("{number} of {count}: {place}", number=number, count=len(items), place=place))
            try:
                for proposal in self._of(some):
                    made = replace(proposal, origin=f"model:{self._model}")
                    found.append(made)
                    kind = next(gap.kind for gap in some if gap.place == made.edit.place)
                    self._note(Made(kind, made))
                    if isinstance(made.edit.value, str):
                        texts = self._texts.setdefault(some[0].language, [])
                        texts.append(made.edit.value)
            except CancelledCallError:
                raise
            except LlmError as error:
                if not self._model:
                    raise
                self._note(Stopped(error))
                tell(f"{error.message} {error.remedy}".strip())
                break
        for line in self._summary():
            tell(line)
        return found

    def _of(self, gaps: Sequence[Gap]) -> Iterator[Proposal]:
        language = gaps[0].language
        guide = self._in(language)
        checks = TextChecks(language, self.pack, self.listener.guide_embedder)
        hearing = Hearing(guide, self.listener)
        translating = Translating(self.guide, checks, hearing, self._note)

        def ask(prompt: str, inputs: AnyInputs) -> Any:
            return self._ask(gaps[0], prompt, inputs)

        translated = [gap for gap in gaps if translating.is_for(gap)]
        if translated:
            yield from translating.proposals(translated, ask)
        rest = [g for g in gaps if g not in translated and g.kind is not GapKind.TRANSLATION]
        if rest:
            earlier = tuple(self._texts.get(language, ()))
            item = Item(rest, guide, checks, hearing, Doubter(guide), self._note, earlier)
            yield from item.proposals(ask)

    def _ask(self, gap: Gap, prompt: str, inputs: AnyInputs) -> Any:
        """The answer; None where the model gave nothing usable for this item."""
        try:
            answered = answer(self.client, self.library, prompt, inputs)
        except (AnswerError, TooLongError) as error:
            self._note(Unanswered(gap.item, error))
            return None
        self._model = self._model or answered.model
        self._note(Answering(answered.model, answered.usage))
        return answered.output

    def _in(self, language: str) -> Guide:
        if language == self.guide.language:
            return self.guide
        if self.other is not None and self.other.language == language:
            return self.other
        return _without_sentences(self.guide, language)

    def _note(self, told: Told) -> None:
        self._tally.note(told)
        self.note_to(told)

    def _summary(self) -> Iterator[str]:
        unanswered = len(self._tally.unanswered)
        if unanswered:
            yield ngettext(
                "For {count} item the model gave nothing that can be used.",
                "For {count} items the model gave nothing that can be used.",
                unanswered,
            )
        for fault, count in self._tally.dropped_by_fault().items():
            yield ngettext(
                "{count} text left out: {reason}.",
                "{count} texts left out: {reason}.",
                count,
                reason=fault.reason,
            )


def _without_sentences(guide: Guide, language: str) -> Guide:
    """A guide whose overlay has nothing yet: what is heard in its own language counts no more."""
    silent = {"says": (), "not_says": NotSays()}
    asked = {**silent, "probes": ()}
    questions = tuple(
        question.model_copy(
            update={
                "phrasings": (),
                "points": tuple(point.model_copy(update=asked) for point in question.points),
            }
        )
        for question in guide.questions
    )
    return guide.model_copy(
        update={
            "language": language,
            "questions": questions,
            "competencies": tuple(c.model_copy(update=asked) for c in guide.competencies),
            "red_flags": tuple(flag.model_copy(update=silent) for flag in guide.red_flags),
        }
    )
