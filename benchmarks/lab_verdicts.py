"""How often noise between two runs of the lab is called a difference, and a worse prompt caught.

python -m benchmarks.lab_verdicts [--rounds 20]
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import progress, this_machine
from benchmarks.reporting import Report, Table, arguments, show
from tests.cli.command import run
from tests.lab.comparing.an_interviewer import Interviewer, suite_of, worse_prompt
from tests.llm.scripted_server import playing

METHOD = """
Whole runs, as they are typed: `lab run --no-cache` twice, then `lab compare --fail-on-regression`.
24 follow-ups are asked of an endpoint on this machine that asks well or leads the candidate by
luck, with a share that hangs on whether its prompt asks for an open question; the live rules refuse
what leads. The luck of every pair of runs has a seed of its own.

Noise: both runs have the same prompt. "Differs" counts verdicts other than "no difference that is
more than noise"; "stops" counts exit code 1. Worse: the second run has the prompt without the line
that asks for an open question.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Pairs of runs of one kind.

    Attributes:
        kind: What is done, in words.
        questions: How many questions the cases are about.
        repeats: How often each case is put.
        good: How often the endpoint asks well with either prompt, 0 to 1.
        pairs: How many.
        differs: Of how many the verdict is that they differ.
        stops: How many leave with 1.
    """

    kind: str
    questions: int
    repeats: int
    good: tuple[float, float]
    pairs: int
    differs: int
    stops: int

    def cells(self) -> tuple[str, ...]:
        """As ``COLUMNS``."""
        good = " → ".join(f"{100 * each:.0f} %" for each in self.good)
        counted = (f"{each} of {self.pairs}" for each in (self.differs, self.stops))
        return (self.kind, str(self.questions), str(self.repeats), good, *counted)


COLUMNS = ("pair", "questions", "repeats", "asks well", "differs", "stops")
#: Questions, repeats, how often it asks well with the shipped prompt and with the worse one.
KINDS = (
    (8, 3, 0.7, 0.7),
    (8, 1, 0.7, 0.7),
    (4, 3, 0.7, 0.7),
    (4, 1, 0.5, 0.5),
    (8, 3, 0.9, 0.1),
    (8, 3, 0.9, 0.5),
    (4, 3, 0.9, 0.5),
    (4, 1, 0.9, 0.3),
)


@contextmanager
def own_folders() -> Iterator[Path]:
    """A data and a config folder of our own for a while."""
    names = ("INTERVIEW_COPILOT_DATA", "INTERVIEW_COPILOT_CONFIG")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        try:
            os.environ |= {name: str(Path(folder) / name.lower()) for name in names}
            yield Path(folder)
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def row(questions: int, repeats: int, good: float, then: float, rounds: int) -> Row:
    """So many pairs of one kind."""
    noise = good == then
    differs, stops = 0, 0
    for seed in range(rounds):
        endpoint = Interviewer(seed=seed, told=good, untold=then)
        with own_folders() as folder, playing(endpoint):
            added = run("llm", "add", "toy", "--url", endpoint.url, "--model", "toy")
            assert added.code == 0, added.err
            prompt = "follow_up" if noise else str(worse_prompt(folder / "worse"))
            for named in ("follow_up", prompt):
                suite = suite_of(
                    folder / "toy.yaml", prompt=named, questions=questions, repeat=repeats
                )
                done = run("lab", "run", suite, "--no-cache")
                assert done.code == 0, done.err
            compared = run("lab", "compare", "--json", "--fail-on-regression")
            differs += compared.lines[0]["verdict"]["word"] != "same"
            stops += compared.code == 1
    kind = "noise" if noise else "worse"
    return Row(kind, questions, repeats, (good, then), rounds, differs, stops)


def main() -> None:
    """Run all pairs and print what was made of them."""
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="pairs of runs a row")
    options = parser.parse_args()
    machine = this_machine()
    rows = []
    for kind in KINDS:
        progress(" · ".join(str(each) for each in kind))
        rows.append(row(*kind, options.rounds))
    show(Report("lab_verdicts", METHOD, machine, [Table("Pairs", COLUMNS, rows)]), options)


if __name__ == "__main__":
    main()
