"""Fit the recogniser of planned questions and write ``copilot/matching/recognition.npz``.

    python -m training.fit_recognition [--report]

Learned from the interviewer's side of the dialogues in ``data/turns`` and from the shipped guides:
each question's phrasings, held out in turn, are asked at some place in some plan; the probes, and
the talk of ``interviewer_talk.yaml``, ask nothing. ``--report`` writes nothing and says how many
turns are right in dialogues, and for questions, that were held out of the fit.
"""

import argparse
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide, roles
from copilot.matching.asked import QuestionReader
from copilot.matching.cross_encoder import CrossEncoder, PassageReader
from copilot.matching.embedding import E5Embedder, Embedder, Vectors
from copilot.matching.features import Array
from copilot.matching.plain import without_fillers
from copilot.matching.question_space import (
    QuestionSpace,
    embed_questions,
    probes_of,
    shared_words,
)
from copilot.matching.recognition import (
    ASKED_AT,
    FEATURES,
    RETURNED_AT,
    Course,
    Turn,
    closer_look,
    probabilities,
    situation,
    turn_of,
)
from copilot.matching.shipped import ShippedVectors
from copilot.paths import shipped_knowledge
from training.dialogues import Dialogue, Key, Spoken, is_read, read_dialogues
from training.remembering import Embeds, RememberingEmbedder, RememberingReader

ROLES = tuple(roles([shipped_knowledge()]))
HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "matching" / "recognition.npz"

_FOLDS = 4  # of phrasings
_PARTS = 7  # of dialogues, and of questions, for the report
# What turns count that are not of an ordinary interview: a dialogue written to be hard has too many
# returns and asides, and of made-up situations there are many times as many.
_HARD, _MADE_UP = 0.25, 0.03
_PENALTY = 0.3
_STEPS = 30
# How much of the average variance is added to every direction before questions are set apart.
_SHRINKAGE = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """One turn in its situation.

    Attributes:
        rows: As ``situation`` gives them.
        right: Places in the plan that are right; -1 for staying.
        weight: How much it counts.
        question: Which question it asks or follows, None for talk.
        dialogue: Id of its dialogue; empty if made up.
    """

    rows: Array
    right: frozenset[int]
    weight: float
    question: str | None
    dialogue: str


class Ground:
    """The shipped guides, embedded, and all that is made from them."""

    def __init__(
        self, embedder: Embedder, reader: PassageReader, talk: Mapping[str, Sequence[str]]
    ) -> None:
        self.guides = {(role, lang): load_guide(role, lang) for role in ROLES for lang in LANGUAGES}
        self.talk = talk
        self.embedder = ShippedVectors(embedder)
        self.remembered = RememberingEmbedder(self.embedder)
        self.questions = {k: embed_questions(g, self.embedder) for k, g in self.guides.items()}
        self.readers = {
            key: QuestionReader(guide, self.questions[key], reader)
            for key, guide in self.guides.items()
        }

    def apart(self, without: Collection[str] = ()) -> Array:
        """The map to the space that sets questions apart, learned ``without`` some of them.

        Directions along which the phrasings of one and the same question differ count less.
        """
        spread, count = np.zeros((384, 384)), 0
        for key, guide in self.guides.items():
            for question, vectors in zip(guide.questions, self.questions[key], strict=True):
                if question.id not in without:
                    rows = vectors.phrasings - vectors.phrasings.mean(axis=0)
                    spread += rows.T @ rows
                    count += len(rows) - 1
        spread /= count
        values, directions = np.linalg.eigh(
            spread + _SHRINKAGE * np.trace(spread) / len(spread) * np.eye(len(spread))
        )
        return np.asarray((directions * values**-0.5) @ directions.T, np.float32)

    def silent(self, key: Key) -> tuple[list[str], Vectors]:
        """What asks nothing: talk and probes, and their vectors."""
        talk, probes = list(self.talk[key[1]]), list(probes_of(self.guides[key]))
        vectors = [self.remembered.embed(talk), self.embedder.embed(probes)]
        return talk + probes, np.concatenate(vectors)

    def spaces(self, apart: Array) -> dict[Key, QuestionSpace]:
        """One a guide."""
        return {
            key: QuestionSpace(self.questions[key], self.silent(key)[1], apart)
            for key in self.guides
        }


def both_plans(dialogue: Dialogue, guide: Guide) -> Iterator[Dialogue]:
    """A dialogue with what is asked in it planned, and with all questions of its guide."""
    ids = [question.id for question in guide.questions]
    asked = {turn.question for turn in dialogue.turns if turn.question}
    few = tuple(question for question in dialogue.planned if question in asked)
    yield replace(dialogue, planned=few)
    if len(few) < len(ids):
        yield replace(dialogue, planned=tuple(ids))


def in_dialogue(
    dialogue: Dialogue,
    ground: Ground,
    spaces: Mapping[Key, QuestionSpace],
    coefficients: Array | None = None,
) -> Iterator[tuple[Spoken, Example, bool]]:
    """Each turn, as an example, and whether the right question is current after it.

    Args:
        dialogue: The dialogue.
        ground: The guides.
        spaces: One a guide.
        coefficients: Those that decide which question is current; by default the truth does.
    """
    guide, space = ground.guides[dialogue.key], spaces[dialogue.key]
    ids = [question.id for question in guide.questions]
    course, true = Course(), None
    common = shared_words(guide)
    for spoken in dialogue.turns:
        turn = _turn(spoken.text, ground.remembered, space, common)
        where = ids, dialogue.planned, course, turn
        rows = situation(*where, closer_look(*where, ground.readers[dialogue.key]))
        asks = spoken.kind in ("planned", "return")
        true = spoken.question or true
        right = {dialogue.planned.index(true)} if asks and true else {-1}
        if not asks and course.current in dialogue.planned:
            right.add(dialogue.planned.index(course.current))
        weight = 1.0 if dialogue.ordinary else _HARD
        example = Example(rows, frozenset(right), weight, spoken.question, dialogue.id)
        if coefficients is None:
            course.move(true if asks else None)
        else:
            course.move(decide(rows, dialogue.planned, course, coefficients))
        course.keep(turn)
        yield spoken, example, course.current == true


def decide(rows: Array, plan: Sequence[str], course: Course, coefficients: Array) -> str | None:
    """The question that is taken as asked, as ``QuestionRecogniser`` decides it."""
    likely = probabilities(rows, coefficients)
    winner = int(np.argmax(likely))
    wanted = RETURNED_AT if plan[winner] in course.asked else ASKED_AT
    return plan[winner] if likely[winner] >= wanted else None


def _turn(text: str, embedder: Embeds, space: QuestionSpace, common: frozenset[str]) -> Turn:
    said = without_fillers(text)
    return turn_of(said, embedder.embed([said])[0], space, common)


def made_up(ground: Ground, apart: Array) -> Iterator[Example]:
    """Held-out phrasings, probes and talk, each at some place in some plan."""
    rng = np.random.default_rng(0)
    for key, guide in ground.guides.items():
        silent, silent_vectors = ground.silent(key)
        follows, reader = probes_of(guide), ground.readers[key]
        common = shared_words(guide)
        for fold in range(_FOLDS):
            held = [np.arange(len(q.phrasings)) % _FOLDS == fold for q in ground.questions[key]]
            quiet = np.arange(len(silent)) % _FOLDS == fold
            kept = [
                replace(question, phrasings=question.phrasings[~out])
                for question, out in zip(ground.questions[key], held, strict=True)
            ]
            space = QuestionSpace(kept, silent_vectors[~quiet], apart)
            for question, out in zip(guide.questions, held, strict=True):
                texts = (question.text, *question.phrasings)
                for place in np.flatnonzero(out):
                    turn = _turn(texts[place], ground.remembered, space, common)
                    if not is_read(texts[place]):
                        yield _placed(guide, turn, question.id, (), reader=reader, rng=rng)
            for place in np.flatnonzero(quiet):
                turn = _turn(silent[place], ground.remembered, space, common)
                about = sorted(follows.get(silent[place], ()))
                if not is_read(silent[place]):
                    yield _placed(guide, turn, None, about, reader=reader, rng=rng)


def _placed(
    guide: Guide,
    turn: Turn,
    asked: str | None,
    follows: Sequence[str],
    *,
    reader: QuestionReader,
    rng: np.random.Generator,
) -> Example:
    ids = [question.id for question in guide.questions]
    length = min(len(ids), int(rng.integers(4, 9)) if rng.random() < 0.7 else len(ids))
    plan = [ids[place] for place in rng.permutation(len(ids))[:length]]
    about = asked or (follows[int(rng.integers(len(follows)))] if follows else None)
    others = [question for question in plan if question != about][: length - bool(about)]
    before = others[: int(rng.integers(len(others) + 1))]
    plan = list(others)
    if about:
        # Most interviewers follow their plan.
        expected = asked and rng.random() < 0.6
        plan.insert(len(before) if expected else int(rng.integers(len(plan) + 1)), about)
    course = Course()
    for question in (*before, *([about] if about and not asked else [])):
        course.move(question)
    right = {plan.index(asked) if asked else -1}
    if not asked and course.current:
        right.add(plan.index(course.current))
    where = ids, plan, course, turn
    rows = situation(*where, closer_look(*where, reader))
    return Example(rows, frozenset(right), _MADE_UP, about, "")


def fit(found: Sequence[Example]) -> Array:
    """Coefficients of the conditional logistic model, the bias last; shape (features + 1,)."""
    every = np.concatenate([example.rows for example in found]).astype(np.float64)
    middle, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    longest = max(len(example.rows) for example in found) + 1
    # The last alternative that is there is staying, whose score is 0.
    rows = np.zeros((len(found), longest, len(middle) + 1))
    there, right = np.full((2, len(found), longest), -1e9)
    for index, example in enumerate(found):
        count = len(example.rows)
        rows[index, :count, :-1] = (example.rows - middle) / scale
        rows[index, :count, -1] = 1.0
        there[index, : count + 1] = 0.0
        right[index, [count if place < 0 else place for place in example.right]] = 0.0
    weights = np.array([example.weight for example in found])

    best = np.zeros(len(middle) + 1)
    for _ in range(_STEPS):
        # Newton's method, on the bound that takes which right alternative is meant as settled.
        likely = _shares(rows @ best + there)
        rightly = _shares(rows @ best + right)
        mean = np.einsum("nk,nkf->nf", likely, rows)
        slope = np.einsum("n,nk,nkf->f", weights, likely - rightly, rows) + _PENALTY * best
        bend = np.einsum("nk,nkf,nkg->fg", weights[:, None] * likely, rows, rows, optimize=True)
        bend += _PENALTY * np.eye(len(best)) - (weights[:, None] * mean).T @ mean
        best -= np.linalg.solve(bend, slope)
    learned = best[:-1] / scale
    return np.append(learned, best[-1] - middle @ learned).astype(np.float32)


def _shares(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def report(ground: Ground, dialogues: Sequence[Dialogue], invented: Sequence[Example]) -> None:
    """Print the share of turns that are right, in dialogues and for questions not fitted.

    "In itself" takes the course of the interview before the turn as it should have been; "on its
    own" as the recogniser made it, so that one miss may cost several turns.
    """
    shares: dict[tuple[str, str, str], list[bool]] = defaultdict(list)

    def count(title: str, dialogue: Dialogue, spoken: Spoken, right: bool) -> None:
        for kind in (spoken.kind, "all"):
            shares[title, dialogue.language, kind].append(right)

    names = sorted({dialogue.id for dialogue in dialogues})
    spaces = ground.spaces(ground.apart())
    for part in range(_PARTS):
        held = set(names[part::_PARTS])
        fitted = [d for d in dialogues if d.id not in held]
        learned = fit([*_examples(fitted, ground, spaces), *invented])
        for dialogue in (d for d in dialogues if d.id in held):
            for spoken, right in _in_itself(dialogue, ground, spaces, learned):
                count("dialogue, in itself", dialogue, spoken, right)
            for spoken, _, right in in_dialogue(dialogue, ground, spaces, learned):
                count("dialogue, on its own", dialogue, spoken, right)
    questions = sorted({question for dialogue in dialogues for question in dialogue.planned})
    for part in range(_PARTS):
        out = set(questions[part::_PARTS])
        spaces = ground.spaces(ground.apart(out))
        known = [*_examples(dialogues, ground, spaces), *invented]
        learned = fit([example for example in known if example.question not in out])
        for dialogue in dialogues:
            for spoken, right in _in_itself(dialogue, ground, spaces, learned):
                if spoken.question in out:
                    count("question, in itself", dialogue, spoken, right)
    for (title, language, kind), rights in sorted(shares.items()):
        print(f"held-out {title}: {language} {kind} {np.mean(rights):.1%} of {len(rights)}")


def _examples(
    dialogues: Sequence[Dialogue], ground: Ground, spaces: Mapping[Key, QuestionSpace]
) -> list[Example]:
    return [e for d in dialogues for _, e, _ in in_dialogue(d, ground, spaces)]


def _in_itself(
    dialogue: Dialogue, ground: Ground, spaces: Mapping[Key, QuestionSpace], learned: Array
) -> Iterator[tuple[Spoken, bool]]:
    course = Course()
    for spoken, example, _ in in_dialogue(dialogue, ground, spaces):
        decided = decide(example.rows, dialogue.planned, course, learned)
        place = dialogue.planned.index(decided) if decided else -1
        yield spoken, place in example.right
        course.move(spoken.question)


def main() -> None:
    """Fit, and write or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--reader", type=Path, help="folder of another cross-encoder")
    options = parser.parse_args()
    talk = yaml.safe_load((HERE / "interviewer_talk.yaml").read_text(encoding="utf-8"))
    reader = RememberingReader(CrossEncoder(options.reader, threads=2))
    ground = Ground(E5Embedder(threads=2), reader, talk)
    apart = ground.apart()
    dialogues = [
        one
        for dialogue in read_dialogues()
        if not is_read(dialogue.id)
        for one in both_plans(dialogue, ground.guides[dialogue.key])
    ]
    invented = list(made_up(ground, apart))
    if options.report:
        report(ground, dialogues, invented)
        return
    learned = fit([*_examples(dialogues, ground, ground.spaces(apart)), *invented])
    arrays: dict[str, Any] = {
        f"talk.{language}": ground.remembered.embed(talk[language]).astype(np.float16)
        for language in LANGUAGES
    }
    arrays |= {"apart": apart.astype(np.float16), "features": np.array(FEATURES)}
    np.savez_compressed(WEIGHTS, coefficients=learned, **arrays)
    named = zip((*FEATURES, "bias"), np.round(learned, 2).tolist(), strict=True)
    print(WEIGHTS, dict(named))


if __name__ == "__main__":
    main()
