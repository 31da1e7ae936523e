"""The real matcher, recogniser and transcriber on the guide of the demo, loaded once."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from copilot.coach import CoachPolicy
from copilot.engine.session import Session
from copilot.events import Event
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import E5Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.shipped import guide_embedder
from copilot.speech.transcriber import Transcriber
from copilot.speech.whisper import WhisperTranscriber
from tests.engine.hall import TURNS, Hall
from tests.engine.parts import PLAN, Parts, RememberingTranscriber, Talk
from tests.matching.parts import RememberingEmbedder

Talks = Callable[..., Talk]


@pytest.fixture(scope="session")
def director() -> Guide:
    return load_guide("director-it-operations")


@pytest.fixture(scope="session")
def parts(director: Guide) -> Parts:
    """Matcher and recogniser; both read an answer or turn anew for each talk."""
    real = E5Embedder(threads=2)
    embedder, own = RememberingEmbedder(real), guide_embedder(real)
    return (
        director,
        Matcher(director, embedder, guide_embedder=own),
        QuestionRecogniser(director, PLAN, embedder, guide_embedder=own),
    )


@pytest.fixture
def talks(parts: Parts) -> Talks:
    """Makes a talk that has just begun."""

    def begin(policy: CoachPolicy | None = None, earlier: Sequence[Event] = ()) -> Talk:
        return Talk(*parts, policy, earlier)

    return begin


@pytest.fixture
def talk(talks: Talks) -> Talk:
    return talks()


@pytest.fixture(scope="session")
def whisper(tiny: WhisperTranscriber) -> RememberingTranscriber:
    return RememberingTranscriber(tiny)


@pytest.fixture
def hall(parts: Parts, whisper: Transcriber) -> Callable[..., Hall]:
    """Makes a runner that is ready to go."""

    def build(transcriber: Transcriber | None = None, **around: Any) -> Hall:
        return Hall(parts, lambda: transcriber or whisper, **around)

    return build


@pytest.fixture(scope="session")
def texts(parts: Parts, whisper: Transcriber) -> list[str]:
    """What the three turns say when nothing goes wrong."""
    hall = Hall(parts, lambda: whisper)
    hall.runner.run_lockstep()
    assert len(hall.texts()) == TURNS
    return hall.texts()


@pytest.fixture
def quick_sessions(whisper: RememberingTranscriber, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions do not load the recogniser each, but use the one there is."""
    monkeypatch.setattr(Session, "_transcriber", lambda _: whisper)
