"""SubRip: what a real player's reader makes of it is what was said."""

import re
from pathlib import Path

import av
import pytest
from av.subtitles.subtitle import AssSubtitle
from hypothesis import given

from copilot.events import Channel
from copilot.interview import replay
from copilot.review.forms.srt import to_srt
from tests.interview.strategies import stories
from tests.review.forms.told import HOSTILE, source_of, with_words
from tests.review.story import an_interview
from tests.story import Story

_BLOCK = re.compile(
    r"(?P<number>\d+)\n"
    r"(?P<start>\d{2,}:\d\d:\d\d,\d{3}) --> (?P<end>\d{2,}:\d\d:\d\d,\d{3})\n"
    r"(?P<text>[^\n]+(?:\n[^\n]+)?)\n"
)


def _srt(story: Story, language: str | None = None) -> str:
    source = source_of(story, language)
    return to_srt(source.report, source.word_times)


def _blocks(srt: str) -> list[dict[str, str]]:
    """Every block, by a reader that allows nothing but the form itself."""
    parts = srt.split("\n\n") if srt else []
    parts = [part if part.endswith("\n") else part + "\n" for part in parts]
    found = [_BLOCK.fullmatch(part) for part in parts]
    assert all(found), srt
    blocks = [match.groupdict() for match in found if match is not None]
    assert [int(block["number"]) for block in blocks] == list(range(1, len(blocks) + 1))
    return blocks


def read_by_player(path: Path) -> list[tuple[int, int, str]]:
    """Start and length in milliseconds and text of each cue, as FFmpeg reads it."""
    with av.open(path) as container:
        return [
            (packet.pts or 0, packet.duration or 0, bytes(subtitle.ass).decode())
            for packet in container.demux()
            if packet.size
            for subtitle in packet.decode()
            if isinstance(subtitle, AssSubtitle)
        ]


def test_cues_are_numbered_and_begin_with_who_speaks() -> None:
    assert _srt(an_interview()).startswith(
        "1\n00:00:00,000 --> 00:00:04,000\n"
        "Interviewer: How would\nyou bring in a new oven?\n"
        "\n2\n00:00:05,000 --> 00:00:11,000\n"
    )


def test_a_player_reads_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "transcript.srt"
    story = an_interview()
    path.write_text(_srt(story), encoding="utf-8")

    cues = read_by_player(path)

    assert len(cues) == len(story.interview.utterances)
    assert cues[1][:2] == (5_000, 6_000)
    assert "We had a way back to the old oven." in cues[1][2].replace("\\N", " ")


def test_hours_beyond_a_day_are_told() -> None:
    story = Story()
    story.say("Still here.", start_s=100 * 3600)

    assert "100:00:00,000 --> 100:00:02,000" in _srt(story)


def test_a_french_one_is_french() -> None:
    assert "Candidat : Il" in _srt(_said("Il restait un four."), "fr")


def _said(text: str) -> Story:
    story = Story()
    with_words(story, text, start_s=1, channel=Channel.CANDIDATE)
    return story


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_said_reads_as_markup_or_as_another_cue(said: str, tmp_path: Path) -> None:
    path = tmp_path / "transcript.srt"
    srt = _srt(_said(said))
    path.write_text(srt, encoding="utf-8")

    blocks = _blocks(srt)
    cues = read_by_player(path)

    assert len(cues) == len(blocks)
    shown = "".join(text.replace("\\N", "") for *_, text in cues).replace("\u2060", "")
    for sign in ("<script>", "</v>", "-->", "an8}"):
        assert shown.count(sign) == said.count(sign)
    assert "\x1b" not in srt


@given(events=stories())
def test_any_interview_has_subtitles(events) -> None:
    source = source_of(replay(events))

    _blocks(to_srt(source.report, source.word_times))
