"""What an interrupted session goes on with, and completing one that had come to its end."""

import dataclasses
from datetime import UTC, datetime

from copilot.engine.calling import LiveOptions
from copilot.engine.devices import Devices
from copilot.engine.session_guide import SessionGuide, session_guide
from copilot.engine.setup import Consent
from copilot.errors import SessionError
from copilot.events import CaptureKind, Event, SessionEnded, SessionStarted
from copilot.i18n import _
from copilot.interview import Interview, replay
from copilot.knowledge.laws import laws_still_there
from copilot.store import SessionFolder, SessionRecord


def completed(folder: SessionFolder) -> bool:
    """Whether the session had come to its end while it was interrupted; its record now says so.

    Raises:
        SessionError: It is broken, or in use.
        StorageError: The disk refused.
    """
    if folder.state() != "interrupted":
        return False
    events = folder.read_journal().events
    if not events or not isinstance(events[-1], SessionEnded):
        return False
    _complete(folder, events[-1], events)
    return True


def resumed_call(folder: SessionFolder, role: str | None = None) -> tuple[LiveOptions, Consent]:
    """What an interrupted session goes on with: what it was begun with, and its decision.

    It goes on with the guide that it kept, whatever became of that since. The models, the devices
    and where text goes are for the caller to put in.

    Args:
        folder: The session's.
        role: A guide's id or file, for a session that kept none or whose own is damaged.

    Raises:
        SessionError: It cannot be resumed, or the guide that it kept is damaged.
        UsageError: It kept no guide, and there is none; or the guide lacks what was planned.
        GuideError: It kept no guide, and the one there is, is broken.
    """
    if not folder.is_resumable():
        with folder.resumed():  # says why not
            pass
    interview = replay(folder.read_journal().events)
    started, consent = interview.started, interview.consent
    if started is None or consent is None:
        raise SessionError(
            _("session {folder} was interrupted before consent was recorded.", folder=folder.id),
            _("Begin a new one."),
        )
    if started.capture is CaptureKind.RECORDING:
        raise SessionError(
            _(
                "session {folder} replayed a recording, which a call cannot go on with.",
                folder=folder.id,
            ),
            _("Replay the recording again: interview-copilot replay."),
        )
    found = _guide(folder, started, role)
    options = LiveOptions(
        guide=found.guide,
        guide_notice=found.notice,
        devices=Devices(room=_in_room(interview)),
        plan=tuple(question.id for question in started.plan),
        minutes={question.id: question.minutes for question in started.plan},
        probes=started.probes,
        laws=laws_still_there(started.laws),
        resume=folder,
    )
    return options, Consent(consent.decision, consent.by, consent.wording)


def on_devices(options: LiveOptions, devices: Devices) -> LiveOptions:
    """The same on other devices; whether one microphone hears both stays as it was begun."""
    chosen = dataclasses.replace(devices, room=options.devices.room)
    return dataclasses.replace(options, devices=chosen)


def _guide(folder: SessionFolder, started: SessionStarted, role: str | None) -> SessionGuide:
    try:
        return session_guide(folder, started, role)
    except SessionError as error:
        error.remedy = _(
            "Restore it from a backup, or name the guide to go on with: interview-copilot sessions "
            "resume {session} --role {role}.",
            session=folder.id,
            role=started.guide.role,
        )
        raise


def _in_room(interview: Interview) -> bool:
    return interview.started is not None and interview.started.capture is CaptureKind.ROOM


def _complete(folder: SessionFolder, ended: SessionEnded, events: tuple[Event, ...]) -> None:
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
