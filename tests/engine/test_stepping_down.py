"""Far behind, a faster transcriber takes over if the user allows one, and hands back by itself."""

import dataclasses
from collections.abc import Sequence

from copilot.audio import Waveform
from copilot.engine.stepping_down import StepDown, Stepped
from copilot.engine.transcribing import Texts, Transcribing
from copilot.errors import ModelError
from copilot.speech.hearing import Heard
from copilot.speech.streaming import StreamingPolicy
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.voice import VOICE_MODEL
from tests.engine.parts import CANDIDATE, INTERVIEWER, stretch, transcription

MISSING = ModelError("the faster model is missing.", "Fetch it.")


class Signing:
    """Says who it is of everything."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.model = dataclasses.replace(VOICE_MODEL, name=name)

    def transcribe(self, samples: Waveform, **_: object) -> Transcription:
        return transcription(self.name)

    draft = transcribe


USUAL, FASTER = Signing("usual"), Signing("faster")


class Shelf:
    """Where the faster one is taken from."""

    def __init__(self) -> None:
        self.taken = 0

    def __call__(self) -> Transcriber:
        self.taken += 1
        return FASTER


def chosen(behind_s: Sequence[float], make: Shelf | None = None) -> list[str]:
    """Who transcribes, stretch by stretch, where the text is so far behind."""
    step = StepDown(make or Shelf(), lambda _: None)
    who = [step.choose(USUAL, seconds) for seconds in behind_s]
    return ["usual" if one is USUAL else "faster" for one in who]


# -- the choice -----------------------------------------------------------------------------------


def test_a_little_behind_is_no_reason_and_the_faster_one_is_not_even_loaded() -> None:
    shelf = Shelf()
    assert chosen([0, 1, 5.9, 3, 0], shelf) == ["usual"] * 5
    assert shelf.taken == 0


def test_far_behind_the_faster_one_takes_over_until_it_has_caught_up_for_a_while() -> None:
    shelf = Shelf()
    who = chosen([1, 7, 5, 2, 1, 1, 1, 1, 3], shelf)
    assert who == ["usual", *["faster"] * 5, "usual", "usual", "usual"]
    assert shelf.taken == 1


def test_once_caught_up_and_behind_again_begins_to_count_anew() -> None:
    assert chosen([7, 1, 1, 2, 1, 1, 1]) == ["faster"] * 6 + ["usual"]
    assert chosen([7, 1, 1, 7, 1, 1, 1]) == ["faster"] * 6 + ["usual"]


def test_it_can_step_down_more_than_once_and_loads_once() -> None:
    shelf = Shelf()
    assert chosen([7, 1, 1, 1, 7], shelf) == ["faster"] * 3 + ["usual", "faster"]
    assert shelf.taken == 1


def test_it_tells_when_another_one_takes_over_and_why() -> None:
    told: list[Stepped] = []
    step = StepDown(Shelf(), told.append)
    for behind_s in (0, 7.04, 8, 1, 1, 1.26, 0):
        step.choose(USUAL, behind_s)
    assert told == [Stepped(FASTER.model, 7.0), Stepped(USUAL.model, 1.3)]


# -- at work --------------------------------------------------------------------------------------


def overloaded(work: Transcribing) -> list[str]:
    """Who transcribed a backlog, and after it stretches that came in time."""
    texts: list[Texts] = []
    work.end()  # one worker, which comes back when nothing is left
    backlog = [stretch((INTERVIEWER, CANDIDATE)[n % 2], 2.0 * n, 1) for n in range(6)]
    work.hear(Heard(20.0, tuple(backlog), frozenset(), {}))
    work.work(texts.append)
    for at_s in (21.0, 23.0, 25.0, 27.0):
        work.hear(Heard(at_s + 1.5, (stretch(CANDIDATE, at_s, 1),), frozenset(), {}))
        work.work(texts.append)
    return [text.text for one in texts for _, text in one.said]


def worker(lesser: Shelf | None, *, persistent: bool = False) -> Transcribing:
    return Transcribing(
        lambda: USUAL,
        "en",
        persistent=persistent,
        policy=StreamingPolicy(drafts=False),
        lesser=lesser,
    )


def test_a_backlog_is_worked_off_by_the_faster_one_and_then_the_usual_one_is_back() -> None:
    shelf = Shelf()
    assert overloaded(worker(shelf)) == ["faster"] * 8 + ["usual"] * 2
    assert shelf.taken == 1


def test_where_no_faster_one_is_allowed_the_usual_one_works_it_off() -> None:
    assert overloaded(worker(None)) == ["usual"] * 10


class EmptyShelf(Shelf):
    """There is no faster one."""

    def __call__(self) -> Transcriber:
        raise MISSING


def test_a_faster_one_that_cannot_be_loaded_costs_no_text() -> None:
    work = worker(EmptyShelf(), persistent=True)
    work.prepare()
    work.stop_trying()

    assert overloaded(work) == ["usual"] * 10
