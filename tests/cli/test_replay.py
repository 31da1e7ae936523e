"""``replay``: one JSON object a line, every event by the schema, the summary at the end; and taking a session up."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from copilot.events import ChannelsSwapped, Event, event_from_json
from copilot.interview import replay as replay_events
from copilot.review.summarising import summarise
from copilot.review.summary import Summary, summary_to_json
from copilot.store import SessionFolder, open_journal
from tests.builders import ROOT, noise, write_guide, write_sound
from tests.cli.command import ROLE, run
from tests.cli.conftest import Replay

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "events.schema.json").read_text("utf-8"))


def _events(lines: list[dict[str, Any]]) -> list[Event]:
    return [event_from_json(json.dumps(line)) for line in lines]


def test_it_prints_events_then_the_end_then_the_summary(replayed: Replay) -> None:
    types = [line["type"] for line in replayed.done.lines]

    assert types[:2] == ["session_started", "consent_recorded"]
    assert types[-2:] == ["session_ended", "summary"]
    assert types.count("session_ended") == types.count("summary") == 1
    assert {"utterance_heard", "question_asked", "finding_made", "suggestion_offered"} <= set(types)


def test_stdout_holds_nothing_else_and_stderr_says_where_it_is_stored(replayed: Replay) -> None:
    assert all(isinstance(line, dict) for line in replayed.done.lines)
    assert replayed.done.err == f"Stored as {replayed.id} in {replayed.folder}\n"


def test_every_event_has_exactly_the_fields_of_the_schema(replayed: Replay) -> None:
    for line in replayed.done.lines[:-1]:
        name = SCHEMA["discriminator"]["mapping"][line["type"]].rpartition("/")[2]
        shape = SCHEMA["$defs"][name]
        assert set(shape["required"]) <= set(line) <= set(shape["properties"])
        assert shape["additionalProperties"] is False
        for key, value in line.items():
            if "const" in shape["properties"][key]:
                assert value == shape["properties"][key]["const"]


def test_every_event_and_the_summary_can_be_read_back(replayed: Replay) -> None:
    *events, summary = replayed.done.lines

    interview = replay_events(_events(events))

    assert json.loads(summary_to_json(summarise(interview))) == summary
    assert TypeAdapter(Summary).validate_python(summary).ended == "finished"


def test_quotes_stand_in_what_the_candidate_said(replayed: Replay) -> None:
    *events, summary = replayed.done.lines
    texts = {
        line["utterance"]["id"]: line["utterance"]["text"]
        for line in events
        if line["type"] == "utterance_heard" and line["utterance"]["channel"] == "candidate"
    }
    quotes = [
        evidence
        for question in summary["questions"]
        for point in question["points"]
        for evidence in point["evidence"]
    ]

    assert quotes
    for evidence in quotes:
        assert evidence["quote"] in " ".join(texts[uid] for uid in evidence["utterance_ids"])
        assert 0 <= evidence["start_s"] <= evidence["end_s"] <= summary["duration_s"]


def test_the_plan_is_what_was_chosen(replayed: Replay) -> None:
    planned = [question["id"] for question in replayed.done.lines[0]["plan"]]

    assert planned == ["underperformance", "metrics"]


def test_without_json_it_prints_lines_for_people(unheard: Path) -> None:
    done = run("replay", unheard, "--role", ROLE, "--model", "tiny.en")

    assert (done.code, done.out, done.err) == (0, "", "")


def test_nothing_is_stored_unless_asked_for(unheard: Path, data: Path) -> None:
    done = run("replay", unheard, "--role", ROLE, "--model", "tiny.en", "--json")

    assert done.code == 0
    assert [line["type"] for line in done.lines] == [
        "session_started", "consent_recorded", "session_ended", "summary",
    ]  # fmt: skip
    assert done.lines[1]["decision"] == "not_needed"
    assert not data.exists()


@pytest.mark.parametrize("speed", ["900", "max"])
def test_a_file_a_side_will_do_of_any_rate_and_length(tmp_path: Path, speed: str) -> None:
    asks = write_sound(tmp_path / "asks.flac", noise(2, seed=1), rate_hz=44_100)
    answers = write_sound(tmp_path / "answers.ogg", noise(3, seed=2), rate_hz=8_000)

    done = run(
        *("replay", "--interviewer", asks, "--candidate", answers),
        *("--role", ROLE, "--model", "tiny.en", "--json", "--speed", speed),
    )

    assert done.code == 0, done.err
    assert done.lines[0]["source"] == "recording asks.flac + answers.ogg"
    assert done.lines[-1]["duration_s"] == pytest.approx(6.0, abs=0.01)  # 3 s at 16 kHz read as 8


def test_a_guide_can_be_named_by_its_file(tmp_path: Path, unheard: Path) -> None:
    guide = write_guide(tmp_path / "own")

    done = run("replay", unheard, "--role", guide, "--model", "tiny.en", "--json")

    assert done.code == 0, done.err
    assert done.lines[0]["guide"]["title"] == "Head Baker"


# -- an earlier session ---------------------------------------------------------------------------


@pytest.fixture
def short(stored: Replay) -> Path:
    """The stored session with sound in which nobody speaks, so that it is heard quickly."""
    for index, side in enumerate(("interviewer", "candidate")):
        write_sound(stored.folder / f"{side}.wav", noise(1, seed=index))
    return stored.folder


def test_an_earlier_session_is_heard_again_with_its_guide_and_plan(short: Path) -> None:
    done = run("replay", short, "--model", "tiny.en", "--json")

    assert done.code == 0, done.err
    first = done.lines[0]
    assert first["guide"]["role"] == ROLE
    assert [question["id"] for question in first["plan"]] == ["underperformance", "metrics"]
    assert first["source"] == "recording interviewer.wav + candidate.wav"
    assert first["session_id"] != short.name


def test_another_plan_or_role_can_be_chosen_for_it(short: Path) -> None:
    again = run("replay", short, "--model", "tiny.en", "--json", "--questions", "metrics")
    other = run("replay", short, "--model", "tiny.en", "--json", "--role", "operations-manager")

    assert [question["id"] for question in again.lines[0]["plan"]] == ["metrics"]
    assert other.lines[0]["guide"]["role"] == "operations-manager"


def test_naming_the_same_guide_by_its_file_keeps_the_plan(short: Path) -> None:
    path = ROOT / "knowledge" / f"{ROLE}.yaml"

    done = run("replay", short, "--model", "tiny.en", "--json", "--role", path)

    assert [question["id"] for question in done.lines[0]["plan"]] == ["underperformance", "metrics"]


def test_hearing_a_session_again_leaves_it_as_it_was(short: Path) -> None:
    before = {path: path.read_bytes() for path in short.iterdir() if path.is_file()}

    run("replay", short, "--model", "tiny.en", "--json")

    assert {path: path.read_bytes() for path in short.iterdir() if path.is_file()} == before


def test_a_session_kept_without_sound_can_be_shown_but_not_heard(stored: Replay) -> None:
    (stored.folder / "candidate.wav").unlink()

    done = run("replay", stored.folder, "--json")

    assert (done.code, done.out) == (4, "")
    assert "candidate.wav" in done.message
    assert f"sessions show {stored.id}" in done.message


def test_a_folder_that_is_no_session(tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()

    done = run("replay", tmp_path / "holiday", "--json")

    assert (done.code, done.out) == (4, "")
    assert "session.json" in done.message


def test_a_session_whose_journal_was_changed(stored: Replay) -> None:
    journal = stored.folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Head of", b"Queen of", 1)[:-200])

    done = run("replay", stored.folder, "--json")

    assert (done.code, done.out) == (4, "")
    assert "journal.jsonl" in done.message


def test_a_copied_folder_is_heard_like_the_stored_one(short: Path, tmp_path: Path) -> None:
    shutil.copytree(short, tmp_path / "elsewhere")

    done = run("replay", tmp_path / "elsewhere", "--model", "tiny.en", "--json")

    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("swaps", "source"),
    [
        (1, "recording candidate.wav + interviewer.wav"),
        (2, "recording interviewer.wav + candidate.wav"),
    ],
)
def test_an_interrupted_session_whose_sides_were_exchanged_is_heard_the_right_way_round(
    short: Path, swaps: int, source: str
) -> None:
    """Only a clean end puts its recordings the right way round."""
    folder = SessionFolder(short)
    events = folder.read_journal().events[:2]
    folder.journal_path.unlink()
    with open_journal(folder) as journal:
        for event in events:
            journal.append(event)
        for number in range(swaps):
            journal.append(ChannelsSwapped(seq=3 + number, at_s=1.0))
    folder.write_record(folder.record().model_copy(update={"ended": None}))

    done = run("replay", short, "--model", "tiny.en", "--json")

    assert done.code == 0, done.err
    assert done.lines[0]["source"] == source
