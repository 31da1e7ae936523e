"""WebVTT by a strict reader of its grammar, and by FFmpeg's."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given

from copilot.events import Channel, GapCause
from copilot.events.capture import AudioGap
from copilot.interview import replay
from copilot.review.forms.webvtt import to_webvtt
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from tests.interview.strategies import stories
from tests.review.forms.test_srt import read_by_player
from tests.review.forms.told import HOSTILE, source_of, with_words
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story


@dataclass(frozen=True)
class _Read:
    name: str
    start_ms: int
    end_ms: int
    classes: list[str]
    speaker: str
    text: str


_TIMING = re.compile(r"(\d{2,}):(\d\d):(\d\d)\.(\d{3}) --> (\d{2,}):(\d\d):(\d\d)\.(\d{3})")
_VOICE = re.compile(r"<v((?:\.[a-z]+)*) ([^<>\n]+)>([^<>]*)</v>")


def _read(vtt: str) -> tuple[list[_Read], list[str]]:
    """The cues and the notes; anything that the grammar does not allow fails."""
    head, *blocks = vtt.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    cues, notes = [], []
    for block in blocks:
        if block.startswith("NOTE "):
            assert "-->" not in block
            notes.append(html.unescape(block.removeprefix("NOTE ")))
            continue
        name, timing, payload = block.split("\n", 2)
        assert "-->" not in name + payload
        match, voice = _TIMING.fullmatch(timing), _VOICE.fullmatch(payload)
        assert match is not None
        assert voice is not None
        assert not re.search(r"&(?!amp;|lt;|gt;)", payload)
        h, m, s, ms, h2, m2, s2, ms2 = map(int, match.groups())
        start, end = ((h * 60 + m) * 60 + s) * 1000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2
        assert start < end
        classes, speaker, text = voice.groups()
        cues.append(_Read(name, start, end, classes.split(".")[1:], speaker, html.unescape(text)))
    assert [cue.start_ms for cue in cues] == sorted(cue.start_ms for cue in cues)
    assert len({cue.name for cue in cues}) == len(cues)
    return cues, notes


def _vtt(story: Story, language: str | None = None) -> str:
    source = source_of(story, language)
    return to_webvtt(source.report, source.word_times)


def test_each_cue_names_its_utterance_and_its_voice() -> None:
    cues, notes = _read(_vtt(an_interview()))

    assert notes == ["Transcript: Head Baker"]
    assert cues[0] == _Read("u1", 0, 4_000, [], "Interviewer", "How would you bring in a new oven?")
    assert cues[1].speaker == "Candidate"


def test_an_utterance_of_several_cues_numbers_them() -> None:
    story = Story()
    with_words(story, "We kept the old oven beside the new one for a month. " * 4, start_s=0)

    cues, _ = _read(_vtt(story))

    assert [cue.name for cue in cues] == [f"u1-{n}" for n in range(1, len(cues) + 1)]
    assert len(cues) > 1


def test_what_is_doubtful_or_corrected_has_a_class(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))
    folder = keep(an_interview().events)
    with Review(folder, by="ada") as review:
        review.correct("u2", "We never had a way back.")
    source = source_of(read_reviewed(folder))

    cues, _ = _read(to_webvtt(source.report, source.word_times))

    assert {cue.name: cue.classes for cue in cues if cue.classes} == {
        "u2": ["corrected"],
        "u4": ["doubtful"],
    }


def test_what_was_off_the_record_is_a_note_where_it_was() -> None:
    story = Story()
    story.say("Before.", start_s=1)
    story.tell(AudioGap, at_s=20, channel=None, start_s=5, end_s=15, cause=GapCause.OFF_RECORD)
    story.say("After.", start_s=20)
    vtt = _vtt(story)

    assert vtt.index("Before.") < vtt.index("NOTE 0:05-0:15 Not heard: both sides (off the record)")
    assert vtt.index("NOTE 0:05") < vtt.index("After.")
    _read(vtt)


def test_a_player_reads_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "transcript.vtt"
    story = an_interview()
    path.write_text(_vtt(story), encoding="utf-8")

    cues = read_by_player(path)

    assert len(cues) == len(story.interview.utterances)
    assert cues[1][:2] == (5_000, 6_000)
    assert "We had a way back to the old oven." in cues[1][2].replace("\\N", " ")


def test_a_french_one_is_french() -> None:
    cues, notes = _read(_vtt(an_interview(), "fr"))

    assert notes == ["Transcription : Head Baker"]
    assert {cue.speaker for cue in cues} == {"Intervieweur", "Candidat"}


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_said_reads_as_markup_or_as_another_cue(said: str) -> None:
    story = Story()
    with_words(story, said, start_s=1, channel=Channel.CANDIDATE)

    cues, _ = _read(_vtt(story))

    shown = "".join(cue.text for cue in cues).replace("\n", "").replace(" ", "")
    said_plainly = "".join(c for c in said if c.isprintable()).replace(" ", "")
    assert shown == said_plainly.replace("\u202e", "")
    assert {cue.speaker for cue in cues} == {"Candidate"}


@given(events=stories())
def test_any_interview_has_subtitles(events) -> None:
    source = source_of(replay(events))

    _read(to_webvtt(source.report, source.word_times))
