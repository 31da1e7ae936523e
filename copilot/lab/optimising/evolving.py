"""The search itself: GEPA picks a parent, has it changed by its failures, and keeps what helps.

L. A. Agrawal and others, "GEPA: Reflective prompt evolution can outperform reinforcement learning"
(arXiv 2507.19457, 2025). The package does the search; what a prompt is, how it is judged, who
proposes and what is refused is decided here.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copilot.errors import ModelError
from copilot.lab.cases import Case
from copilot.lab.grid import PromptText
from copilot.lab.optimising.prompt_parts import Rules, as_prompt, parts_of
from copilot.lab.optimising.reflecting import Reflector
from copilot.lab.optimising.scoring import Scored, Scorer, mean, pass_rate
from copilot.lab.optimising.splits import Splits

#: Cases whose failures are shown for one proposal.
MINIBATCH = 4
#: So often in a row there may be no proposal at all.
_PATIENCE = 4
_ROUNDING = 1e-9


@dataclass(slots=True)
class Tried:
    """One prompt that was tried.

    Attributes:
        prompt: The file.
        parent: Hash of the one it was made of; empty for the start.
        refused: Why it was not put to any model; empty where it was.
        train: Mean score on the cases of the round it was proposed in; None before.
        parent_train: The parent's on the same cases; None for the start.
        dev: Mean score on the cases to choose by; None where it did not get so far.
        dev_passed: Share of those that pass.
    """

    prompt: PromptText
    parent: str = ""
    refused: str = ""
    train: float | None = None
    parent_train: float | None = None
    dev: float | None = None
    dev_passed: float | None = None


@dataclass(slots=True)
class Search:
    """What was tried so far; complete at any moment, so that what is broken off is not lost.

    Attributes:
        tried: By hash, in order; the start first.
        rounds: How many were begun.
        why_ended: Why no more was tried.
    """

    tried: dict[str, Tried] = field(default_factory=dict)
    rounds: int = 0
    why_ended: str = ""

    @property
    def start(self) -> Tried:
        """Where it began."""
        return next(iter(self.tried.values()))

    @property
    def best(self) -> Tried:
        """The best by the cases to choose by; the earlier of equals."""
        known = [each for each in self.tried.values() if each.dev is not None]
        return max(known, key=lambda each: each.dev or 0.0) if known else self.start

    @property
    def is_better(self) -> bool:
        """Whether there is a better one than the start."""
        return (self.best.dev or 0.0) > (self.start.dev or 0.0) + _ROUNDING


def evolve(
    start: PromptText,
    splits: Splits,
    scorer: Scorer,
    reflector: Reflector,
    *,
    rounds: int,
    seed: int,
    search: Search,
    may_go_on: Callable[[], str],
    on_step: Callable[[Search], None],
) -> None:
    """Search for a better prompt.

    Args:
        start: Where to begin.
        splits: Cases to learn from and to choose by.
        scorer: Judges prompts.
        reflector: Proposes them.
        rounds: Most proposals.
        seed: Of all that is drawn.
        search: What was tried; filled as it goes on.
        may_go_on: Why no further round may begin; empty where one may.
        on_step: Told before every round.

    Raises:
        ModelError: The package is not installed.
        PromptError: The start has errors.
        CopilotError: The budget is used up, or cases cannot be put at all.
    """
    try:
        gepa = importlib.import_module("gepa")
    except ModuleNotFoundError as error:
        raise ModelError(
            "the package gepa is not installed.",
            "Install the extra: pip install 'interview-copilot[optimise]'",
        ) from error
    search.tried[start.sha256] = Tried(start)
    adapter = _Adapter(gepa, start, splits, scorer, reflector, search)

    def stop(state: Any) -> bool:
        search.rounds = max(0, state.i + 1)
        on_step(search)
        if search.rounds >= rounds:
            search.why_ended = f"{rounds} rounds are over"
        elif (search.best.dev or 0.0) >= 1 - _ROUNDING:
            search.why_ended = "all cases to choose by pass"
        elif reflector.failed >= _PATIENCE:
            search.why_ended = f"nothing is proposed any more. {reflector.trouble}"
        else:
            search.why_ended = may_go_on()
        return bool(search.why_ended)

    gepa.optimize(
        seed_candidate=parts_of(start.text),
        trainset=list(splits.train),
        valset=list(splits.dev),
        adapter=adapter,
        reflection_minibatch_size=min(MINIBATCH, len(splits.train)),
        stop_callbacks=stop,
        logger=_Silent(),
        track_best_outputs=False,
        seed=seed,
    )


class _Silent:
    """Logs nothing: its lines would hold prompts and what was said."""

    def log(self, message: str) -> None:
        """Let it be."""


@dataclass
class _Adapter:
    """Between the package's search and the lab; the package calls it by these names."""

    gepa: Any
    start: PromptText
    splits: Splits
    scorer: Scorer
    reflector: Reflector
    search: Search
    _refused: list[str] = field(default_factory=list)
    _parent: tuple[str, float] = ("", 0.0)

    def __post_init__(self) -> None:
        self._rules = Rules(self.start, self.splits.seen)
        self._dev = frozenset(case.id for case in self.splits.dev)

    def evaluate(
        self,
        batch: list[Case],
        candidate: dict[str, str],
        capture_traces: bool = False,
    ) -> Any:
        """Score a candidate; one that is refused gets nothing, and nobody is asked."""
        self.splits.guard(batch)
        prompt = self._prompt(candidate)
        tried = self.search.tried.get(prompt.sha256)
        if tried is None:
            parent, score = self._parent
            tried = Tried(prompt, parent, self._rules.broken_by(prompt), parent_train=score)
            self.search.tried[prompt.sha256] = tried
        if tried.refused:
            if tried.refused not in self._refused:
                self._refused.append(tried.refused)
            return self._batch([None] * len(batch), [0.0] * len(batch), traced=capture_traces)
        scored = self.scorer.of(prompt, batch)
        if self._dev.issuperset(case.id for case in batch):
            tried.dev, tried.dev_passed = mean(scored), pass_rate(scored)
        else:
            tried.train = mean(scored) if tried.train is None else tried.train
            self._note(tried, scored)
        return self._batch(scored, [each.score for each in scored], traced=capture_traces)

    def make_reflective_dataset(
        self,
        candidate: dict[str, str],
        eval_batch: Any,
        components_to_update: list[str],
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """What is shown to whoever proposes."""
        prompt = self._prompt(candidate)
        self._parent = prompt.sha256, mean(eval_batch.trajectories)
        rows = [{"scored": each} for each in eval_batch.trajectories]
        return dict.fromkeys(components_to_update, rows)

    def propose_new_texts(
        self,
        candidate: dict[str, str],
        reflective_dataset: Mapping[str, Sequence[Mapping[str, Any]]],
        components_to_update: list[str],
    ) -> dict[str, str]:
        """New texts of some parts; none where nothing usable was proposed."""
        found: dict[str, str] = {}
        for part in components_to_update:
            seen = [row["scored"] for row in reflective_dataset[part]]
            text = self.reflector.propose(part, candidate, seen, self._refused)
            if text.strip() and text.strip("\n") != candidate[part]:
                found[part] = text.strip("\n")
        return found

    def _prompt(self, candidate: Mapping[str, str]) -> PromptText:
        if dict(candidate) == parts_of(self.start.text):
            return self.start
        return as_prompt(self.start, candidate)

    def _note(self, tried: Tried, scored: Sequence[Scored]) -> None:
        """A proposal that is no better than what it was made of is told of the next time."""
        before = tried.parent_train
        if before is not None and tried.dev is None and mean(scored) <= before:
            told = f"one that scored {mean(scored):.2f} where the prompt before it had {before:.2f}"
            self._refused.append(told)

    def _batch(self, outputs: Sequence[Any], scores: list[float], *, traced: bool) -> Any:
        return self.gepa.EvaluationBatch(
            outputs=list(outputs), scores=scores, trajectories=list(outputs) if traced else None
        )
