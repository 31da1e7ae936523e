"""The workers: finals in order, nothing lost on the way, and a transcriber made anew."""

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.engine import transcribing
from copilot.engine.transcribing import WORKERS, Said, Texts, Transcribing
from copilot.errors import CopilotError, ModelError
from copilot.events import Channel
from copilot.speech.hearing import Hearing
from copilot.speech.streaming import StreamingPolicy
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.voice import VOICE_MODEL
from tests.engine.desk import BLOCK, TIRELESS, Desk, Spelling, desk, going_on, heard
from tests.engine.hall import SOUND
from tests.engine.parts import CANDIDATE, INTERVIEWER, PATIENCE_S, stretch

DEAD = ModelError("the recogniser is gone.", "Start it.")


class Crew:
    """All the workers, on threads of their own.

    Attributes:
        said: What they said, in order.
        errors: What they died of.
    """

    def __init__(self, work: Transcribing) -> None:
        self.said: list[Said] = []
        self.errors: list[CopilotError] = []
        self._transcribing = work
        # Daemons: one that hangs must not keep the tests from ending.
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(WORKERS)]
        for thread in self.threads:
            thread.start()

    def _work(self) -> None:
        try:
            self._transcribing.work(lambda texts: self.said.extend(texts.said))
        except CopilotError as error:
            self.errors.append(error)
            self._transcribing.end()  # as the runner does

    def finish(self) -> None:
        """Nothing more is heard; wait for what is left."""
        self._transcribing.end()
        for thread in self.threads:
            thread.join(PATIENCE_S)
        assert not any(thread.is_alive() for thread in self.threads)

    def read(self) -> list[str]:
        """The texts, in the order in which they came."""
        return [text.text for _, text in self.said]


# -- several workers ------------------------------------------------------------------------------


def test_each_side_has_a_worker_of_its_own() -> None:
    meet = threading.Barrier(2, timeout=PATIENCE_S)
    both = Spelling(before=lambda *_: meet.wait())
    work = Transcribing(lambda: both, "en", persistent=False)
    work.hear(heard(3, [stretch(INTERVIEWER, 0, 1), stretch(CANDIDATE, 0, 2)]))
    crew = Crew(work)
    crew.finish()

    assert crew.read() == ["10", "20"]


def test_texts_come_in_the_order_in_which_speech_ended() -> None:
    later_ones = threading.Event()

    def look(_: str, text: str) -> None:
        if text == "10":
            assert later_ones.wait(PATIENCE_S)
        elif text == "30":
            later_ones.set()

    work = Transcribing(lambda: Spelling(before=look), "en", persistent=False)
    first, second, third = (
        stretch(INTERVIEWER, 0, 1), stretch(CANDIDATE, 0, 2), stretch(CANDIDATE, 3, 3)
    )  # fmt: skip
    work.hear(heard(7, [first, second, third]))
    crew = Crew(work)
    crew.finish()

    assert crew.read() == ["10", "20", "30"]
    assert [one for one, _ in crew.said] == [first, second, third]


def test_what_waits_at_the_end_still_becomes_text() -> None:
    gate = threading.Event()
    held = Spelling(before=lambda *_: gate.wait(PATIENCE_S))
    work = Transcribing(lambda: held, "en", persistent=True)
    crew = Crew(work)
    sides = itertools.cycle(Channel)
    for second in range(20):
        work.hear(heard(second + 1, [stretch(next(sides), second, 0.1 * (second + 1))]))
    work.stop_trying()
    work.end()
    gate.set()
    crew.finish()

    assert crew.read() == [str(tenths + 1) for tenths in range(20)]


# -- a transcriber that dies ----------------------------------------------------------------------


class Dying:
    """Dies of whatever it is asked."""

    model = VOICE_MODEL

    def __init__(self, before: Callable[[Waveform], object] = lambda _: None) -> None:
        self._before = before

    def transcribe(self, samples: Waveform, **_: object) -> Transcription:
        self._before(samples)
        raise DEAD

    draft = transcribe


@pytest.fixture
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead transcriber is tried again at once."""
    monkeypatch.setattr(transcribing, "_RETRY_S", 0.0)


@pytest.mark.usefixtures("_eager")
def test_one_that_dies_in_the_middle_of_a_draft_is_made_anew() -> None:
    made: Iterator[Transcriber] = iter([Dying(), Dying(), Spelling()])
    troubles: list[str] = []
    seen = Desk(
        Transcribing(
            lambda: next(made), "en", persistent=True, on_trouble=troubles.append, policy=TIRELESS
        )
    )
    seen.work.prepare()
    seen.hear(heard(1.0, still=[going_on(CANDIDATE, 0, 1)]))
    seen.hear(heard(2.0, [stretch(CANDIDATE, 0, 1)]))

    assert next(made, None) is None
    assert troubles[:3] == [DEAD.message, DEAD.message, ""]
    assert [text.text for _, text in seen.said] == ["10"]


@pytest.mark.usefixtures("_eager")
def test_one_that_two_workers_find_dead_is_made_anew_once() -> None:
    meet, made_anew = threading.Barrier(2, timeout=PATIENCE_S), threading.Event()
    made: list[Transcriber] = []

    def die(samples: Waveform) -> None:
        meet.wait()
        if len(samples) == SAMPLE_RATE_HZ:
            assert made_anew.wait(PATIENCE_S)

    def make() -> Transcriber:
        made.append(Spelling(before=lambda *_: made_anew.set()) if made else Dying(before=die))
        return made[-1]

    work = Transcribing(make, "en", persistent=True)
    work.prepare()
    work.hear(heard(3, [stretch(INTERVIEWER, 0, 1), stretch(CANDIDATE, 0, 2)]))
    crew = Crew(work)
    crew.finish()

    assert crew.read() == ["10", "20"]
    assert len(made) == 2


def test_when_one_worker_dies_the_others_end_too() -> None:
    work = Transcribing(Dying, "en", persistent=False)
    crew = Crew(work)
    work.hear(heard(2, [stretch(CANDIDATE, 0, 1)]))

    crew.finish()

    assert crew.errors == [DEAD]


# -- sides that change places ---------------------------------------------------------------------


def test_what_is_being_said_changes_sides() -> None:
    seen = desk(Spelling())
    seen.hear(heard(2.0, still=[going_on(CANDIDATE, 0, 2)]))
    assert [partial.channel for partial in seen.partials] == [CANDIDATE]

    seen.work.swap()
    seen.hear(heard(3.0, still=[going_on(INTERVIEWER, 0, 3)]))
    assert [partial.channel for partial in seen.partials] == [INTERVIEWER]
    seen.hear(heard(4.0, [stretch(INTERVIEWER, 0, 3)]))

    assert [(one.channel, text.text) for one, text in seen.said] == [(INTERVIEWER, "30")]
    assert seen.partials == ()


def test_a_swap_before_the_final_text_leaves_no_draft_behind() -> None:
    seen = desk(Spelling())
    seen.hear(heard(2.0, still=[going_on(CANDIDATE, 0, 2)]))
    seen.work.hear(heard(3.0, [stretch(CANDIDATE, 0, 2)]))
    seen.work.swap()
    seen.hear(heard(3.1))

    assert [text.text for _, text in seen.said] == ["20"]
    assert seen.partials == ()


def test_a_swap_during_a_draft_begins_no_second_one_of_the_same_words() -> None:
    at_once: list[int] = []
    under_way: set[int] = set()
    seen: list[Transcribing] = []

    def look(effort: str, text: str) -> None:
        under_way.add(threading.get_ident())
        at_once.append(len(under_way))
        if text == "20":
            seen[0].swap()
            seen[0].hear(heard(3.0, still=[going_on(INTERVIEWER, 0, 3)]))
            # What another worker would find to do meanwhile.
            other = threading.Thread(target=seen[0].work, args=(lambda _: None,), daemon=True)
            other.start()
            other.join(PATIENCE_S)
        under_way.discard(threading.get_ident())

    work = desk(Spelling(before=look))
    seen.append(work.work)
    work.hear(heard(2.0, still=[going_on(CANDIDATE, 0, 2)]))

    assert max(at_once) == 1


# -- text that is far behind ----------------------------------------------------------------------


def test_no_draft_is_made_before_all_that_ended_has_its_text() -> None:
    spelling = Spelling()
    backlog = [stretch(side, at, 1) for at in range(4) for side in Channel]
    seen = desk(spelling)

    seen.hear(heard(9, backlog, [going_on(side, 6, 9) for side in Channel]))

    efforts = [effort for effort, _ in spelling.asked]
    assert efforts == ["full"] * len(backlog) + ["draft"] * 2


def test_words_stay_visible_while_their_final_text_waits_for_an_earlier_one() -> None:
    begun, gate, told = threading.Event(), threading.Event(), threading.Event()
    shown: list[Texts] = []

    def look(_: str, text: str) -> None:
        if text == "10":
            begun.set()
            assert gate.wait(PATIENCE_S)

    def deliver(texts: Texts) -> None:
        shown.append(texts)
        told.set()

    seen = desk(Spelling(before=look))
    seen.hear(heard(4.0, still=[going_on(CANDIDATE, 0, 4)]))
    seen.work.hear(heard(5.0, [stretch(INTERVIEWER, 3, 1), stretch(CANDIDATE, 0, 4.2)]))
    workers = [threading.Thread(target=seen.work.work, args=(deliver,)) for _ in range(2)]
    workers[0].start()
    assert begun.wait(PATIENCE_S)
    workers[1].start()
    assert told.wait(PATIENCE_S)
    gate.set()
    for worker in workers:
        worker.join(PATIENCE_S)

    assert shown[0].said == ()
    assert [partial.channel for partial in shown[0].partials] == [CANDIDATE]


# -- one after the other --------------------------------------------------------------------------


def test_without_a_clock_each_block_has_its_text_before_the_next(whisper: Transcriber) -> None:
    work = Transcribing(
        lambda: whisper, "en", persistent=False, policy=StreamingPolicy(drafts=False)
    )
    work.prepare()
    hearing = Hearing(Channel)
    for start in range(0, len(SOUND[CANDIDATE]), BLOCK):
        block = Block(start, {c: side[start : start + BLOCK] for c, side in SOUND.items()})
        what = hearing.hear(block)
        assert [one for one, _ in work.words_of(what)] == list(what.stretches)
