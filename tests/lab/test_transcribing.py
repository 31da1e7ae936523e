"""Stored sessions heard again: what is kept, what is skipped, and going on after a kill."""

import pickle
import stat
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from copilot.audio.recorder import Recorder
from copilot.cli.main import main
from copilot.errors import AudioFileError, ExitCode
from copilot.events import Channel
from copilot.lab.errors import RunError
from copilot.lab.transcribing import Heard, Hearing, Unit, hear_on_worker, heard_here, stored
from copilot.lab.transcript_batch import Hear, transcribe_sessions
from copilot.lab.transcripts import (
    HeardUtterance,
    changed_words,
    read_transcript,
    transcripts_folder,
    transcripts_of,
    words_of,
)
from copilot.speech.models import speech_model
from copilot.store import SessionFolder
from tests.builders import SPEECH, spoken
from tests.review.stored import keep
from tests.story import Story

MODEL = "tiny.en"


def _kept(name: str = "20261101-090000-aaaa", *, sound: bool = True) -> SessionFolder:
    story = Story()
    story.end()
    folder = keep(story.events, name)
    if sound:
        with Recorder(folder.audio_path(Channel.CANDIDATE)) as recorder:
            recorder.write(spoken("en-000"))
    return folder


@pytest.fixture
def session() -> SessionFolder:
    return _kept()


def _as_if(said: str, log: list[str] | None = None) -> Hear:
    """Hears the same everywhere, at once."""

    def hear(units: Sequence[Unit]) -> Generator[Heard, None, None]:
        for unit in units:
            if log is not None:
                log.append(unit.key)
            one = HeardUtterance(start_s=0, end_s=1, text=said, confidence=0.9, uncertain=False)
            yield Heard(unit, Hearing((one,), 1.0, 0.1), worker="here")

    return hear


def test_a_session_is_heard_again_and_not_touched(session: SessionFolder) -> None:
    before = {path.name: path.read_bytes() for path in session.path.iterdir()}

    outcome = transcribe_sessions([session], MODEL, heard_here)

    assert (outcome.heard, outcome.there, outcome.skipped, outcome.failed) == (1, 0, [], [])
    (path,) = transcripts_of(session.id)
    assert path.parent == outcome.folder
    assert path.parent.parent == transcripts_folder()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    transcript = read_transcript(path)
    assert transcript is not None
    assert transcript.model == MODEL
    heard = transcript.channels["candidate"]
    really = words_of([(SPEECH / "en-000.txt").read_text("utf-8")])
    found = words_of([each.text for each in heard.utterances])
    assert changed_words(really, found) <= len(really) / 3
    assert {path.name: path.read_bytes() for path in session.path.iterdir()} == before


def test_what_is_there_is_not_made_again(session: SessionFolder, tmp_path: Path) -> None:
    log: list[str] = []
    first = transcribe_sessions([session], MODEL, _as_if("so", log), out=tmp_path / "out")
    second = transcribe_sessions([session], MODEL, _as_if("else", log), out=tmp_path / "out")

    assert (first.heard, second.heard, second.there) == (1, 0, 1)
    assert len(log) == 1


def test_a_batch_that_was_cut_off_is_gone_on_with() -> None:
    sessions = [_kept(f"20261101-09000{number}-aaaa") for number in range(2)]

    def killed(units: Sequence[Unit]) -> Generator[Heard, None, None]:
        yield next(_as_if("so")(units))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transcribe_sessions(sessions, MODEL, killed)
    outcome = transcribe_sessions(sessions, MODEL, _as_if("so"))
    anew = transcribe_sessions(sessions, MODEL, _as_if("so"), out=outcome.folder)

    assert (outcome.heard, outcome.there) == (1, 1)
    assert (anew.heard, anew.there) == (0, 2)


def test_what_cannot_be_heard_is_skipped_and_counted(session: SessionFolder) -> None:
    silent = _kept("20261101-100000-bbbb", sound=False)
    broken = _kept("20261101-110000-cccc")
    broken.audio_path(Channel.CANDIDATE).write_bytes(b"no sound")

    outcome = transcribe_sessions([silent, broken, session], MODEL, heard_here)

    assert outcome.heard == 1
    assert [(each.session, each.why.split(".")[0]) for each in outcome.skipped] == [
        (silent.id, "it was kept without sound")
    ]
    assert [(each.session, each.channel) for each in outcome.failed] == [
        (broken.id, Channel.CANDIDATE)
    ]


def test_a_session_deleted_meanwhile_leaves_nothing(session: SessionFolder) -> None:
    def deleting(units: Sequence[Unit]) -> Generator[Heard, None, None]:
        session.delete()
        yield from _as_if("so")(units)

    outcome = transcribe_sessions([session], MODEL, deleting)

    assert "deleted meanwhile" in outcome.failed[0].why
    assert transcripts_of(session.id) == ()


def test_a_folder_of_another_model_or_in_use_is_refused(
    session: SessionFolder, tmp_path: Path
) -> None:
    folder = transcribe_sessions([session], MODEL, _as_if("so"), out=tmp_path / "out").folder

    with pytest.raises(RunError, match=r"holds transcripts by tiny\.en"):
        transcribe_sessions([session], "base", _as_if("so"), out=folder)
    with filelock.FileLock(folder / ".lock"), pytest.raises(RunError, match="in use"):
        transcribe_sessions([session], MODEL, _as_if("so"), out=folder)
    (folder / f"{session.id}.json").write_text('{"format": 1')
    outcome = transcribe_sessions([session], MODEL, _as_if("so"), out=folder)
    assert "damaged" in outcome.skipped[0].why


def test_a_worker_that_does_not_see_the_recording_names_it(session: SessionFolder) -> None:
    (unit,) = stored(session, speech_model(MODEL), MODEL, "").units
    elsewhere = replace(unit, path=Path("/nowhere/candidate.wav"))

    with pytest.raises(AudioFileError, match=r"does not see /nowhere/candidate\.wav"):
        hear_on_worker(b"", pickle.dumps(elsewhere))


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("", "", 0),
        ("the lights stay on", "The lights, stay on!", 0),
        ("the lights stay on", "lights stay on now", 2),
        ("a b c", "", 3),
        ("", "a b", 2),
        ("l\u2019équipe a dit", "l'équipe a vu", 1),
    ],
)
def test_words_changed(before: str, after: str, changed: int) -> None:
    assert changed_words(words_of([before]), words_of([after])) == changed


def test_the_command_says_what_it_did(
    session: SessionFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["lab", "transcribe", session.id, "--model", MODEL])

    said = capsys.readouterr()
    assert code == ExitCode.OK
    assert f"[1/1] {session.id} candidate: " in said.err
    assert said.out.startswith("1 channels heard: ")


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["--all", "last"],
        ["--all", "--executor", "dask"],
        ["--all", "--scheduler", "tcp://127.0.0.1:8786"],
        ["--all", "--executor", "dask", "--scheduler", "box"],
        ["--all", "--language", "xx"],
        ["--all", "--model", "tinee"],
    ],
)
def test_what_makes_no_sense_is_refused(given: list[str], session: SessionFolder) -> None:
    assert main(["lab", "transcribe", *given]) == ExitCode.USAGE
