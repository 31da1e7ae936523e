"""``recap``: quotes without a model, prose with one, and no text sent that should not be."""

import json
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

from copilot.errors import ExitCode
from copilot.review.reading import read_reviewed
from copilot.settings import change_settings
from copilot.store.exports import known_exports
from tests.cli.command import run
from tests.llm.scripted_server import Refuses, Says, ScriptedServer, playing
from tests.review.recap.talk import rated, says
from tests.review.stored import keep
from tests.review.story import an_interview

OVENS = ("The team baked on both ovens for two weeks.", ["u2"])
INVENTED = ("The team baked on both ovens for nine weeks.", ["u2"])
WASTE = ("The candidate looks at the waste every Friday.", ["u6"])


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer()) as running:
        assert run("llm", "add", "toy", "--url", running.url, "--model", "toy").code == 0
        yield running


def test_without_a_model_it_tells_what_was_heard_in_quotes() -> None:
    folder = keep(an_interview().events)
    done = run("recap", "last", "--before-rating")

    assert (done.code, done.err) == (0, "")
    assert "“a way back to the old oven” (0:05; u2)" in done.out
    lifted = read_reviewed(folder).lifted
    assert [(each.question, each.why) for each in lifted] == [(None, "report")]


def test_what_nobody_has_rated_is_left_out_and_how_to_see_it_is_said() -> None:
    folder = keep(an_interview().events)
    done = run("recap", "last")

    assert done.code == 0
    assert "a way back" not in done.out
    assert "until you have rated the answer" in done.out
    assert f"interview-copilot review {folder.id}" in done.err
    assert not folder.review_path.exists()


def test_it_can_be_had_in_french_as_data_and_in_a_private_file(tmp_path: Path) -> None:
    folder = keep(an_interview().events)
    run("recap", "last", "--before-rating")

    assert "## Chronologie" in run("recap", "last", "--lang", "fr").out
    data = json.loads(run("recap", "last", "--json").out)
    assert data["questions"][0]["evidenced"][0]["quote"]["quote"] == "a way back to the old oven"
    target = tmp_path / "recap.md"
    assert run("recap", "last", "--output", str(target)).code == 0
    assert S_IMODE(target.stat().st_mode) == 0o600
    assert [(each.path, each.kind) for each in known_exports(folder.path)] == [
        (str(target), "recap")
    ]


def test_a_model_on_this_machine_writes_of_rated_answers_once(server: ScriptedServer) -> None:
    rated("rollout")
    server.plays(says("rollout", OVENS, INVENTED))
    first = run("recap", "last", "--llm", "toy")

    assert first.code == 0, first.err
    assert f"- {OVENS[0]} (u2)" in first.out
    assert INVENTED[0] not in first.out
    assert "2 sentences proposed, 1 stand in what was said." in first.err
    assert "toy-1, prompt recap (" in first.out

    again = run("recap", "last", "--llm", "toy")
    assert again.out == first.out
    assert len(server.asked) == 1
    assert OVENS[0] in run("recap", "last", "--no-llm").out


def test_answers_rated_later_are_added_and_redo_begins_anew(server: ScriptedServer) -> None:
    folder = rated("rollout")
    server.plays(says("rollout", OVENS))
    run("recap", "last", "--llm", "toy")
    run("recap", "last", "--no-llm", "--before-rating")
    server.plays(says("metrics", WASTE))
    both = run("recap", "last", "--llm", "toy")

    assert OVENS[0] in both.out
    assert WASTE[0] in both.out
    assert len(server.asked) == 2

    server.plays(says("rollout", INVENTED), says("metrics", WASTE))
    redone = run("recap", "last", "--llm", "toy", "--redo")
    assert OVENS[0] not in redone.out
    assert read_reviewed(folder).recaps["en"].unread == ("rollout",)
    assert "gave nothing usable for this answer" in redone.out


def test_text_goes_to_another_machine_only_where_that_was_said() -> None:
    folder = rated("rollout")
    run("llm", "add", "far", "--url", "https://llm.example", "--model", "large")
    done = run("recap", "last", "--llm", "far")

    assert done.code == ExitCode.USAGE
    assert "text → llm.example: 1 answer as text" in done.err
    assert "was not told of llm.example" in done.err
    assert "--send-to llm.example" in done.err
    assert "ovens" not in done.err
    assert read_reviewed(folder).recaps == {}


def test_an_endpoint_that_fails_leaves_the_quotes(server: ScriptedServer) -> None:
    rated("rollout", "metrics")
    server.plays(says("rollout", OVENS))
    server.always = Refuses(401)
    done = run("recap", "last", "--llm", "toy")

    assert done.code == ExitCode.MODEL
    assert OVENS[0] in done.out
    assert "## Timeline" in done.out
    assert "The quotes are whole all the same." in done.err

    server.always = says("metrics", WASTE)
    assert WASTE[0] in run("recap", "last", "--llm", "toy").out


def test_a_redo_that_fails_leaves_the_recap_that_was_there(server: ScriptedServer) -> None:
    rated("rollout", "metrics")
    server.plays(says("rollout", OVENS), says("metrics", WASTE))
    run("recap", "last", "--llm", "toy")
    server.plays(says("rollout", INVENTED))
    server.always = Refuses(401)
    done = run("recap", "last", "--llm", "toy", "--redo")

    assert done.code == ExitCode.MODEL
    assert "the recap that was there stands" in done.err
    assert OVENS[0] in done.out
    assert WASTE[0] in done.out


def test_stopping_it_keeps_what_was_done(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = rated("rollout", "metrics")
    server.plays(says("rollout", OVENS))
    server.always = Says("never read")

    def stop(self: object, progress: object) -> None:
        if getattr(progress, "done", 0) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("copilot.cli.recap_writing._Told.__call__", stop)
    done = run("recap", "last", "--llm", "toy")

    assert done.code == ExitCode.INTERRUPTED
    recap = read_reviewed(folder).recaps["en"]
    assert [part.question for part in recap.parts] == ["rollout"]
    assert recap.unread == ("metrics",)


def test_settings_that_hide_nothing_are_kept_in_the_review() -> None:
    folder = keep(an_interview().events)
    change_settings(blind="off")
    done = run("recap", "last")

    assert "a way back to the old oven" in done.out
    assert [each.why for each in read_reviewed(folder).lifted] == ["setting"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere"),
        (["last", "--llm", "none"], "'none'"),
        (["last", "--no-llm", "--redo"], "--no-llm"),
        (["last", "--redo"], "no language model is in use"),
        (["last", "--lang", "de"], "'de'"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], told: str) -> None:
    rated("rollout")
    done = run("recap", *arguments)

    assert done.code != 0
    assert told in done.err
    assert "Traceback" not in done.err
