"""How often the checks of a recap are right, and what becomes of what models write.

    python -m benchmarks.recap [SESSION] [--no-model]
    python -m benchmarks.recap last --url http://127.0.0.1:11434/v1 --model qwen3:8b

The pairs of ``copilot/lab/suites/data/recap_pairs.jsonl`` go through the checks. Then the recap of
a stored session, such as the demo's, is written: by a server that plays sentences whose worth is
known, and in both languages by SmolLM2-135M in llama.cpp, the model the tests use, which proves the
wire and no judgement. ``--url`` asks another endpoint instead.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.measuring import progress, this_machine
from benchmarks.recap_endpoints import model, player
from benchmarks.reporting import Report, Table, arguments, show
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import Pack, joined
from copilot.lab.folders import shipped_suites
from copilot.llm.breaker import Breaker
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.profile import Profile
from copilot.llm.prompt_file import read_prompt
from copilot.matching.embedding import E5Embedder
from copilot.paths import shipped_prompts
from copilot.review.reading import read_reviewed
from copilot.review.recap.answers import to_recap
from copilot.review.recap.checking import Proposed, SentenceChecks, Spoken
from copilot.review.recap.writing import RecapWriter
from copilot.review.reviewed import Reviewed
from copilot.store import SessionStore

METHOD = """
Pairs: each is a sentence, the utterances it says it rests on, and whether it is right, written by
hand for this purpose. Those marked known were at hand while the rules were made and mended; those
marked unseen were written afterwards; a rule changed since changed none of their figures. Most of
the wrong ones differ from a right one in a single thing, and there are more of them than any model
writes. Precision: of the sentences let through, how many are right. Recall: of those that are
right, how many are let through.

Played: each sentence of the session is retold in the third person by exchanging words, which is
right but for its grammar, and told a second time with one thing wrong. Models: their sentences as
they come; nobody has judged them, the figures say what the checks did.
"""
PAIRS = shipped_suites() / "data" / "recap_pairs.jsonl"
PAIR_COLUMNS = ("pairs", "right", "kept", "wrong", "left out", "precision", "recall")
RUN_COLUMNS = ("run", "proposed", "kept", "left out", "by check")
PLAYED_COLUMNS = ("sentences played", "n", "kept", "left out")


@dataclass(frozen=True, slots=True)
class PairRow:
    """What the checks made of some pairs.

    Attributes:
        what: Which pairs.
        right: How many sentences are right.
        kept: How many of those passed.
        wrong: How many are wrong.
        left_out: How many of those did not pass.
    """

    what: str
    right: int
    kept: int
    wrong: int
    left_out: int

    def cells(self) -> Sequence[str]:
        """As ``PAIR_COLUMNS``."""
        passed = self.kept + self.wrong - self.left_out
        precision = f"{self.kept / passed:.0%}" if passed and self.right else "—"
        recall = f"{self.kept / self.right:.0%}" if self.right else "—"
        counts = (self.right, self.kept, self.wrong, self.left_out)
        return self.what, *map(str, counts), precision, recall


@dataclass(frozen=True, slots=True)
class RunRow:
    """What became of a model's sentences.

    Attributes:
        what: The model and the recap's language.
        proposed: How many it wrote.
        kept: How many passed.
        dropped: How many each check left out.
    """

    what: str
    proposed: int
    kept: int
    dropped: dict[str, int]

    def cells(self) -> Sequence[str]:
        """As ``RUN_COLUMNS``."""
        told = ", ".join(f"{check} {count}" for check, count in self.dropped.items())
        return self.what, str(self.proposed), str(self.kept), str(sum(self.dropped.values())), told


@dataclass(frozen=True, slots=True)
class PlayedRow:
    """Sentences that were wrong in one way.

    Attributes:
        what: What is wrong with them.
        count: How many.
        kept: How many passed.
    """

    what: str
    count: int
    kept: int

    def cells(self) -> Sequence[str]:
        """As ``PLAYED_COLUMNS``."""
        return self.what, str(self.count), str(self.kept), str(self.count - self.kept)


def pairs(pack: Pack, embedder: E5Embedder) -> list[PairRow]:
    """The pairs through the checks, by half, by language and by what is wrong."""
    checks = {language: SentenceChecks(language, pack, embedder) for language in ("en", "fr")}
    found: dict[str, list[tuple[bool, bool]]] = {}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        spoken = Spoken(
            {f"u{at}": said for at, said in enumerate(pair["said"], 1)}, pair["said_language"]
        )
        proposed = Proposed(pair["sentence"], tuple(spoken.texts))
        passed = checks[pair["language"]].failed(proposed, spoken) is None
        across = pair["said_language"] != pair["language"]
        where = "said in the other language" if across else f"in {pair['language']}"
        names = [f"all, {pair['set']}", where]
        names += [] if pair["kind"] == "ok" else [f"wrong: {pair['kind']}"]
        for name in names:
            found.setdefault(name, []).append((pair["kind"] == "ok", passed))
    return [_row(name, found[name]) for name in sorted(found)]


def _row(name: str, outcomes: Sequence[tuple[bool, bool]]) -> PairRow:
    right = [passed for is_right, passed in outcomes if is_right]
    wrong = [passed for is_right, passed in outcomes if not is_right]
    return PairRow(name, len(right), sum(right), len(wrong), len(wrong) - sum(wrong))


def written(
    state: Reviewed, chosen: Profile, language: str, pack: Pack, embedder: E5Embedder
) -> tuple[RunRow, frozenset[str]]:
    """Have the recap of a session written; what became of the sentences, and those kept."""
    name = "recap.md" if language == "en" else f"recap.{language}.md"
    checks = SentenceChecks(language, pack, embedder)
    breaker = Breaker(failures=1000)  # a foolish model is asked to the end
    with LlmClient(chosen, Budget.of(chosen), breaker=breaker) as client:
        prompt = read_prompt(shipped_prompts() / name)
        writer = RecapWriter(state, client, prompt, checks, pack=pack)
        writer.write(to_recap(state, None, ()))
        values = writer.values()
    kept = frozenset(each.text for part in values["parts"] for each in part.sentences)
    dropped = {each.check: each.count for each in values["dropped"]}
    unread = len(values["unread"])
    what = f"{chosen.model}, {language}" + (f" ({unread} unread)" if unread else "")
    count = sum(len(part.sentences) for part in values["parts"])
    return RunRow(what, values["proposed"], count, dropped), kept


def _played(worth: dict[str, str], kept: frozenset[str]) -> Iterator[PlayedRow]:
    for wrong in dict.fromkeys(worth.values()):
        mine = [text for text, what in worth.items() if what == wrong]
        what = wrong or "right, but for grammar"
        yield PlayedRow(what, len(mine), sum(text in kept for text in mine))


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = arguments(__doc__)
    parser.add_argument("session", nargs="?", default="last", help="whose recap (default last)")
    parser.add_argument("--no-model", action="store_true", help="the pairs and the player alone")
    parser.add_argument("--url", help="another endpoint than llama.cpp with SmolLM2")
    parser.add_argument("--model", help="what that endpoint calls its model")
    parser.add_argument("--key", help="where its key is: env:NAME or keyring")
    options = parser.parse_args()
    machine, pack, embedder = this_machine(), joined(every_pack()), E5Embedder()
    state = read_reviewed(SessionStore().find(options.session))
    spoken = state.interview.started.language if state.interview.started else "en"
    progress("the pairs")
    tables = [Table("Pairs made by hand", PAIR_COLUMNS, pairs(pack, embedder))]
    with player() as (server, chosen):
        progress("the player")
        run, kept = written(state, chosen, spoken, pack, embedder)
        tables.append(Table("Played", PLAYED_COLUMNS, list(_played(server.worth, kept))))
    runs = [run]
    if not options.no_model:
        with model(options) as chosen:
            for language in ("en", "fr"):
                progress(f"{chosen.model}, {language}")
                runs.append(written(state, chosen, language, pack, embedder)[0])
    tables.append(Table("Runs", RUN_COLUMNS, runs))
    show(Report("recap", METHOD, machine, tables), options)


if __name__ == "__main__":
    main()
