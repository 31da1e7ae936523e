"""Recordings that cannot be used: one clear message with the remedy, nothing on stdout, nothing left behind."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio.recorder import wav_header
from tests.audio.m4a import write_m4a
from tests.builders import noise, silence, spoken, tone, write_sound
from tests.cli.command import ROLE, Done, run

REPLAY = ("--role", ROLE, "--model", "tiny.en", "--json", "--save")
BYTES = np.random.default_rng(5).bytes


def _two(path: Path, seconds: float = 2.0) -> Path:
    return write_sound(path, noise(seconds, seed=1), noise(seconds, seed=2))


def _cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


Maker = Callable[[Path], Path]

#: Files that hold no sound anybody can use, and what is said of them.
UNUSABLE: dict[str, tuple[Maker, str]] = {
    "missing": (lambda at: at / "call.wav", "no such file"),
    "empty": (lambda at: _written(at / "call.wav", b""), "is empty"),
    "text": (lambda at: _written(at / "call.wav", b"Dear diary,\n" * 99), "not a recording"),
    "noise": (lambda at: _written(at / "call.ogg", BYTES(9000)), "not a recording"),
    "a name in front": (lambda at: _written(at / "call.wav", b"RIFF"), "not a recording"),
    "without length": (lambda at: _written(at / "call.wav", wav_header(0)), "holds no sound"),
    "cut m4a": (
        lambda at: _cut(write_m4a(at / "call.m4a", tone(2), noise(2), rate_hz=16_000), 0.5),
        "not a recording",
    ),
    "cut ogg": (lambda at: _cut(_two(at / "call.ogg"), 0.01), "not a recording"),
    "picture": (
        lambda at: _written(at / "call.mp3", b"\x89PNG\r\n\x1a\n" + bytes(5000)),
        "no sound track",
    ),
}


def _refused(done: Done, path: Path, says: str, data: Path) -> None:
    assert (done.code, done.out[:80]) == (3, "")
    assert done.err.startswith("Unusable recording: ")
    assert str(path) in done.message
    assert says in done.message
    assert not data.exists()


@pytest.mark.parametrize("kind", UNUSABLE)
@pytest.mark.parametrize("command", ["replay", "transcribe", "interviewer", "candidate"])
def test_a_file_without_sound_is_refused(
    tmp_path: Path, data: Path, kind: str, command: str
) -> None:
    make, says = UNUSABLE[kind]
    path = make(tmp_path)
    good = _two(tmp_path / "good.wav")

    if command == "replay":
        done = run("replay", path, *REPLAY)
    elif command == "transcribe":
        done = run("transcribe", path, "--json", "--model", "tiny.en")
    else:
        sides = {"interviewer": good, "candidate": good, command: path}
        done = run(
            *("replay", "--interviewer", sides["interviewer"]),
            *("--candidate", sides["candidate"], *REPLAY),
        )

    _refused(done, path, says, data)


def _cut_flac(path: Path) -> Path:
    """A whole header, and nothing behind it that can be decoded."""
    return _cut(_two(path), 0.001)


@pytest.mark.parametrize("command", ["replay", "transcribe"])
def test_a_recording_of_which_nothing_can_be_decoded(
    tmp_path: Path, data: Path, command: str
) -> None:
    path = _cut_flac(tmp_path / "call.flac")

    if command == "replay":
        done = run("replay", path, *REPLAY)
    else:
        done = run("transcribe", path, "--json", "--model", "tiny.en")

    _refused(done, path, "not a recording", data)


def test_a_side_of_which_nothing_can_be_decoded(tmp_path: Path, data: Path) -> None:
    path = _cut_flac(tmp_path / "asks.flac")
    good = _two(tmp_path / "good.wav")

    done = run("replay", "--interviewer", path, "--candidate", good, *REPLAY)

    _refused(done, path, "not a recording", data)


def test_one_channel_is_not_enough_to_tell_two_people_apart(tmp_path: Path, data: Path) -> None:
    path = write_sound(tmp_path / "call.wav", noise(1))

    done = run("replay", path, *REPLAY)

    _refused(done, path, "has one channel", data)
    assert "--interviewer FILE --candidate FILE" in done.err


def test_neither_are_three(tmp_path: Path, data: Path) -> None:
    path = write_sound(tmp_path / "call.wav", noise(1, seed=1), noise(1, seed=2), noise(1, seed=3))

    _refused(run("replay", path, *REPLAY), path, "has 3 channels", data)


def test_nor_the_same_sound_twice(tmp_path: Path, data: Path) -> None:
    sound = spoken("en-004")
    path = write_sound(tmp_path / "call.ogg", sound, sound)

    _refused(run("replay", path, *REPLAY), path, "same sound on both channels", data)


def test_two_channels_of_silence_are_heard_to_their_end(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "call.wav", silence(1), silence(1))

    done = run("replay", path, "--role", ROLE, "--model", "tiny.en", "--json")

    assert done.code == 0
    assert done.lines[-2]["type"] == "session_ended"


def test_a_recording_that_was_cut_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    path = _cut(_two(tmp_path / "call.wav", 4.0), 0.5)

    done = run("replay", path, "--role", ROLE, "--model", "tiny.en", "--json")

    assert done.code == 0, done.err
    assert done.lines[-1]["duration_s"] == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("command", ["replay", "transcribe"])
def test_a_recording_that_is_corrupt_inside_gives_one_message(tmp_path: Path, command: str) -> None:
    path = _two(tmp_path / "call.flac", 70.0)  # it breaks after what is looked at beforehand
    data = bytearray(path.read_bytes())
    middle = int(len(data) * 0.95)
    data[middle:] = bytes(len(data) - middle)
    path.write_bytes(data)
    with pytest.raises(soundfile.LibsndfileError):
        soundfile.read(path)

    more = ["--role", ROLE] if command == "replay" else []
    done = run(command, path, *more, "--model", "tiny.en", "--json")

    assert done.code == 3
    assert str(path) in done.message
    if command == "replay":
        assert [line["type"] for line in done.lines][-2:] == ["session_ended", "summary"]
        assert done.lines[-2]["reason"] == "failed"
    else:
        assert done.out == ""


# -- what replay needs besides --------------------------------------------------------------------


def test_without_a_role(unheard: Path) -> None:
    done = run("replay", unheard)

    assert (done.code, done.out) == (2, "")
    assert "--role is missing" in done.message
    assert "knowledge list" in done.message


@pytest.mark.parametrize("arguments", [[], ["--interviewer", "a.wav"], ["--candidate", "a.wav"]])
def test_without_anything_to_hear(arguments: list[str]) -> None:
    done = run("replay", *arguments, "--role", ROLE)

    assert (done.code, done.out) == (2, "")
    assert "nothing to replay" in done.message


def test_with_a_recording_and_a_side(unheard: Path) -> None:
    done = run("replay", unheard, "--candidate", unheard, "--role", ROLE)

    assert (done.code, done.out) == (2, "")
    assert "--interviewer FILE --candidate FILE" in done.message


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--role", "directer-it-operations"], f"Did you mean '{ROLE}'?"),
        (["--role", ROLE, "--language", "deutsch"], "'deutsch'"),
        (["--role", ROLE, "--questions", "metrics,undreperformance"], "'underperformance'"),
        (["--role", ROLE, "--questions", "metrics,metrics"], "'metrics' twice"),
        (["--role", "baker.yml"], "baker.yml"),
    ],
)
def test_an_unknown_name(unheard: Path, data: Path, arguments: list[str], says: str) -> None:
    done = run("replay", unheard, *arguments, "--model", "tiny.en", "--json", "--save")

    assert (done.code, done.out) == (3 if "baker.yml" in arguments else 2, "")
    assert says in done.message
    assert not data.exists()


def test_a_model_that_does_not_know_the_language(unheard: Path, data: Path) -> None:
    done = run(
        *("replay", unheard, "--role", ROLE, "--language", "fr"),
        *("--model", "tiny.en", "--json", "--save"),
    )

    assert (done.code, done.out[:80]) == (2, "")
    assert "does not know 'fr'" in done.message
    assert not data.exists()


@pytest.mark.parametrize("command", ["replay", "demo"])
def test_a_data_folder_that_cannot_be_written(
    tmp_path: Path, unheard: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    if command == "replay":
        done = run("replay", unheard, *REPLAY)
    else:
        done = run("demo", "--headless", "--speed", "max", "--model", "tiny.en")

    assert (done.code, done.out) == (6, "")
    assert str(tmp_path / "data") in done.message
    assert (tmp_path / "data").read_text() == "a file, not a folder"


# -- transcribe, when all is well -----------------------------------------------------------------


def test_transcribe_prints_lines_or_one_object(tmp_path: Path) -> None:
    sound = np.concatenate([spoken("en-004"), silence(1)])
    path = write_sound(tmp_path / "call.wav", sound)

    lines = run("transcribe", path, "--model", "tiny.en")
    data = run("transcribe", path, "--model", "tiny.en", "--json")

    [result] = data.lines
    assert (lines.code, lines.err, data.code, data.err) == (0, "", 0, "")
    assert set(result) == {"file", "language", "model", "duration_s", "text", "utterances"}
    assert "dinosaurs" in result["text"]
    assert result["duration_s"] == pytest.approx(len(sound) / 16_000)
    assert result["text"] == " ".join(said["text"] for said in result["utterances"])
    assert result["utterances"][0]["text"] in lines.out
    assert lines.out.startswith("[")


def test_transcribe_tells_two_sides_apart(tmp_path: Path) -> None:
    sound = spoken("en-004")
    gap = silence(len(sound) / 16_000)
    path = write_sound(
        tmp_path / "call.flac", np.concatenate([sound, gap]), np.concatenate([gap, sound])
    )

    done = run("transcribe", path, "--model", "tiny.en", "--json")

    channels = [said["channel"] for said in done.lines[0]["utterances"]]
    assert channels == ["interviewer", "candidate"]


def test_transcribe_with_a_language_it_does_not_know(unheard: Path) -> None:
    done = run("transcribe", unheard, "--language", "de")

    assert (done.code, done.out) == (2, "")
    assert "'de'" in done.message


def test_a_silent_recording_transcribes_to_nothing(unheard: Path) -> None:
    done = run("transcribe", unheard, "--model", "tiny.en", "--json")

    assert done.code == 0
    assert (done.lines[0]["text"], done.lines[0]["utterances"]) == ("", [])
