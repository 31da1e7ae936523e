"""Examples of interviewers' turns for the cross-encoder: which question asks, or follows up, what.

They come from the guides' own phrasings and probes, from ``interviewer_talk.yaml`` and from the
dialogues in ``data/turns``; three in ten phrasings and dialogues are kept for the recogniser.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml

from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide, roles
from copilot.matching.asked import question_text
from copilot.matching.cross_encoder import Pair
from copilot.matching.plain import without_fillers
from copilot.matching.question_space import probes_of
from copilot.paths import shipped_knowledge
from training.dialogues import Dialogue, Key, is_read
from training.pairs import NEAR, NOTHING, SAYS, Example
from training.remembering import RememberingEmbedder

TALK = Path(__file__).parent / "interviewer_talk.yaml"
_LIKEST = 2  # other questions that a turn is read with
_PROBES = 3  # of ten
_QUIET = 3  # guides that a line of talk is read with


class TurnPairMaker:
    """Makes examples; the same seed makes the same ones."""

    def __init__(self, embedder: RememberingEmbedder, seed: int) -> None:
        """``embedder`` finds the phrasing that is most like a turn."""
        self._embedder = embedder
        self._random = random.Random(seed)
        self._guides: dict[Key, Guide] = {
            (role, language): load_guide(role, language)
            for role in roles([shipped_knowledge()])
            for language in LANGUAGES
        }
        self._embedder.embed(
            [
                text
                for guide in self._guides.values()
                for question in guide.questions
                for text in (question.text, *question.phrasings)
            ]
        )

    def all(self, dialogues: Iterable[Dialogue]) -> Iterator[Example]:
        """Of the guides, of talk, and of those dialogues that are to be read."""
        talk = yaml.safe_load(TALK.read_text(encoding="utf-8"))
        for (_, language), guide in self._guides.items():
            yield from self._of_guide(guide)
            for line in talk[language]:
                if self._random.random() < _QUIET / len(self._guides):
                    yield from self._example(line, guide, {}, None)
        for dialogue in dialogues:
            if is_read(dialogue.id):
                yield from self._of_dialogue(dialogue)

    def _of_guide(self, guide: Guide) -> Iterator[Example]:
        for question in guide.questions:
            for phrasing in question.phrasings:
                if is_read(phrasing):
                    yield from self._example(phrasing, guide, {question.id: SAYS}, None)
        for probe, questions in probes_of(guide).items():
            if is_read(probe) and self._random.random() < _PROBES / 10:
                about = self._random.choice(sorted(questions))
                spare = {question: None for question in questions if question != about}
                yield from self._example(probe, guide, {about: NEAR, **spare}, None)

    def _of_dialogue(self, dialogue: Dialogue) -> Iterator[Example]:
        guide, current = self._guides[dialogue.key], None
        for turn in dialogue.turns:
            labels: dict[str, int | None] = {}
            if turn.question is not None and turn.kind != "chat":
                labels[turn.question] = NEAR if turn.kind == "follow-up" else SAYS
            yield from self._example(
                without_fillers(turn.text), guide, labels, current, dialogue.planned
            )
            current = turn.question or current

    def _example(
        self,
        text: str,
        guide: Guide,
        labels: dict[str, int | None],
        current: str | None,
        plan: Sequence[str] = (),
    ) -> Iterator[Example]:
        """A turn with the questions it has to do with, the likest others, and the current one.

        Args:
            text: The turn.
            guide: Whose questions they are.
            labels: By question; None where nothing is known.
            current: The question being answered.
            plan: Ids of the questions that compete; all where empty.
        """
        questions = [one for one in guide.questions if not plan or one.id in plan]
        [vector] = self._embedder.embed([text])
        alike = {}
        nearest = {}
        for question in questions:
            known = [one for one in (question.text, *question.phrasings) if one != text]
            likeness = self._embedder.embed(known) @ vector
            nearest[question.id] = known[int(likeness.argmax())]
            alike[question.id] = float(np.max(likeness))
        others = sorted((q for q in alike if q not in labels), key=lambda q: -alike[q])
        chosen = {**labels, **dict.fromkeys(others[:_LIKEST], NOTHING)}
        if current in alike and current not in chosen:
            chosen[str(current)] = NOTHING
        for question in questions:
            label = chosen.get(question.id)
            if label is not None:
                target = question_text(question.label, question.text)
                yield Example(Pair(text, target, nearest[question.id]), label)
