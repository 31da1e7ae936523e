"""``replay``: the whole pipeline over a recording or an earlier session."""

import argparse
import getpass
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from copilot.audio.recording import RecordingSource
from copilot.cli import options as shared
from copilot.cli.headless import run_headless
from copilot.coach import CoachPolicy
from copilot.engine.session_guide import session_guide
from copilot.engine.setup import Consent, SessionSetup
from copilot.engine.stored_recording import stored_recording
from copilot.errors import ExitCode, SessionError, UsageError
from copilot.events import ConsentDecision, SessionStarted
from copilot.knowledge.guide import Guide
from copilot.knowledge.laws import laws_still_there
from copilot.knowledge.loading import check_language, find_guide, load_guide
from copilot.paths import is_folder
from copilot.store import SessionFolder, SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "recording",
        nargs="?",
        metavar="FILE|FOLDER",
        type=Path,
        help="a two-channel recording (left interviewer, right candidate), "
        "or the folder of a stored session",
    )
    parser.add_argument("--interviewer", type=Path, metavar="FILE", help="the interviewer's side")
    parser.add_argument("--candidate", type=Path, metavar="FILE", help="the candidate's side")
    shared.add_role(parser, required=False)
    shared.add_language(parser, default=None)
    shared.add_questions(parser)
    shared.add_law(parser)
    shared.add_model(parser)
    shared.add_step_down(parser)
    shared.add_server(parser)
    shared.add_llm(parser)
    shared.add_speed(parser, default="max")
    parser.add_argument(
        "--json", action="store_true", help="one event a line as JSON, then the summary"
    )
    parser.add_argument(
        "--save",
        action="store_true",
        help="store it as a session; only with the candidate's consent to that",
    )


@dataclass(frozen=True, slots=True)
class _Recording:
    """What is to be replayed, and what an earlier session already knows about it."""

    source: RecordingSource
    role: str
    language: str
    plan: tuple[str, ...]
    before: SessionStarted | None = None
    guide: Guide | None = None


def run(options: argparse.Namespace) -> int:
    """Replay and print."""
    found = _find(options)
    guide, before = found.guide or load_guide(found.role, found.language), found.before
    consent = Consent(
        ConsentDecision.GIVEN if options.save else ConsentDecision.NOT_NEEDED,
        by=getpass.getuser(),
        wording="An existing recording, replayed by the person who holds it.",
    )
    setup = SessionSetup(
        guide=guide,
        consent=consent,
        plan=found.plan,
        coach=CoachPolicy() if before is None else CoachPolicy(probes_a_question=before.probes),
        laws=laws_still_there(before.laws)
        if before is not None and options.law is None
        else shared.chosen_laws(options, guide.language),
        model=options.model,
        step_down=options.step_down,
        server=shared.chosen_server(options),
        llm=shared.chosen_llm(options),
        lockstep=math.isinf(options.speed),
        store=SessionStore() if options.save else None,
    )
    run_headless(setup, found.source, as_json=options.json)
    return ExitCode.OK


def _find(options: argparse.Namespace) -> _Recording:
    language = options.language or "en"
    check_language(language)
    if options.recording is not None and (options.interviewer or options.candidate):
        raise UsageError(
            "one recording and single sides were given.",
            "Give either FILE, or --interviewer FILE --candidate FILE.",
        )
    if options.recording is not None and is_folder(options.recording):
        return _find_session(options)
    if options.role is None:
        raise UsageError("--role is missing.", "interview-copilot knowledge list shows the roles.")
    if options.recording is not None:
        source = RecordingSource.from_file(options.recording, speed=options.speed)
    elif options.interviewer is not None and options.candidate is not None:
        source = RecordingSource.from_sides(
            options.interviewer, options.candidate, speed=options.speed
        )
    else:
        raise UsageError(
            "there is nothing to replay.",
            "Give a recording, or --interviewer FILE --candidate FILE, or a session's folder.",
        )
    return _Recording(source, options.role, language, options.questions)


def _find_session(options: argparse.Namespace) -> _Recording:
    folder = SessionFolder(options.recording.resolve())
    record = folder.record()
    source = stored_recording(folder, speed=options.speed)
    events = folder.read_journal().events
    started = events[0] if events and isinstance(events[0], SessionStarted) else None
    plan = tuple(question.id for question in started.plan) if started else ()
    other_guide = options.role is not None and find_guide(options.role).role != record.role
    return _Recording(
        source,
        options.role or record.role,
        options.language or record.language,
        options.questions or (() if other_guide else plan),
        started,
        _guide_of(folder, started, options),
    )


def _guide_of(
    folder: SessionFolder, started: SessionStarted | None, options: argparse.Namespace
) -> Guide | None:
    """The guide the session ran with; None where another one or another language is asked for."""
    if started is None or options.role is not None:
        return None
    if options.language not in (None, started.language):
        return None
    try:
        found = session_guide(folder, started)
    except SessionError as error:
        error.remedy = f"Replay it with the guide as it is today: --role {started.guide.role}."
        raise
    if found.notice:
        sys.stderr.write(f"{found.notice}\n")
    return found.guide
