"""Reading one answer as it grows: each utterance is measured once, when it arrives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from copilot.events import Evidence, FindingKind, FindingState, Utterance
from copilot.matching.cross_encoder import LogProbabilities, PassageReader
from copilot.matching.embedding import DIMENSIONS, Embedder, Vectors, pooled
from copilot.matching.features import Array, TargetSet
from copilot.matching.judge import DENIES, SAYS, Judge, state_of
from copilot.matching.passages import Passage, passages, units
from copilot.matching.plain import without_fillers
from copilot.matching.rules import SHIPPED_RULES, Rules
from copilot.matching.targets import Target
from copilot.matching.verdicts import (
    WORTH_READING,
    Heard,
    Look,
    Reading,
    Verdicts,
    quick_look,
    verdicts_of,
    weighed,
)

#: Units kept for passages that begin before the newest utterance.
_CONTEXT_UNITS = 2
#: No passage runs across a silence this long, in seconds: a question may have been asked in it,
#: and an answer to one question must not be read into the answer to another.
_TURN_GAP_S = 2.0
#: A point that is evidenced, by a passage at least this sure, is read only for what may deny it.
_SETTLED = 0.4
#: What stands falls so far below its threshold before doubt is shown.
_NEARLY = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer says about one point or flag.

    Attributes:
        kind: Point or flag.
        id: Its id in the guide.
        state: One of the states of its kind.
        confidence: How sure the state is, 0 to 1.
        evidence: The quote, for states that assert something; for unclear ones the doubtful one.
    """

    kind: FindingKind
    id: str
    state: FindingState
    confidence: float
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Best:
    """The passage that made a case best.

    Attributes:
        probability: How likely the passage makes it, 0 to 1.
        evidence: The passage, verbatim, or None while there is none.
        uncertain: Whether the passage rests on doubtful text alone.
    """

    probability: float = 0.0
    evidence: Evidence | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """The passages that say a target, or deny it, best.

    Attributes:
        best: Of all.
        clear: Of those that rest on more than doubtful text.
    """

    best: Best = Best()
    clear: Best = Best()

    def heard(self, found: Best) -> "_Case":
        """The case after one more passage."""
        best = found if found.probability > self.best.probability else self.best
        if found.uncertain or found.probability <= self.clear.probability:
            return _Case(best, self.clear)
        return _Case(best, found)


@dataclass(slots=True)
class _Unit:
    """A unit of the answer's newest text."""

    utterance: Utterance
    start: int
    end: int
    vector: Vectors

    @property
    def text(self) -> str:
        return self.utterance.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A passage that has still to be read with its target.

    Attributes:
        look: The quick look that found it.
        reading: What to read.
        evidence: The passage, verbatim.
        uncertain: Whether it rests on doubtful text alone.
    """

    look: Look
    reading: Reading
    evidence: Evidence
    uncertain: bool


@dataclass(slots=True)
class AnswerReading:
    """What the passages of one answer have shown so far of one set of targets."""

    targets: TargetSet
    judge: Judge
    reader: PassageReader
    on_judged: Callable[[Heard, Verdicts], None] | None = None
    rules: Rules = SHIPPED_RULES
    heard: list[tuple[str, str]] = field(default_factory=list)
    _spoken: bool = False
    _says: list[_Case] = field(default_factory=list)
    _denies: list[_Case] = field(default_factory=list)
    _units: list[_Unit] = field(default_factory=list)
    _waiting: dict[int, list[_Waiting]] = field(default_factory=dict)
    _said: dict[str, Finding] = field(default_factory=dict)
    _states: dict[int, FindingState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._says = [_Case() for _ in self.targets.targets]
        self._denies = [_Case() for _ in self.targets.targets]

    def hear(self, utterance: Utterance, embedded: "EmbeddedUtterance") -> None:
        """Take the answer's next utterance in; ``read`` is for what needs a closer look."""
        self.heard.append((utterance.id, utterance.text))
        self._spoken |= utterance.spoken
        if self._units and utterance.start_s - self._units[-1].utterance.end_s > _TURN_GAP_S:
            self._units.clear()
        before = len(self._units)
        self._units += [
            _Unit(utterance, start, end, vector)
            for (start, end), vector in zip(embedded.spans, embedded.vectors, strict=True)
        ]
        text, spans = _joined(self._units)
        found = passages(text, spans, first_new=before)
        if found:
            self._look(text, found)
        del self._units[:-_CONTEXT_UNITS]

    def order(self) -> list[int]:
        """The targets by index: first those with nothing to read, then the most promising ones."""

        def promise(index: int) -> float:
            return max(map(_promise, self._waiting.get(index, ())), default=np.inf)

        return sorted(range(len(self.targets.targets)), key=promise, reverse=True)

    def finding(self, index: int) -> Finding:
        """What the answer says of the target at ``index`` by now; reads what waits for it.

        What stands with a quote keeps standing while it is nearly as likely as it had to be, so
        that marks do not flicker. Where what was said since speaks against it, the doubt is shown.
        """
        self._read(self._waiting.pop(index, []))
        target = self.targets.targets[index]
        finding = self._finding(target, self._says[index], self._denies[index])
        if finding.state in (FindingState.EVIDENCED, FindingState.RAISED):
            self._said[target.id] = finding
        elif finding.state is not FindingState.DENIED and target.id in self._said:
            if self.probabilities(index)[0] >= self.rules.of(target.kind).says - _NEARLY:
                finding = self._said[target.id]
            else:
                del self._said[target.id]
        self._states[index] = finding.state
        return finding

    def findings(self) -> list[Finding]:
        """What the answer says of each target by now, in their order."""
        return [self.finding(index) for index in range(len(self.targets.targets))]

    def probabilities(self, index: int) -> tuple[float, float]:
        """How likely the answer so far says the target at ``index``, and denies it."""
        _, says, denies = self.judge.judge_answer(
            self.targets.kind,
            self.targets.language,
            self._says[index].best.probability,
            self._denies[index].best.probability,
            spoken=self._spoken,
        )
        return float(says), float(denies)

    def _finding(self, target: Target, says: _Case, denies: _Case) -> Finding:
        finding, doubtful = self._weighed(target, says.best, denies.best)
        if not doubtful:
            return finding
        # It rests on doubtful text alone: what was said clearly decides, or else it is unclear.
        clear, _ = self._weighed(target, says.clear, denies.clear)
        asserts = clear.state not in (FindingState.NOT_HEARD, FindingState.NOT_RAISED)
        return clear if asserts else replace(finding, state=FindingState.UNCLEAR)

    def _weighed(self, target: Target, says: Best, denies: Best) -> tuple[Finding, bool]:
        """What the passages show, and whether that rests on doubtful text alone."""
        probabilities = self.judge.judge_answer(
            target.kind,
            self.targets.language,
            says.probability,
            denies.probability,
            spoken=self._spoken,
        )
        state, confidence = state_of(target.kind, probabilities, self.rules)
        if state in (FindingState.NOT_HEARD, FindingState.NOT_RAISED):
            return Finding(target.kind, target.id, state, confidence), False
        best = denies if state is FindingState.DENIED else says
        doubtful = best.uncertain or best.evidence is None
        return Finding(target.kind, target.id, state, confidence, best.evidence), doubtful

    def _look(self, text: str, found: list[Passage]) -> None:
        vectors = np.stack([self._pooled(passage) for passage in found])
        texts = [without_fillers(text[passage.start : passage.end]) for passage in found]
        heard = Heard(found, vectors, texts)
        look = quick_look(self.judge, self.targets, heard)
        if look.readings is None:
            for target, row in enumerate(look.quick):
                for passage, verdict in zip(found, row, strict=True):
                    self._note(target, verdict, *self._evidence(passage))
            return
        waiting = [
            _Waiting(look, reading, *self._evidence(found[reading.passage]))
            for reading in look.readings
        ]
        if self.on_judged is not None:
            self.on_judged(heard, verdicts_of(self.judge, self.targets, look, self._read(waiting)))
            return
        for one in waiting:
            if not self._is_settled(one):
                self._waiting.setdefault(one.reading.target, []).append(one)

    def _is_settled(self, one: _Waiting) -> bool:
        """Whether what the passage promises would change nothing that stands."""
        index = one.reading.target
        match self._states.get(index):
            case FindingState.RAISED:
                return True
            case FindingState.EVIDENCED:
                denies = one.look.quick[index, one.reading.passage, DENIES]
                sure = self._says[index].clear.probability
                return bool(denies < WORTH_READING and sure >= _SETTLED)
            case _:
                return False

    def _read(self, waiting: Sequence[_Waiting]) -> LogProbabilities:
        """Read passages with their targets, and note what they do to them."""
        read = self.reader.read([one.reading.pair for one in waiting])
        for one, row in zip(waiting, read, strict=True):
            [verdict] = weighed(self.judge, self.targets, one.look, [one.reading], row[None])
            self._note(one.reading.target, verdict, one.evidence, one.uncertain)
        return read

    def _note(self, target: int, verdict: Array, evidence: Evidence, uncertain: bool) -> None:
        for cases, which in ((self._says, SAYS), (self._denies, DENIES)):
            cases[target] = cases[target].heard(Best(float(verdict[which]), evidence, uncertain))

    def _pooled(self, passage: Passage) -> Vectors:
        parts = self._units[passage.first : passage.last + 1]
        return pooled([part.vector for part in parts], [part.text for part in parts])

    def _evidence(self, passage: Passage) -> tuple[Evidence, bool]:
        """A passage verbatim, and whether it rests on doubtful text alone."""
        parts = self._units[passage.first : passage.last + 1]
        evidence = quote([(part.utterance, part.start, part.end) for part in parts])
        return evidence, all(part.utterance.uncertain for part in parts)


def _promise(waiting: _Waiting) -> float:
    quick = waiting.look.quick[waiting.reading.target, waiting.reading.passage]
    return float(quick[[SAYS, DENIES]].max())


@dataclass(frozen=True, slots=True)
class EmbeddedUtterance:
    """An utterance cut into units, with their vectors; made once, used for every target set."""

    spans: list[tuple[int, int]]
    vectors: Vectors


def embed_utterance(utterance: Utterance, embedder: Embedder) -> EmbeddedUtterance:
    """Cut and embed one utterance: the only expensive step of matching."""
    spans = units(utterance.text)
    if not spans:
        return EmbeddedUtterance([], np.zeros((0, DIMENSIONS), np.float32))
    texts = [without_fillers(utterance.text[start:end]) for start, end in spans]
    return EmbeddedUtterance(spans, embedder.embed(texts))


def _joined(parts: Sequence[_Unit]) -> tuple[str, list[tuple[int, int]]]:
    """The units' texts in a row, and where each stands."""
    text = ""
    spans: list[tuple[int, int]] = []
    for part in parts:
        if text:
            text += " "
        spans.append((len(text), len(text) + len(part.text)))
        text += part.text
    return text, spans


def quote(parts: Sequence[tuple[Utterance, int, int]]) -> Evidence:
    """Evidence that runs from the first part to the last, verbatim.

    Args:
        parts: Utterance, first and last character of each part, in order.
    """
    first, start, _ = parts[0]
    last, _, end = parts[-1]
    utterances = list({utterance.id: utterance for utterance, _, _ in parts}.values())
    if len(utterances) == 1:
        text = first.text[start:end]
    else:
        middle = [utterance.text for utterance in utterances[1:-1]]
        text = " ".join([first.text[start:], *middle, last.text[:end]])
    return Evidence(
        utterance_ids=tuple(utterance.id for utterance in utterances),
        quote=text,
        start_s=_time_at(first, start, begin=True),
        end_s=_time_at(last, end, begin=False),
    )


def _time_at(utterance: Utterance, offset: int, *, begin: bool) -> float:
    """Session time of the character at ``offset``, from the words; else by proportion."""
    if not utterance.words:
        share = offset / max(1, len(utterance.text))
        return utterance.start_s + share * (utterance.end_s - utterance.start_s)
    position = 0
    for word in utterance.words:
        word_end = position + len(word.text)
        if offset < word_end or (not begin and offset <= word_end):
            return word.start_s if begin else word.end_s
        position = word_end + 1
    return utterance.words[-1].end_s
