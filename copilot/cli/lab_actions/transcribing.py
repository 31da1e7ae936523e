"""``lab transcribe``: stored sessions heard again by another speech model."""

import argparse
import sys
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from copilot.cli import options as shared
from copilot.cli.json_output import print_json
from copilot.cli.opening import ID_HELP
from copilot.errors import ExitCode, UsageError
from copilot.knowledge.loading import check_language
from copilot.lab.executing.cluster import Cluster, check_address
from copilot.lab.transcribing import Heard, Unit, heard_here, heard_there
from copilot.lab.transcript_batch import News, Outcome, Trouble, transcribe_sessions
from copilot.store import SessionFolder, SessionStore
from copilot.timecode import timecode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("sessions", nargs="*", metavar="SESSION", help=ID_HELP)
    parser.add_argument("--all", action="store_true", help="every stored session")
    shared.add_model(parser)
    shared.add_language(parser, default=None)
    parser.add_argument(
        "--executor", choices=["local", "dask"], default="local", help="where (default local)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the Dask scheduler's, as it prints it, such as tcp://HOST:8786",
    )
    parser.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="recordings heard at a time on this machine, each with one thread and a model of its "
        "own (default: one a core, 4 at most)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="where the transcripts go; what is there is not made again (default: a new folder of "
        "the lab, or the one in which the same was begun; deleting a session reaches only those)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(options: argparse.Namespace) -> int:
    """Hear them again."""
    if (options.executor == "dask") != (options.scheduler is not None):
        raise UsageError(
            "--executor dask and --scheduler go together.",
            "Give both: --executor dask --scheduler tcp://HOST:8786",
        )
    if options.scheduler is not None:
        check_address(options.scheduler)
    if options.language is not None:
        check_language(options.language)
    outcome = transcribe_sessions(
        _sessions(options),
        options.model,
        _Hear(options),
        language=options.language or "",
        out=options.out,
        on_news=_Progress(sys.stderr.isatty()).tell if not options.json else lambda _news: None,
    )
    if options.json:
        print_json(_as_json(outcome))
    else:
        _print(outcome)
    nothing = not (outcome.heard or outcome.there)
    return ExitCode.FAILED if outcome.failed or nothing else ExitCode.OK


def _sessions(options: argparse.Namespace) -> list[SessionFolder]:
    if options.all == bool(options.sessions):
        raise UsageError("name some sessions, or --all.", "interview-copilot sessions lists them.")
    store = SessionStore()
    if options.all:
        return store.folders()
    found = {folder.id: folder for folder in map(store.find, options.sessions)}
    return list(found.values())


class _Hear:
    """Hears units where the options say; a cluster is only asked where there is something to do."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._scheduler: str | None = options.scheduler
        self._jobs: int | None = options.jobs

    def __call__(self, units: Sequence[Unit]) -> Generator[Heard, None, None]:
        if not units:
            return
        if self._scheduler is None:
            yield from heard_here(units, self._jobs)
            return
        with Cluster(self._scheduler) as cluster:
            yield from heard_there(units, cluster)


class _Progress:
    """A line a channel, and how long the rest will take."""

    def __init__(self, to_person: bool) -> None:
        self._to_person = to_person
        self._began = time.monotonic()

    def tell(self, news: News) -> None:
        unit, kept = news.heard.unit, news.transcript
        if kept is None:
            what = f"failed: {news.heard.error}"
        else:
            change = kept.changed_per_hundred
            changed = "nothing stored" if change is None else f"{change:.1f} words in 100 changed"
            what = f"{timecode(kept.sound_s)} heard in {timecode(kept.took_s)}, {changed}"
        left = (time.monotonic() - self._began) / news.tried * (news.total - news.tried)
        rest = f", about {timecode(left)} left" if self._to_person and left else ""
        sys.stderr.write(
            f"[{news.tried}/{news.total}{rest}] {unit.session} {unit.channel}: {what}\n"
        )
        sys.stderr.flush()


def _print(outcome: Outcome) -> None:
    for trouble in outcome.skipped:
        sys.stdout.write(f"{trouble.session} skipped: {trouble.why}\n")
    parts = [f"{outcome.heard} channels heard"]
    if outcome.there:
        parts.append(f"{outcome.there} there already")
    if outcome.failed:
        parts.append(f"{len(outcome.failed)} failed")
    if outcome.skipped:
        parts.append(f"{len(outcome.skipped)} sessions skipped")
    sys.stdout.write(f"{', '.join(parts)}: {outcome.folder}\n")


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "folder": str(outcome.folder),
        "heard": outcome.heard,
        "there": outcome.there,
        "skipped": [_trouble(each) for each in outcome.skipped],
        "failed": [_trouble(each) for each in outcome.failed],
    }


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {"session": trouble.session, "channel": trouble.channel, "why": trouble.why}


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)
