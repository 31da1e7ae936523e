"""What the command line says of the coach reaches the session, and a resumed one keeps it."""

import json
from pathlib import Path

import pytest

from copilot.cli import live, replay, resuming
from copilot.engine.calling import LiveOptions, prepared
from copilot.engine.setup import Consent, SessionSetup
from copilot.errors import ExitCode
from copilot.events import CaptureKind, ConsentDecision
from copilot.store import SessionFolder, SessionRecord, SessionStore, open_journal
from tests.builders import ROOT, session_started, tone, write_guide, write_sound
from tests.cli.command import ROLE, Done, run
from tests.story import Story

LIVE = ("live", "--role", ROLE, "--headless", "--consent", "given")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[LiveOptions]:
    """The calls that would have been held."""
    held: list[LiveOptions] = []

    def hold(options: LiveOptions, consent: Consent | None, *, plain: bool = False) -> int:
        del consent, plain
        held.append(options)
        return ExitCode.OK

    monkeypatch.setattr(live, "run_call", hold)
    monkeypatch.setattr(resuming, "run_call", hold)
    return held


def _setup(options: LiveOptions) -> SessionSetup:
    return prepared(options, Consent(ConsentDecision.DECLINED, "Ada", "May we?"))[0]


def _settings(tmp_path: Path, **chosen: str) -> None:
    path = tmp_path / "config" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(chosen), "utf-8")


def _own_pack(tmp_path: Path, old: str = "id: us\n", new: str = "id: house\n") -> Path:
    folder = tmp_path / "config" / "knowledge" / "off-limits"
    folder.mkdir(parents=True)
    text = (ROOT / "knowledge" / "off-limits" / "us.yaml").read_text("utf-8")
    assert old in text
    path = folder / "house.yaml"
    path.write_text(text.replace("id: us\n", "id: house\n", 1).replace(old, new, 1), "utf-8")
    return path


# -- probes ---------------------------------------------------------------------------------------


def test_the_probes_of_a_plan_reach_the_coach(calls: list[LiveOptions], tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("probes: 5\nquestions: [metrics]\n", "utf-8")

    assert run(*LIVE, "--plan", plan).code == 0

    assert _setup(calls[0]).coach.probes_a_question == 5


def test_without_a_plan_there_are_two(calls: list[LiveOptions]) -> None:
    assert run(*LIVE).code == 0

    assert _setup(calls[0]).coach.probes_a_question == 2


# -- laws -----------------------------------------------------------------------------------------


def test_a_law_that_is_named_applies(calls: list[LiveOptions]) -> None:
    assert run(*LIVE, "--law", "us,fr").code == 0
    assert run(*LIVE, "--law", "none").code == 0

    assert [_setup(call).laws for call in calls] == [("us", "fr"), ()]


def test_the_command_line_wins_over_the_settings_and_they_over_the_language(
    calls: list[LiveOptions], tmp_path: Path
) -> None:
    assert run(*LIVE, "--language", "fr").code == 0
    _settings(tmp_path, law="us, eu")
    assert run(*LIVE).code == 0
    assert run(*LIVE, "--law", "fr").code == 0

    assert [call.laws for call in calls] == [("fr", "eu"), ("us", "eu"), ("fr",)]


def test_a_pack_of_the_users_own_applies(calls: list[LiveOptions], tmp_path: Path) -> None:
    _own_pack(tmp_path)
    assert run(*LIVE).code == 0

    assert calls[0].laws == ("house", "eu", "us")


def test_an_unknown_law_is_refused_before_anything_is_asked(data: Path) -> None:
    done = run("live", "--role", ROLE, "--law", "xx")

    assert done.code == ExitCode.USAGE
    assert "'xx'" in done.message
    assert not data.exists()


def test_a_broken_pack_is_refused_before_anything_is_asked(data: Path, tmp_path: Path) -> None:
    path = _own_pack(tmp_path, "why:", "whi:")

    done = run("live", "--role", ROLE)

    assert done.code == ExitCode.INPUT
    assert f"{path}:12: topics[0].whi" in done.err
    assert not data.exists()


# -- resumed and replayed -------------------------------------------------------------------------


def _interrupted(tmp_path: Path, capture: CaptureKind) -> SessionFolder:
    write_guide(tmp_path / "config" / "knowledge")
    story = Story()
    first = session_started(capture=capture, probes=4, laws=("us", "gone"))
    folder = SessionStore().create(
        SessionRecord(
            id=first.session_id,
            role="baker",
            title="Head Baker",
            language="en",
            source="two devices",
            started_at=first.started_at,
            app_version="0.1.0",
        )
    )
    with open_journal(folder) as journal:
        for event in (first, *story.events[1:]):
            journal.append(event)
    for channel, path in folder.audio_paths().items():
        write_sound(path, tone(1, 440.0 + 100 * (channel == "candidate")))
    return folder


def test_a_resumed_session_keeps_probes_and_laws(
    calls: list[LiveOptions], data: Path, tmp_path: Path
) -> None:
    _interrupted(tmp_path, CaptureKind.CALL)

    done = run("sessions", "resume", "last", "--headless")

    assert done.code == 0, done.err
    assert (calls[0].probes, calls[0].laws) == (4, ("us",))


@pytest.mark.parametrize(
    ("arguments", "laws"), [((), ("us",)), (("--law", "fr"), ("fr",))], ids=["kept", "named"]
)
def test_a_session_that_is_replayed_keeps_them_too(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    laws: tuple[str, ...],
) -> None:
    folder = _interrupted(tmp_path, CaptureKind.RECORDING)
    setups: list[SessionSetup] = []
    monkeypatch.setattr(replay, "run_headless", lambda setup, *_, **__: setups.append(setup))

    done: Done = run("replay", folder.path, *arguments)

    assert done.code == 0, done.err
    assert (setups[0].coach.probes_a_question, setups[0].laws) == (4, laws)
