"""Text in real time: this pipeline beside two other ways with the same model, in one run.

    python -m benchmarks.streaming [FOLDER …] [--pace real] [--repeat 15]

Each FOLDER holds recordings as ``benchmarks.transcription`` takes them (default: ``tests/data``);
the demo interview, with both channels, is heard before. Needs the extra ``benchmarks``.
"""

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measuring import ROOT, progress, this_machine
from benchmarks.reporting import FIGURE_COLUMNS, Report, Table, arguments, show
from benchmarks.streaming_run import PACES, SYSTEMS, WHOLE, Outcome, Setting, Sounds, hear
from benchmarks.truth import read_interview
from copilot.events import Channel
from copilot.paths import demo_folder
from copilot.speech.models import DEFAULT_MODEL

METHOD = """
All have the same model files, int8. interview-copilot: its voice activity, endpoints, streaming
policy and transcriber, put together as a session does; each worker has one thread.
faster-whisper on segments: the same voice activity and endpoints; final texts by
WhisperModel.transcribe on each stretch, beam 5, with word times, all else by its defaults; partials
by the same on the open stretch, beam 1, temperature 0, without context and word times, for every
0.5 s of new voice as here. Finals go first, and a partial is made of the newest sound, so none is
stale.

Local agreement: the policy of Macháček, Dabre and Bojar, "Turning Whisper into Real-Time
Transcription System" (2023), as in ufal/whisper_streaming but written from the paper: one instance
a channel; every second of new sound the whole buffer is decoded again, beam 5, word times, the last
200 characters before it as prompt; what two decodes in a row begin with is committed; above 15 s
the buffer is cut at the last committed end of a sentence or segment. In its favour, voice activity
opens and closes the buffer, and the rest is decoded when the voice stops. What it has not committed
is shown as tentative, which it does not do by itself.

The two others share one worker with as many threads as this pipeline has workers. Every system runs
in a process of its own; they take turns on each recording. Virtual pace: sound comes in blocks of
32 ms on a clock that is counted, and a piece of work keeps its worker as long as it took on the
wall just then, alone; voice activity takes no time on that clock, but counts as processor time.
Processor pace: the same, but work takes its processor time, divided by its threads,
which is kind to those with several and does not depend on what else the machine does. Free pace:
work takes no time, so every partial and chunk that is due is made, however slow the machine; only
there does processor time compare the same cadence, because who falls behind makes fewer. Real pace:
threads, on the wall's clock.

WER: substituted, deleted and inserted words over all words said, after Whisper's normalisers, with
95% intervals bootstrapped by turn or clip. Difference: to faster-whisper with the same model on the
whole file, each channel by itself, beam 5, the same pieces drawn for both.

Final: from where voice activity ends a stretch of speech to its final text; for local agreement to
when its last word was committed. Word: from a word's end in the final text to when it first stood
in its place, tentative, committed or final. Flicker: of all words that appeared, a replaced one
counted anew, the share that was later replaced or taken away; case and punctuation do not count.
Committed changed: committed words that were not the same at every later moment, letter by letter.

CPU: processor time of all threads, voice activity and reading the file included, loading of models
not. Peak memory is that of the process so far, models included, so it can only rise from material
to material. Load is the mean number of running processes in the minute before each recording was
done; where it is above that of the system's own threads, times on the wall are longer than they
need be.
"""

#: After the last turn that is heard, in seconds.
_AFTER_TURN_S = 0.2

Materials = Mapping[tuple[str, str], list[Sounds]]


def demo(seconds: float | None, repeat: int) -> Sounds:
    """The demo interview, or its turns that end within ``seconds``."""
    truth = read_interview(demo_folder() / "interview.json")
    turns = [turn for turn in truth.turns if seconds is None or turn.end_s <= seconds]
    return Sounds(
        demo_folder() / "interview.ogg",
        truth.language,
        {c: tuple(turn.text for turn in turns if turn.speaker == c) for c in Channel},
        None if seconds is None else max(t.end_s for t in turns) + _AFTER_TURN_S,
        repeat,
    )


def clips(folder: Path, seconds: float | None, repeat: int) -> Iterator[Sounds]:
    """The recordings of a folder; of each language as many as begin within ``seconds``."""
    from benchmarks.transcription import find_clips  # noqa: PLC0415 - see main

    so_far: dict[str, float] = {}
    for clip in find_clips(folder):
        before = so_far.get(clip.language, 0.0)
        so_far[clip.language] = before + clip.duration_s
        if seconds is None or before < seconds:
            said = {Channel.CANDIDATE: clip.references}
            yield Sounds(clip.path, clip.language, said, None, repeat)


def materials(options: argparse.Namespace) -> Materials:
    """All that is to be heard, by where it comes from and its language."""
    found: dict[tuple[str, str], list[Sounds]] = {}
    if options.demo != "without":
        interview = demo(options.seconds, options.repeat)
        found["demo", interview.language] = [interview]
    for folder in options.folders if options.demo != "only" else ():
        for sounds in clips(folder, options.seconds, options.repeat):
            found.setdefault((folder.name, sounds.language), []).append(sounds)
    return found


def hear_in_turns(
    recordings: Sequence[Sounds], pools: Mapping[str, ProcessPoolExecutor], setting: Setting
) -> dict[str, list[tuple[Sounds, Outcome]]]:
    """Let every system hear every recording, one after the other."""
    outcomes: dict[str, list[tuple[Sounds, Outcome]]] = {system: [] for system in pools}
    for sounds in recordings:
        for system, pool in pools.items():
            progress(f"{sounds.path.name}: {system}")
            outcome = pool.submit(hear, system, sounds, setting).result()
            outcomes[system].append((sounds, outcome))
    return outcomes


def tables(heard_by: Materials, systems: Sequence[str], setting: Setting) -> list[Table]:
    """Measure, and put the figures into tables."""
    from benchmarks import streaming_tables as made  # noqa: PLC0415 - see main

    groups = []
    with ExitStack() as stack:
        pools = {
            system: stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
            for system in systems
        }
        for (material, _), recordings in heard_by.items():
            outcomes = hear_in_turns(recordings, pools, setting)
            groups.append(
                {name: made.heard(material, name, each) for name, each in outcomes.items()}
            )
    title = f"Whisper {setting.model}, {setting.pace} pace"
    return [
        Table(title, made.COLUMNS, [row for group in groups for row in made.rows(group)]),
        Table("Work", made.JOB_COLUMNS, [row for group in groups for row in made.job_rows(group)]),
        Table(
            "Growth over sessions of two minutes and more",
            made.QUARTER_COLUMNS,
            [row for group in groups for row in made.quarter_rows(group)],
        ),
        Table("Beside them", FIGURE_COLUMNS, [row for g in groups for row in made.ratios(g)]),
    ]


def main() -> None:
    """Measure and print."""
    # Children import this module as well. What only the tables need is imported where they are
    # made, so that it does not count as the systems' memory; numpy's threads are as in the app.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = _parser()
    options = parser.parse_args()
    heard_by = materials(options)
    if not heard_by:
        parser.error("there is nothing to hear; name a folder with en-….ogg and en-….txt")
    machine = this_machine()
    setting = Setting(options.model, options.pace, options.workers)
    found = tables(heard_by, [WHOLE, *options.systems], setting)
    show(Report("streaming", METHOD, machine, [table for table in found if table.rows]), options)


def _parser() -> argparse.ArgumentParser:
    parser = arguments(__doc__)
    data = [ROOT / "tests" / "data"]
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=data)
    parser.add_argument("--demo", choices=("with", "only", "without"), default="with")
    parser.add_argument("--pace", choices=PACES, default=PACES[0])
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--workers", type=int, default=2, help="of this pipeline (default 2)")
    parser.add_argument("--seconds", type=float, help="hear only so much of each material")
    parser.add_argument("--repeat", type=int, default=1, help="hear each recording so often")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS, help="only these")
    return parser


if __name__ == "__main__":
    main()
