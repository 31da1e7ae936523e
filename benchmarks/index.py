"""The index over all sessions: how long it takes to make, to bring up to date, to list and search.

python -m benchmarks.index --sessions 100 1000 10000
"""

import contextlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.index_sessions import FLAG, RARE, SHARED, write_sessions
from benchmarks.measuring import ROOT, Spread, progress, spread, this_machine, timed
from benchmarks.reporting import Report, Table, arguments, number, show
from copilot.cli.main import main as command
from copilot.review.indexing import content_of
from copilot.store import SessionStore
from copilot.store.index import Filters, Query, Speaker, forget, index_path, list_sessions, search

METHOD = """
Sessions: made by a seeded generator, sixty utterances each with the times of their words, sixteen
findings, a plan; the sentences are those of the demo interview and of the shipped guides, put
together by chance, and every session has a word that no other has. They start over three years.

Made: `sessions index --rebuild` in a process of its own, start included; memory is that process's
peak. Everything else runs in this process after one round to warm up: the files are in the
system's cache. Every search first looks whether anything changed, as the command does.

The processor's time is given as well, because other work on the machine changes it less.

The list is `sessions list` with its output thrown away. Commands add the start of Python and of
the program, about 0.3 s here.
"""


@dataclass(frozen=True, slots=True)
class Made:
    """The index made from nothing.

    Attributes:
        sessions: How many there are.
        took_s: Seconds.
        processor_s: Seconds of processor time.
        ms_each: Milliseconds of processor time a session.
        journals_mb: Size of the journals.
        index_mb: Size of the index.
        memory_mb: Peak memory of the process.
    """

    sessions: int
    took_s: float
    processor_s: float
    ms_each: float
    journals_mb: float
    index_mb: float
    memory_mb: float

    def cells(self) -> Sequence[str]:
        """As ``MADE_COLUMNS``."""
        return (
            str(self.sessions),
            number(self.took_s, 1),
            number(self.processor_s, 1),
            number(self.ms_each, 2),
            number(self.journals_mb, 1),
            number(self.index_mb, 1),
            number(self.memory_mb, 0),
        )


MADE_COLUMNS = (
    "sessions",
    "s",
    "processor s",
    "ms each",
    "journals MB",
    "index MB",
    "peak memory MB",
)


@dataclass(frozen=True, slots=True)
class Asking:
    """Something asked of the index.

    Attributes:
        what: What is asked.
        wall_ms: Milliseconds until the answer.
        processor_ms: Milliseconds of processor time, which other work on the machine changes less.
        budget_ms: What is allowed, where something is.
    """

    what: str
    wall_ms: Spread
    processor_ms: Spread
    budget_ms: float | None = None

    def cells(self) -> Sequence[str]:
        """As ``ASKING_COLUMNS``."""
        wall, processor = self.wall_ms, self.processor_ms
        figures = (wall.p50, wall.p95, processor.p50, processor.p95)
        return (
            self.what,
            str(wall.count),
            *(number(figure, 0) for figure in figures),
            number(self.budget_ms, 0),
        )


ASKING_COLUMNS = ("", "n", "p50 ms", "p95 ms", "processor p50", "processor p95", "budget")

_SPRING = Filters("operations-manager", date(2025, 3, 1), date(2025, 5, 31))
_SEARCHES = {
    "a word no other session has": Query((RARE.format(7),)),
    "a word in most sessions": Query((SHARED,)),
    "the most common word": Query(("the",)),
    "two words": Query(("backups", "Friday")),
    "a phrase": Query(("one to one",)),
    "beginning of a word": Query(("migrat*",)),
    "words in different lines": Query(("cashiers", RARE.format(7))),
    "the, of one role and spring": Query(("the",), _SPRING),
    "the, under one question": Query(("the",), question="metrics"),
    "the, where a flag was raised": Query(("the",), flag=FLAG),
    "the, by the interviewer": Query(("the",), speaker=Speaker.INTERVIEWER),
    "nothing there": Query(("zzyzx",)),
}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=20, help="times each search is repeated")
    options = parser.parse_args()
    machine = this_machine()
    made: list[Made] = []
    tables: list[Table] = []
    for count in options.sessions:
        with _data_folder() as data:
            progress(f"writing {count} sessions")
            journals = write_sessions(SessionStore(), count)
            progress(f"making the index of {count}")
            made.append(_made(data, count, journals))
            progress(f"asking the index of {count}")
            title = f"{count} sessions"
            tables.append(Table(title, ASKING_COLUMNS, _asked(options.rounds)))
    report = Report(
        "index", METHOD, machine, [Table("The index from nothing", MADE_COLUMNS, made), *tables]
    )
    show(report, options)


@contextlib.contextmanager
def _data_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        os.environ["INTERVIEW_COPILOT_DATA"] = name
        yield Path(name)


def _made(data: Path, count: int, journals: int) -> Made:
    began = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "copilot", "sessions", "index", "--rebuild", "--json"],
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _process, status, used = os.wait4(process, 0)
    took_s = time.perf_counter() - began
    processor_s = used.ru_utime + used.ru_stime
    if status:
        raise RuntimeError(f"sessions index failed with {status}")
    return Made(
        count,
        took_s,
        processor_s,
        1000 * processor_s / count,
        journals / 1e6,
        index_path(data).stat().st_size / 1e6,
        used.ru_maxrss / 1000,
    )


def _asked(rounds: int) -> list[Asking]:
    store = SessionStore()

    def listed() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            command(["sessions", "list"])

    def refreshed() -> None:
        changed = next(store.root.iterdir()) / "journal.jsonl"
        os.utime(changed)
        search(Query((RARE.format(7),)), content_of, store=store)

    rows = [
        _asking("list: from the index", rounds, lambda: list_sessions(store), 200),
        _asking("list: all of the command but its start", rounds, listed, 200),
        _asking("search: with one session to read again", rounds, refreshed),
    ]
    for what, query in _SEARCHES.items():
        rows.append(
            _asking(
                f"search: {what}",
                rounds,
                lambda query=query: search(query, content_of, store=store),  # type: ignore[misc]
                300,
            )
        )
    _nothing, spent = timed(forget, next(store.root.iterdir()).name)
    took = spread([1000 * spent.wall_s]), spread([1000 * spent.processor_s])
    return [*rows, Asking("forget a session for good", *took)]


def _asking(
    what: str, rounds: int, work: Callable[[], object], budget_ms: float | None = None
) -> Asking:
    work()
    spent = [timed(work)[1] for _round in range(rounds)]
    return Asking(
        what,
        spread([1000 * each.wall_s for each in spent]),
        spread([1000 * each.processor_s for each in spent]),
        budget_ms,
    )


if __name__ == "__main__":
    main()
