"""The demo interview is what its script says, and its labels fit the guide it is heard with."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from copilot.demo.synthesis.__main__ import main
from copilot.demo.synthesis.script import Script, Turn, read_script
from copilot.errors import ExitCode, InputError
from copilot.events import Channel
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.paths import demo_folder, shipped_knowledge

SCRIPT = demo_folder() / "script.yaml"
RECORDING = demo_folder() / "interview.ogg"


@pytest.fixture(scope="module")
def script() -> Script:
    return read_script(SCRIPT)


@pytest.fixture(scope="module")
def guide(script: Script) -> Guide:
    # The one that ships, whatever the user's own folder holds.
    return load_guide(script.role, script.language, [shipped_knowledge()])


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((demo_folder() / "interview.json").read_text("utf-8"))
    return loaded


def asked(script: Script) -> list[str]:
    return [turn.question or "" for turn in script.turns if turn.kind == "planned"]


def answers(script: Script, question: str) -> list[Turn]:
    return [
        turn
        for turn in script.turns
        if turn.speaker is Channel.CANDIDATE and turn.question == question
    ]


def test_every_labelled_quote_stands_in_its_turn(script: Script) -> None:
    quotes = [(turn.text, quote) for turn in script.turns for _, quote in turn.labels.quotes()]
    assert quotes
    for text, quote in quotes:
        assert quote in text


def test_every_question_point_and_flag_exists_in_the_guide(script: Script, guide: Guide) -> None:
    assert asked(script)
    for turn in script.turns:
        if turn.question is None:
            continue
        points = {point.id for point in guide.question(turn.question).points}
        assert {label.point for label in turn.labels.points} <= points
        assert {label.point for label in turn.labels.near_misses} <= points
        for label in turn.labels.red_flags:
            assert guide.flag(label.flag).id == label.flag


def test_each_point_of_an_asked_question_is_labelled_once_or_never_mentioned(
    script: Script, guide: Guide
) -> None:
    assert sorted(script.never_mentioned) == sorted(asked(script))
    for question, never in script.never_mentioned.items():
        labelled = [
            label.point for turn in answers(script, question) for label in turn.labels.points
        ]
        expected = [point.id for point in guide.question(question).points]
        assert sorted([*labelled, *never]) == sorted(expected)


def test_the_ground_truth_says_what_the_script_says(script: Script, truth: dict[str, Any]) -> None:
    assert (truth["title"], truth["role"], truth["language"]) == (
        script.title,
        script.role,
        script.language,
    )
    assert truth["voices"] == {who: choice.model_dump() for who, choice in script.voices.items()}
    assert truth["never_mentioned"] == {
        question: list(points) for question, points in script.never_mentioned.items()
    }
    assert len(truth["turns"]) == len(script.turns)
    for heard, written in zip(truth["turns"], script.turns, strict=True):
        assert heard["speaker"] == written.speaker
        assert heard["kind"] == written.kind
        assert heard["question"] == written.question
        assert heard["text"] == written.text
        assert [sentence["text"] for sentence in heard["sentences"]] == written.sentences()
        if written.speaker is Channel.CANDIDATE:
            assert heard["labels"] == written.labels.model_dump(mode="json")
        else:
            assert "labels" not in heard


def test_the_ground_truth_times_lie_in_the_recording(truth: dict[str, Any]) -> None:
    before_s = 0.0
    for turn in truth["turns"]:
        assert before_s <= turn["start_s"]
        before_s = turn["start_s"]
        edges = [s for one in turn["sentences"] for s in (one["start_s"], one["end_s"])]
        assert edges == sorted(edges)
        assert (edges[0], edges[-1]) == (turn["start_s"], turn["end_s"])
        assert turn["end_s"] <= truth["duration_s"]


def test_the_recording_is_the_one_described(truth: dict[str, Any]) -> None:
    assert hashlib.sha256(RECORDING.read_bytes()).hexdigest() == truth["recording_sha256"]
    info = soundfile.info(RECORDING)
    assert info.duration == pytest.approx(truth["duration_s"], abs=0.001)
    assert info.samplerate == truth["sample_rate_hz"]
    assert truth["channels"] == ["interviewer", "candidate"]
    assert info.channels == 2
    assert 180 <= info.duration <= 300


def test_every_turn_is_heard_on_its_own_channel(truth: dict[str, Any]) -> None:
    samples, rate_hz = soundfile.read(RECORDING, dtype="float32")
    for turn in truth["turns"]:
        side = samples[:, truth["channels"].index(turn["speaker"])]
        spoken = side[round(turn["start_s"] * rate_hz) : round(turn["end_s"] * rate_hz)]
        # Speech stands near -20 dBFS, the louder of the two rooms at -62.
        assert np.sqrt(np.mean(np.square(spoken))) > 10 ** (-30 / 20), turn["text"]


BROKEN = {
    "a changed quote": (
        "quote: we don't measure it now",
        "quote: we do measure it now",
        "labels.points[0].quote: the turn does not say 'we do measure it now'",
    ),
    "a misspelt key": (
        "pause_after_s: 3.6",
        "pause_afer_s: 3.6",
        "pause_afer_s: unknown key. Did you mean 'pause_after_s'?",
    ),
    "a misspelt key within a label": (
        "point: career-talk\n          state:",
        "point: career-talk\n          stat:",
        "stat: unknown key. Did you mean 'state'?",
    ),
    "an unknown speaker": ("speaker: candidate", "speaker: chair", "turns[1].speaker"),
    "a person without a voice": (
        "  candidate: {voice: jm_kumo, speed: 1.12}\n",
        "",
        "voices: no voice is given for the candidate",
    ),
    "an overlap with a sentence too many": (
        "after_sentence: 4",
        "after_sentence: 40",
        "overlap.after_sentence: the turn before has only 8 of the 40 sentences",
    ),
    "a backchannel without overlap": (
        "    overlap: {after_sentence: 4, lead_s: 0.3}\n",
        "",
        "overlap: a backchannel, and nothing else, has an overlap",
    ),
    "labels on what answers no question": (
        "    kind: answer\n    question: metrics\n",
        "    kind: answer\n",
        "labels: only what the candidate says under a question has labels",
    ),
}


@pytest.mark.parametrize(("old", "new", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_script_is_refused_with_its_line_and_key(
    old: str, new: str, named: str, tmp_path: Path
) -> None:
    path = tmp_path / "script.yaml"
    text = SCRIPT.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        read_script(path)
    assert named in refused.value.message
    assert f"{path}:" in refused.value.message


@pytest.mark.parametrize("content", [None, b"", b"turns: [", b"\xff\xfe"])
def test_what_is_no_script_at_all_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_script(path)
    assert str(path) in refused.value.message


def test_the_command_leaves_with_the_exit_code_of_the_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "no.yaml"
    code = main(["--script", str(missing), "--output", str(tmp_path / "new")])
    assert code == ExitCode.INPUT
    printed = capsys.readouterr()
    assert str(missing) in printed.err
    assert not printed.out
    assert not (tmp_path / "new").exists()


def test_without_the_voices_the_command_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "kokoro_onnx", None)  # as if it were not installed
    assert main(["--output", str(tmp_path / "new")]) == ExitCode.MODEL
    assert "interview-copilot[voices]" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
