"""The seam of matching: a question's points and an answer's utterances in, findings out."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from copilot.events import FindingKind, FindingState, Utterance
from copilot.knowledge.guide import Guide, ShowsBy
from copilot.matching.absence import unmeasured_claim
from copilot.matching.cross_encoder import PassageReader, load_cross_encoder
from copilot.matching.elsewhere import Elsewhere, own_points
from copilot.matching.embedding import Embedder
from copilot.matching.explaining import Explanation, explanations
from copilot.matching.features import TargetSet
from copilot.matching.judge import Judge, load_judge
from copilot.matching.reading import (
    AnswerReading,
    EmbeddedUtterance,
    Finding,
    embed_utterance,
)
from copilot.matching.rules import SHIPPED_RULES, Rules
from copilot.matching.targets import embed_targets
from copilot.matching.verdicts import Heard, Verdicts

_KEPT_UTTERANCES = 64
#: How sure a flag is that shows by absence: rules have no probability, and these ask for much.
_BY_ABSENCE = 0.85

_Judged = list[tuple[Heard, Verdicts]]


__all__ = ["Finding", "Judged", "Matcher"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and what it rests on.

    Attributes:
        finding: What was found.
        says: Probability that the answer as a whole says it, 0 to 1.
        denies: Probability that it denies it.
    """

    finding: Finding
    says: float
    denies: float


class Matcher:
    """Matches answers against one guide; cheap to call again as an answer grows."""

    def __init__(
        self,
        guide: Guide,
        embedder: Embedder,
        *,
        guide_embedder: Embedder | None = None,
        judge: Judge | None = None,
        reader: PassageReader | None = None,
        rules: Rules = SHIPPED_RULES,
    ) -> None:
        """Prepare for ``guide``; its sentences are embedded when first needed.

        Args:
            guide: In the language of the answers.
            embedder: For what candidates say.
            guide_embedder: For the guide's own sentences; may cache. By default ``embedder``.
            judge: The weights; by default those that ship.
            reader: Looks at some passages more closely; by default the model that ships.
            rules: From probabilities to states.
        """
        self._guide = guide
        self._embedder = embedder
        self._guide_embedder = guide_embedder or embedder
        self._judge = judge or load_judge()
        self._reader = reader or load_cross_encoder()
        self._rules = rules
        self._target_sets: dict[str | None, TargetSet] = {}
        self._readings: dict[tuple[str, str | None], AnswerReading] = {}
        self._embedded: OrderedDict[tuple[str, str], EmbeddedUtterance] = OrderedDict()

    def prepare(self, question: str) -> None:
        """Embed what the guide says about ``question`` now rather than when it is answered.

        Raises:
            UsageError: The guide has no such question.
        """
        for which in self._listened_for(question):
            self._targets(which)

    def findings(
        self, question: str, answer: Sequence[Utterance], *, over: bool = False
    ) -> tuple[Finding, ...]:
        """What ``answer`` says about the question's points and the role's red flags.

        An answer that begins like the one of the last call is read on from there; any other is
        read anew.

        Args:
            question: The id of the question being answered.
            answer: The candidate's utterances under it, in order.
            over: Whether the answer has ended: only then can a flag show by what is absent.

        Returns:
            One finding a point, then one a flag, in the guide's order.

        Raises:
            UsageError: The guide has no such question.
        """
        found: list[Finding] = []
        for which in self._listened_for(question):
            some = self._read(question, which, answer).findings()
            found += self._by_absence(some, answer) if which is None and over else some
        return tuple(found)

    def each(
        self, question: str, answer: Sequence[Utterance], *, over: bool = False
    ) -> Iterator[Finding]:
        """What ``findings`` finds, each as soon as it is known: who shows it need not wait.

        What needs no closer look comes first, then what promises most; points before flags.

        Args:
            question: The id of the question being answered.
            answer: The candidate's utterances under it, in order.
            over: Whether the answer has ended.

        Raises:
            UsageError: The guide has no such question.
        """
        for which in self._listened_for(question):
            reading = self._read(question, which, answer)
            if which is None and over:
                yield from self._by_absence(reading.findings(), answer)
            else:
                yield from map(reading.finding, reading.order())

    def _listened_for(self, question: str) -> tuple[str | None, ...]:
        """The sets of targets of a question: its points, and None for the flags; where it has any.

        A guide may have neither: then there is nothing to hear.
        """
        points = (question,) if self._guide.points_for(question) else ()
        return (*points, None) if self._guide.red_flags else points

    def _by_absence(self, found: Sequence[Finding], answer: Sequence[Utterance]) -> list[Finding]:
        """The findings, and raised what shows by results claimed without a figure."""
        absent = {f.id for f in self._guide.red_flags if ShowsBy.ABSENCE in f.shows_by}
        silent = any(f.id in absent and f.state is not FindingState.RAISED for f in found)
        claim = unmeasured_claim(answer, self._guide.language) if silent else None
        if claim is None:
            return list(found)
        return [
            Finding(finding.kind, finding.id, FindingState.RAISED, _BY_ABSENCE, claim)
            if finding.id in absent and finding.state is not FindingState.RAISED
            else finding
            for finding in found
        ]

    def elsewhere(self, plan: Sequence[str]) -> Elsewhere:
        """Reads what is said under one question of ``plan`` for the points of the others."""
        points = own_points(self._guide, plan)
        return Elsewhere(points, self._targets, self._embed, self._judge, self._reader)

    def explain(self, question: str, answer: Sequence[Utterance]) -> list[Explanation]:
        """Why ``findings`` finds what it finds, in the same order; reads the answer anew.

        Raises:
            UsageError: The guide has no such question.
        """
        explained: list[Explanation] = []
        for which in self._listened_for(question):
            judged: _Judged = []

            def note(heard: Heard, verdicts: Verdicts, judged: _Judged = judged) -> None:
                judged.append((heard, verdicts))

            reading = self._reading(which, note)
            for utterance in answer:
                reading.hear(utterance, self._embed(utterance))
            explained += explanations(reading, judged)
        return explained

    def judged(
        self, question: str, answer: Sequence[Utterance], *, over: bool = False
    ) -> list[Judged]:
        """What ``findings`` finds, with the probabilities it rests on; reads the answer anew.

        Whatever the rules, the probabilities are the same: other rules can be tried on them.

        Raises:
            UsageError: The guide has no such question.
        """
        judged: list[Judged] = []
        for which in self._listened_for(question):
            reading = self._reading(which)
            for utterance in answer:
                reading.hear(utterance, self._embed(utterance))
            found: Sequence[Finding] = reading.findings()
            if which is None and over:
                found = self._by_absence(found, answer)
            judged += [
                Judged(finding, *reading.probabilities(index))
                for index, finding in enumerate(found)
            ]
        return judged

    def _targets(self, question: str | None) -> TargetSet:
        known = self._target_sets.get(question)
        if known is None:
            if question is None:
                kind, items = FindingKind.FLAG, self._guide.red_flags
                targets = embed_targets(kind, items, self._guide_embedder)
            else:
                points = self._guide.points_for(question)
                targets = embed_targets(FindingKind.POINT, points, self._guide_embedder)
            known = TargetSet(targets, self._judge.space, self._guide.language)
            self._target_sets[question] = known
        return known

    def _reading(
        self, which: str | None, note: Callable[[Heard, Verdicts], None] | None = None
    ) -> AnswerReading:
        return AnswerReading(self._targets(which), self._judge, self._reader, note, self._rules)

    def _read(self, question: str, which: str | None, answer: Sequence[Utterance]) -> AnswerReading:
        keys = [(utterance.id, utterance.text) for utterance in answer]
        reading = self._readings.get((question, which))
        if reading is None or keys[: len(reading.heard)] != reading.heard:
            reading = self._reading(which)
            self._readings[question, which] = reading
        for utterance in answer[len(reading.heard) :]:
            reading.hear(utterance, self._embed(utterance))
        return reading

    def _embed(self, utterance: Utterance) -> EmbeddedUtterance:
        key = (utterance.id, utterance.text)
        known = self._embedded.get(key)
        if known is None:
            known = self._embedded[key] = embed_utterance(utterance, self._embedder)
            while len(self._embedded) > _KEPT_UTTERANCES:
                self._embedded.popitem(last=False)
        return known
