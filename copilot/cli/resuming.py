"""``sessions resume``: go on with an interrupted session in the same folder."""

import argparse
import dataclasses
import sys
from datetime import UTC, datetime

from copilot.cli import options as shared
from copilot.cli.calling import LiveOptions, run_call
from copilot.cli.live import add_running
from copilot.errors import ExitCode, SessionError
from copilot.events import CaptureKind, Event, SessionEnded
from copilot.interview import Interview, replay
from copilot.knowledge.laws import laws_still_there
from copilot.knowledge.loading import load_guide
from copilot.store import SessionFolder, SessionRecord


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments beside the session's id."""
    parser.add_argument(
        "--role", metavar="ROLE", help="the guide's file, where the session ran with one of those"
    )
    shared.add_model(parser)
    shared.add_step_down(parser)
    shared.add_server(parser)
    shared.add_llm(parser)
    shared.add_devices(parser)
    add_running(parser)


def resume(folder: SessionFolder, options: argparse.Namespace) -> int:
    """Go on with it; one that came to its end while it was interrupted is completed instead."""
    if folder.state() == "interrupted":
        events = folder.read_journal().events
        if events and isinstance(events[-1], SessionEnded):
            return _complete(folder, events[-1], events)
    if not folder.is_resumable():
        with folder.resumed():  # says why not
            pass
    interview = replay(folder.read_journal().events)
    started, consent = interview.started, interview.consent
    if started is None or consent is None:
        raise SessionError(
            f"session {folder.id} was interrupted before consent was recorded.",
            "Begin a new one.",
        )
    if started.capture is CaptureKind.RECORDING:
        raise SessionError(
            f"session {folder.id} replayed a recording, which a call cannot go on with.",
            "Replay the recording again: interview-copilot replay.",
        )
    record = folder.record()
    devices = shared.devices(options)
    live = LiveOptions(
        guide=load_guide(options.role or record.role, record.language),
        devices=dataclasses.replace(devices, room=_in_room(interview)),
        plan=tuple(question.id for question in started.plan),
        minutes={question.id: question.minutes for question in started.plan},
        probes=started.probes,
        laws=laws_still_there(started.laws),
        model=options.model,
        step_down=options.step_down,
        server=shared.chosen_server(options),
        llm=shared.chosen_llm(options),
        check=not options.no_check,
        headless=options.headless,
        resume=folder,
    )
    from copilot.engine.setup import Consent  # noqa: PLC0415 - loads a lot

    return run_call(live, Consent(consent.decision, consent.by, consent.wording))


def _in_room(interview: Interview) -> bool:
    return interview.started is not None and interview.started.capture is CaptureKind.ROOM


def _complete(folder: SessionFolder, ended: SessionEnded, events: tuple[Event, ...]) -> int:
    """Say in the record what the journal says already: that it has ended."""
    reading = folder.read_journal()
    end = SessionRecord.End(
        ended_at=datetime.now(UTC).isoformat(timespec="seconds"),
        duration_s=ended.duration_s,
        events=len(events),
        journal_head=reading.head,
    )
    with folder.locked():
        folder.end(
            folder.record().model_copy(update={"ended": end}),
            exchange_audio=replay(events).capture.swapped,
        )
    sys.stderr.write(f"{folder.id} had come to its end; its record says so now.\n")
    return ExitCode.OK
