"""The guide a session ran with, from the command line: read, taken out, checked, matched against."""

import json
from pathlib import Path

import pytest

from copilot.errors import ExitCode
from copilot.events import FindingState
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from copilot.store import SessionFolder, SessionStore, open_journal
from copilot.store.guides import KEPT_GUIDE, keep_guide
from tests.builders import guide_data, write_guide, write_yaml
from tests.cli.command import Done, run
from tests.cli.conftest import Replay
from tests.store.records import a_record
from tests.story import Story


def _guide() -> Guide:
    data = guide_data()
    data["questions"][0]["points"][1]["says"] = [
        "We can always go back to the old oven.",
        {"text": "The old oven stays warm for a month, just in case.", "origin": "model:trial"},
    ]
    data["red_flags"].append(
        {"id": "bare", "label": "Said little", "description": "Says little.", "origin": "project"}
    )
    return Guide.model_validate(data)


@pytest.fixture
def session(data: Path) -> SessionFolder:
    """A stored session with its guide, and another version of that among the user's own."""
    write_guide(data.parent / "config" / "knowledge")
    guide = _guide()
    story = Story(guide)
    story.ask("rollout")
    story.say("We tried the oven first.")
    story.find("rollback", FindingState.UNCLEAR)
    folder = SessionStore().create(a_record())
    keep_guide(folder, guide)
    with open_journal(folder) as journal:
        for event in story.events:
            journal.append(event)
    return folder


def _damage(session: SessionFolder) -> None:
    (session.path / KEPT_GUIDE).write_bytes(b"{}\n")


def test_it_is_shown_as_it_was(session: SessionFolder) -> None:
    done = run("sessions", "guide", "last", "--full")

    assert done.code == ExitCode.OK
    assert "- The old oven stays warm for a month, just in case." in done.out
    assert done.err == (
        "The guide baker has changed since; the session goes by the one it ran with.\n"
    )


def test_it_is_taken_out_as_a_guide_that_loads_as_the_same(
    session: SessionFolder, tmp_path: Path
) -> None:
    done = run("sessions", "guide", "last", "--output", tmp_path)

    path = tmp_path / "baker.yaml"
    assert (done.code, done.out) == (ExitCode.OK, f"{path}\n")
    taken = load_guide(str(path))
    assert taken == _guide()
    assert origin_of(taken.questions[0].points[1].says[1]) == "model:trial"
    assert run("knowledge", "check", path).code == ExitCode.OK


@pytest.mark.parametrize("name", ["baker.yaml", "butcher.yaml", "baker.txt"])
def test_taking_it_out_overwrites_nothing_and_names_it_rightly(
    session: SessionFolder, tmp_path: Path, name: str
) -> None:
    (tmp_path / "baker.yaml").write_text("mine")

    done = run("sessions", "guide", "last", "--output", tmp_path / name)

    assert done.code == ExitCode.USAGE
    assert f"Not understood: {tmp_path / name}: " in done.err
    assert (tmp_path / "baker.yaml").read_text() == "mine"


def test_a_session_that_kept_none_shows_no_other(session: SessionFolder) -> None:
    (session.path / KEPT_GUIDE).unlink()

    done = run("sessions", "guide", "last")

    assert (done.code, done.out) == (ExitCode.SESSION, "")
    assert "another version" in done.message


def test_verify_tells_what_became_of_it(session: SessionFolder) -> None:
    assert run("sessions", "verify", "last", "--json").lines[0]["guide"] == "kept"

    _damage(session)
    told = run("sessions", "verify", "last")
    assert told.code == ExitCode.SESSION
    assert "the chain is whole" in told.out
    assert KEPT_GUIDE in told.message
    assert run("sessions", "verify", "last", "--json").lines[0]["guide"] == "damaged"

    (session.path / KEPT_GUIDE).unlink()
    assert run("sessions", "verify", "last", "--json").lines[0]["guide"] == "not kept"


def _asked(done: Done) -> str:
    assert done.code == ExitCode.OK, done.err
    return str(done.lines[0]["messages"][1]["content"])


def test_a_prompt_is_rendered_with_it(session: SessionFolder) -> None:
    changed = guide_data()
    changed["questions"][0]["points"][1]["description"] = "Speaks of tomorrow."
    write_yaml(session.path.parents[2] / "config" / "knowledge" / "baker.yaml", changed)

    done = run("prompts", "render", "judge_points", "--session", "last", "--json")

    assert "Speaks of way back." in _asked(done)
    assert "has changed since" in done.err


def test_a_prompt_is_rendered_without_a_damaged_one(session: SessionFolder) -> None:
    _damage(session)

    done = run("prompts", "render", "judge_points", "--session", "last", "--json")

    assert "Speaks of" not in _asked(done)
    assert "Without the guide, the labels of the session are used." in done.err


def test_reviews_and_reports_do_without_a_damaged_one(session: SessionFolder) -> None:
    _damage(session)

    assert run("report", "last").code == ExitCode.OK
    assert run("sessions", "show", "last").code == ExitCode.OK


def test_an_answer_is_matched_against_it(session: SessionFolder) -> None:
    done = run(
        "match", "--session", "last", "--question", "rollout",
        stdin="The old oven stays warm for a month, just in case.",
    )  # fmt: skip

    [found] = [json.loads(line) for line in done.out.splitlines()]
    assert set(found["flags"]) == {"alone", "blame", "bare"}
    assert found["points"]["rollback"]["state"] == "evidenced"
    assert "has changed since" in done.err


def test_a_session_names_its_own_role(session: SessionFolder) -> None:
    done = run("match", "--session", "last", "--role", "baker", "--question", "rollout")

    assert done.code == ExitCode.USAGE
    assert "--session was given with --role" in done.message


def test_a_replay_stores_it_and_names_the_way_out_of_a_damaged_one(stored: Replay) -> None:
    folder = SessionFolder(stored.folder)
    assert run("sessions", "verify", "last", "--json").lines[0]["guide"] == "kept"
    _damage(folder)

    done = run("replay", folder.path)

    assert done.code == ExitCode.SESSION
    assert "--role director-it-operations" in done.message
