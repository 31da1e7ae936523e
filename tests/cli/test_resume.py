"""``sessions resume``: what it completes, and what it refuses; going on is shown in ``test_live``."""

from pathlib import Path

from copilot.events import CaptureKind, Channel, Event
from copilot.store import SessionFolder, SessionRecord, SessionStore, open_journal
from tests.builders import session_started, tone, write_sound
from tests.cli.command import run
from tests.cli.conftest import Replay
from tests.story import Story


def _interrupt(stored: Replay) -> SessionFolder:
    """As if the program had been killed between the last event and the record of it."""
    folder = SessionFolder(stored.folder)
    folder.write_record(folder.record().model_copy(update={"ended": None}))
    return folder


def _told(events: list[Event]) -> SessionFolder:
    """An interrupted session of these events, with its sound."""
    folder = SessionStore().create(
        SessionRecord(
            id="20260302-090000-abcd",
            role="baker",
            title="Head Baker",
            language="en",
            source="two devices",
            started_at="2026-03-02T09:00:00+00:00",
            app_version="0.1.0",
        )
    )
    with open_journal(folder) as journal:
        for event in events:
            journal.append(event)
    for number, channel in enumerate(Channel):
        write_sound(folder.audio_path(channel), tone(1, 440.0 * (number + 1)))
    return folder


def test_one_that_had_come_to_its_end_is_completed(stored: Replay) -> None:
    before = run("sessions", "show", "last", "--json").out
    folder = _interrupt(stored)
    assert folder.state() == "interrupted"

    done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (0, "")
    assert done.err == f"{folder.id} had come to its end; its record says so now.\n"
    assert folder.state() == "ended"
    [verified] = run("sessions", "verify", "last", "--json").lines
    assert verified["ended"]
    assert run("sessions", "show", "last", "--json").out == before


def test_one_whose_sides_were_exchanged_is_completed_the_right_way_round(data: Path) -> None:
    story = Story()
    story.swap()
    story.end(at_s=1.0)
    folder = _told(story.events)
    before = {channel: folder.audio_path(channel).read_bytes() for channel in Channel}

    done = run("sessions", "resume", "last", "--headless")

    assert done.code == 0, done.err
    after = {channel: folder.audio_path(channel).read_bytes() for channel in Channel}
    assert after == {channel.other: data for channel, data in before.items()}
    record = folder.record()
    assert record.ended is not None
    assert record.ended.duration_s == 1.0


def test_one_that_has_ended_is_refused(stored: Replay) -> None:
    done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (4, "")
    assert "has ended" in done.message


def test_one_that_runs_is_refused(data: Path) -> None:
    folder = _told(Story().events)
    with folder.locked():
        done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (4, "")
    assert "in use" in done.message


def test_there_must_be_one(data: Path) -> None:
    done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (4, "")
    assert "no session" in done.message


def test_a_recording_is_replayed_again_rather(data: Path) -> None:
    _told(Story().events)

    done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (4, "")
    assert "replayed a recording" in done.message


def test_without_a_decision_about_consent_there_is_nothing_to_go_on_with(data: Path) -> None:
    _told([session_started(capture=CaptureKind.CALL)])

    done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (4, "")
    assert "before consent was recorded" in done.message


def test_before_anything_happened_there_is_nothing_either(data: Path) -> None:
    _told([])

    done = run("sessions", "resume", "last", "--headless")

    assert (done.code, done.out) == (4, "")
    assert "before anything happened" in done.message
