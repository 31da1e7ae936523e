"""A candidate is given all that is held about them, in words they can read."""

import dataclasses
import html
import json
import re
import stat
from pathlib import Path

import pytest

from copilot.errors import StorageError, UsageError
from copilot.events import (
    Channel,
    NoteTaken,
    QuestionRated,
    ReviewOpened,
    SessionStarted,
    SpeakerCorrected,
    TextCorrected,
)
from copilot.interview import replay
from copilot.review.for_candidate import Held, Keeping, held_about, write_for_candidate
from copilot.review.for_candidate.page import page_of
from copilot.review.for_candidate.transcript import transcript_of
from copilot.review.reviewed import Reviewed, reviewed
from tests.review.story import an_interview

_NOTE = "Calm & <precise>, would ask again"


def _state() -> Reviewed:
    return reviewed(
        replay(an_interview().events),
        [
            ReviewOpened(
                seq=1, at_s=200, session_id="s", by="Ada", opened_at="2026-03-03T09:00:00+00:00",
                app_version="0.1.0", journal_events=1, journal_head="0",
            ),
            NoteTaken(seq=2, at_s=200, id="n1", text=_NOTE, moment_s=20.0),
            QuestionRated(seq=3, at_s=200, question="rollout", rating=3, reason="a clear way back"),
            TextCorrected(seq=4, at_s=200, utterance_id="u4", text="Muffins, muffins."),
            SpeakerCorrected(seq=5, at_s=200, utterance_id="u5", channel=Channel.INTERVIEWER),
        ],
    )  # fmt: skip


def _held(*, with_notes: bool = True, **keeping: object) -> Held:
    kept = Keeping(**keeping)  # type: ignore[arg-type]
    return held_about(
        _state(), keeping=kept, alias="C-17", recordings=("candidate.wav",), with_notes=with_notes
    )


def _shown(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_everything_held_is_on_the_page() -> None:
    state, held = _state(), _held(until="2026-09-01", on_hold=True)
    shown = _shown(page_of(held))

    for said in state.interview.utterances:
        assert state.text_of(said) in shown
    for part in (
        _NOTE,
        "C-17",
        "3 of 4",
        "a clear way back",
        "Ada, 2026-03-03",
        "heard: “Mumble mumble.”",
        "2026-09-01",
        "on hold",
        "a way back to the old oven",
        "worth a second look",
        "candidate.wav",
        "stayed on the interviewer's machine",
    ):
        assert part in shown, part


def test_nothing_in_it_is_code_or_leads_elsewhere() -> None:
    page = page_of(_held())

    assert "<precise>" not in page
    assert "http" not in page
    assert "<script" not in page
    assert "src=" not in page


def test_the_transcript_holds_every_word_of_both_sides() -> None:
    text = transcript_of(_held())

    assert "[0:05] candidate: We had a way back to the old oven.\n" in text
    assert "interviewer: How would you bring in a new oven?" in text
    assert "Muffins, muffins. (doubtful; heard: “Mumble mumble.”)" in text
    assert "interviewer: In the end I did it all by myself. (heard as the candidate's)" in text


def test_what_is_withheld_is_not_there_and_told() -> None:
    held = _held(with_notes=False)
    shown = _shown(page_of(held))

    assert held.withheld == ("notes", "ratings")
    assert (held.notes, held.ratings, held.recommendation) == ((), (), None)
    assert _NOTE not in shown
    assert "a clear way back" not in shown
    assert "notes are held and were withheld" in shown
    assert "Ratings are held and were withheld" in shown


def test_where_nothing_is_held_nothing_is_said_to_be_withheld() -> None:
    state = Reviewed(replay(an_interview().events))

    assert held_about(state, keeping=Keeping(), with_notes=False).withheld == ()


def test_it_speaks_the_language_of_the_interview() -> None:
    started, *rest = an_interview().events
    assert isinstance(started, SessionStarted)
    events = [dataclasses.replace(started, language="fr"), *rest]

    held = held_about(Reviewed(replay(events)), keeping=Keeping())

    assert '<html lang="fr">' in page_of(held)
    assert "Ce qui est conservé à votre sujet" in page_of(held)
    assert "candidat: We had a way back" in transcript_of(held)


def test_the_folder_is_private_and_its_data_are_json(tmp_path: Path) -> None:
    sound = tmp_path / "candidate.wav"
    sound.write_bytes(b"RIFF")
    path = tmp_path / "for-them"

    write_for_candidate(_held(), path, (sound,))

    assert {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.iterdir()} == {
        "about-you.html": 0o600, "transcript.txt": 0o600, "data.json": 0o600,
        "candidate.wav": 0o600,
    }  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    data = json.loads((path / "data.json").read_bytes())
    assert data["ratings"] == [
        {"about": data["ratings"][0]["about"], "rating": 3, "unrated": None,
         "reason": "a clear way back", "earlier": 0, "after_findings": False},
    ]  # fmt: skip
    assert data["utterances"][3]["heard"] == "Mumble mumble."
    assert "The recordings are here too: candidate.wav" in (path / "about-you.html").read_text()


def test_nothing_is_overwritten_and_nothing_left_half_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="already"):
        write_for_candidate(_held(), tmp_path)
    with pytest.raises(StorageError, match="missing"):
        write_for_candidate(_held(), tmp_path / "missing" / "folder")
    with pytest.raises(StorageError):
        write_for_candidate(_held(), tmp_path / "them", (tmp_path / "no-recording.wav",))

    assert list(tmp_path.iterdir()) == []
