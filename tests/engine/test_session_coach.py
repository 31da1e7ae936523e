"""The coach of a session: its rules are journalled, and a broken pack stops it before it begins."""

from pathlib import Path
from typing import Any

import pytest

from copilot.audio.recording import RecordingSource
from copilot.coach import CoachPolicy
from copilot.engine.coaching import local_coach
from copilot.engine.off_limits import OffLimits
from copilot.engine.session import Session
from copilot.errors import ExitCode, GuideError, UsageError
from copilot.events import SessionStarted, SuggestionKind
from copilot.knowledge.guide import Guide
from copilot.paths import shipped_knowledge
from copilot.store import SessionStore
from tests.builders import GUIDE, noise, write_sound
from tests.coach.talk import ANSWER, Talk
from tests.engine.parts import Noting, a_setup


@pytest.fixture
def unheard(tmp_path: Path) -> Path:
    """A second in which nobody speaks."""
    return write_sound(tmp_path / "unheard.wav", noise(1, seed=1), noise(1, seed=2))


def _started(unheard: Path, **setup: Any) -> SessionStarted:
    heard = Noting()
    Session(a_setup(**setup), RecordingSource.from_file(unheard), [heard]).run()
    started = heard.events[0]
    assert isinstance(started, SessionStarted)
    return started


def test_probes_and_laws_are_journalled(director: Guide, unheard: Path) -> None:
    coach = CoachPolicy(probes_a_question=4)
    started = _started(unheard, guide=director, coach=coach, laws=("us",))

    assert (started.probes, started.laws) == (4, ("us",))
    assert {topic.packs for topic in started.topics} == {("us",)}
    assert "military" in {topic.id for topic in started.topics}


def test_where_nobody_names_a_law_the_language_does(director: Guide, unheard: Path) -> None:
    started = _started(unheard, guide=director)

    assert (started.probes, started.laws) == (2, ("eu", "us"))


def test_a_broken_pack_of_the_users_own_stops_it_before_anything_is_created(
    director: Guide, unheard: Path, tmp_path: Path
) -> None:
    own = tmp_path / "config" / "knowledge" / "off-limits"
    own.mkdir(parents=True)
    text = (shipped_knowledge() / "off-limits" / "us.yaml").read_text("utf-8")
    (own / "us.yaml").write_text(text.replace("why:", "whi:", 1), "utf-8")
    store = SessionStore(tmp_path / "sessions")

    with pytest.raises(GuideError, match=rf"{own / 'us.yaml'}:\d+") as caught:
        Session(a_setup(director, store=store), RecordingSource.from_file(unheard))

    assert caught.value.exit_code is ExitCode.INPUT
    assert not store.root.exists()


def test_an_unknown_law_stops_it_too(director: Guide, unheard: Path) -> None:
    with pytest.raises(UsageError, match="'xx'"):
        Session(a_setup(director, laws=("xx",)), RecordingSource.from_file(unheard))


def test_the_coach_of_a_session_has_claims_the_gate_and_keeps_what_is_protected() -> None:
    talk = Talk(GUIDE)
    talk.coach = local_coach(GUIDE, CoachPolicy(), OffLimits("en", ()))
    talk.ask("rollout", at_s=10)
    talk.say(ANSWER)
    talk.settle("pilot", "rollback", "training")
    talk.say("We made the whole bakery a lot faster, and the complaints went down.")

    assert talk.suggested().kind is SuggestionKind.FIGURE
