"""Speed, memory and quality of ``replay`` on the demo interview.

    python -m benchmarks.replay

Runs the command in a process of its own and compares what it prints with what the interview's
script says (``copilot/demo/interview.json``). Needs the extra ``benchmarks``.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Kept light at the top: the command's peak memory is never below this process's own at its start.
from benchmarks.measuring import ROOT, Spent, progress, this_machine
from benchmarks.reporting import FIGURE_COLUMNS, Figure, Report, Row, Table, arguments, show
from benchmarks.truth import Interview, Label, Turn, read_interview
from copilot.paths import demo_folder

#: An utterance may begin this long before its turn in the script, in seconds.
_NEAR_S = 0.5

METHOD = """
`replay interview.ogg --role director-it-operations --json --speed max` in a fresh process: wall
time, processor time and the largest resident size are those the system counted for it (wait4), from
start to exit. The models for matching are loaded before the first event, the speech model after it.

WER: the utterances of a channel in a row against its turns in a row, after Whisper's English
normaliser; the interval is bootstrapped by turn.

Findings are those of the closing summary event. A quote overlaps when half of the shorter of the
two, quote found and sentence labelled, is shared in time. Near misses and what is never mentioned
are listed in the script as traps. A question counts as recognised when that happened in the turn
that asks it.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command.

    Attributes:
        lines: What it printed, one JSON object a line.
        first_line_s: Seconds from its start to its first event.
        spent: What it took.
        peak_bytes: Its largest resident size.
    """

    lines: list[dict[str, Any]]
    first_line_s: float
    spent: Spent
    peak_bytes: int

    @property
    def summary(self) -> dict[str, Any]:
        """The closing event."""
        return self.lines[-1]


def run_command(arguments: Sequence[str]) -> Run:
    """Run ``interview-copilot`` with ``arguments`` in a process of its own.

    Raises:
        subprocess.CalledProcessError: It failed; what it said went to stderr.
    """
    began = time.perf_counter()
    command = [sys.executable, "-m", "copilot", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        first_line_s = time.perf_counter() - began
        rest = process.stdout.read()
        # Not RUSAGE_CHILDREN: that is the most of all processes ever waited for.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(
        lines=[json.loads(line) for line in (first + rest).splitlines()],
        first_line_s=first_line_s,
        spent=Spent(wall_s, usage.ru_utime + usage.ru_stime),
        peak_bytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


def cost_rows(run: Run, duration_s: float) -> list[Row]:
    """What the run took."""
    spent = run.spent
    return [
        Figure("recording", duration_s, "s", 1),
        Figure("wall time", spent.wall_s, "s", 1),
        Figure("  of which before the first event", run.first_line_s, "s", 1),
        Figure("real-time factor, all included", spent.wall_s / duration_s, "wall s a second", 3),
        Figure("  after the first event", (spent.wall_s - run.first_line_s) / duration_s, "", 3),
        Figure("processor time", spent.processor_s / duration_s, "CPU s a second", 3),
        Figure("peak memory", run.peak_bytes / 1e6, "MB resident", 0),
    ]


def word_rows(run: Run, truth: Interview) -> list[Row]:
    """Word error rate of each channel."""
    from benchmarks.word_errors import ErrorRow, word_errors  # noqa: PLC0415 - see the imports

    heard = sorted(
        (line["utterance"] for line in run.lines if line["type"] == "utterance_heard"),
        key=lambda utterance: float(utterance["start_s"]),
    )
    found: list[Row] = []
    for channel in truth.channels:
        said = [turn.text for turn in truth.turns if turn.speaker == channel]
        text = " ".join(u["text"] for u in heard if u["channel"] == channel)
        found.append(ErrorRow.of(channel, word_errors(said, text, truth.language)))
    return found


def finding_rows(run: Run, truth: Interview) -> list[Row]:
    """Which labels came out, and what came out that is not labelled."""
    shown = list(_shown(run.summary))
    labels = [label for turn in truth.turns for label in turn.labels]
    rows: list[Row] = []
    for state in ("evidenced", "denied", "raised"):
        wanted = [label for label in labels if label.state == state]
        found = [label for label in wanted if any(item.is_of(label) for item in shown)]
        overlapping = [
            label for label in found if any(i.is_of(label) and i.overlaps(label) for i in shown)
        ]
        targets = {(label.question, label.target) for label in wanted}
        beyond = [
            item
            for item in shown
            if item.state == state and (item.question, item.target) not in targets
        ]
        rows += [
            Figure(f"{state}, found", len(found), f"of {len(wanted)}", 0),
            Figure("  with a quote that overlaps", len(overlapping), f"of {len(found)}", 0),
            Figure("  beyond the labels", len(beyond), ", ".join(i.target for i in beyond), 0),
        ]
    traps = [item for item in shown if (item.question, item.target) in truth.traps]
    trapped = [item for item in traps if item.state in ("evidenced", "denied")]
    return [
        *rows,
        Figure(
            "traps taken for evidence or denial",
            len(trapped),
            f"of {len(truth.traps)} {', '.join(item.target for item in trapped)}".rstrip(),
            0,
        ),
        Figure("unclear at the end", sum(i.state == "unclear" for i in shown), "points", 0),
    ]


def missed(run: Run, truth: Interview) -> list[str]:
    """What is labelled and did not come out, each with the state it has instead."""
    states = {(item.question, item.target): item for item in _shown(run.summary)}
    found: list[str] = []
    for label in (label for turn in truth.turns for label in turn.labels):
        item = states.get((label.question, label.target))
        state = "not raised" if item is None else item.state
        if state != label.state:
            found.append(f"{label.question}/{label.target} ({label.state}, shown as {state})")
    return found


def course_rows(run: Run, truth: Interview) -> list[Row]:
    """Questions recognised and suggestions made."""
    asked = [line for line in run.lines if line["type"] == "question_asked"]
    planned = [turn for turn in truth.turns if turn.kind == "planned"]
    right = sum(any(_asks(line, turn) for line in asked) for turn in planned)
    suggestions = run.summary["suggestions"]
    fates = Counter(str(suggestion["fate"]) for suggestion in suggestions)
    kinds = Counter(str(suggestion["kind"]) for suggestion in suggestions)
    return [
        Figure("questions recognised", right, f"of {len(planned)}", 0),
        Figure("  beyond those asked", len(asked) - right, "", 0),
        Figure("suggestions", len(suggestions), _counted(kinds), 0),
        Figure("  their fates", len(fates), _counted(fates), 0),
        Figure("findings refused", run.summary["findings_refused"], "", 0),
        Figure("utterances", run.summary["utterances"], "", 0),
        Figure("  uncertain", run.summary["uncertain_utterances"], "", 0),
    ]


def _asks(event: dict[str, Any], turn: Turn) -> bool:
    """Whether a question was recognised in the turn that asks it."""
    in_turn = turn.start_s - _NEAR_S <= event["since_s"] <= turn.end_s
    return bool(in_turn and event["question"] == turn.question)


@dataclass(frozen=True, slots=True)
class Shown:
    """A point or flag as the summary shows it; times in seconds, one pair an evidence."""

    question: str
    target: str
    state: str
    times: tuple[tuple[float, float], ...]

    def is_of(self, label: Label) -> bool:
        """Whether it is the finding ``label`` asks for, wherever it was quoted."""
        wanted = (label.question, label.target, label.state)
        return (self.question, self.target, self.state) == wanted

    def overlaps(self, label: Label) -> bool:
        """Whether a quote of it shares half of the shorter one's time with the label."""
        for start_s, end_s in self.times:
            shared = min(end_s, label.end_s) - max(start_s, label.start_s)
            if shared >= 0.5 * min(end_s - start_s, label.end_s - label.start_s):
                return True
        return False


def _shown(summary: dict[str, Any]) -> Iterator[Shown]:
    for question in summary["questions"]:
        for point in question["points"]:
            yield Shown(question["id"], point["id"], point["state"], _times(point))
    for flag in summary["flags"]:
        yield Shown(flag["question"], flag["id"], "raised", _times(flag))


def _times(finding: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    return tuple((quote["start_s"], quote["end_s"]) for quote in finding["evidence"])


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--model", default="base", help="speech model (default base)")
    options = parser.parse_args()
    recording = demo_folder() / "interview.ogg"
    truth = read_interview(Path(recording).with_suffix(".json"))
    machine = this_machine()
    progress(f"replaying {truth.duration_s:.0f} s")
    command = ["replay", str(recording), "--role", truth.role, "--json", "--speed", "max"]
    run = run_command([*command, "--model", options.model])
    from benchmarks.word_errors import ERROR_COLUMNS  # noqa: PLC0415 - see the imports

    tables = [
        Table("Cost", FIGURE_COLUMNS, cost_rows(run, truth.duration_s)),
        Table("Words", ERROR_COLUMNS, word_rows(run, truth)),
        Table("Findings", FIGURE_COLUMNS, finding_rows(run, truth)),
        Table("Course", FIGURE_COLUMNS, course_rows(run, truth)),
    ]
    notes = [f"Not found: {', '.join(missed(run, truth)) or 'nothing'}."]
    show(Report("replay", METHOD, machine, tables, notes), options)


if __name__ == "__main__":
    main()
