"""The conductor and points made under another question: credited there, and by whose word it stands."""

import dataclasses
from collections.abc import Callable

import pytest

from copilot.coach import CoachPolicy
from copilot.engine.commands import SetQuestion
from copilot.events import Actor, Event, FindingMade, FindingState, SuggestionKind
from copilot.knowledge.guide import Guide
from copilot.matching.embedding import E5Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.shipped import guide_embedder
from tests.engine.parts import (
    ASKS,
    CANDIDATE,
    INTERVIEWER,
    Parts,
    Talk,
    stretch,
    transcription,
)
from tests.matching.given import GivenReader, given_judge
from tests.matching.parts import RememberingEmbedder

EVIDENCED, DENIED = FindingState.EVIDENCED, FindingState.DENIED
UNCLEAR, NOT_HEARD = FindingState.UNCLEAR, FindingState.NOT_HEARD

#: Makes the point "uptime" of the question "metrics".
UPTIME = "I watch the uptime and availability of our systems."
#: Makes it as well.
UPTIME_AGAIN = "What share of the time our services are available, that's what I measure first."
FERRY = "The ferry was late because of fog."
HELLO = "Good morning, nice to have you here."

Tellings = Callable[..., Talk]


@pytest.fixture(scope="module")
def embedder() -> RememberingEmbedder:
    return RememberingEmbedder(E5Embedder(threads=2))


@pytest.fixture
def reader() -> GivenReader:
    return GivenReader()


@pytest.fixture
def tellings(
    parts: Parts, director: Guide, embedder: RememberingEmbedder, reader: GivenReader
) -> Tellings:
    """Makes a talk in which ``reader`` has the last word on every passage."""

    def begin(earlier: list[Event] | None = None, policy: CoachPolicy | None = None) -> Talk:
        matcher = Matcher(
            director,
            embedder,
            guide_embedder=guide_embedder(embedder),
            judge=given_judge(),
            reader=reader,
        )
        return Talk(director, matcher, parts[2], policy, earlier or [])

    return begin


@pytest.fixture
def talk(tellings: Tellings) -> Talk:
    """Some words of welcome, during which the three questions of the plan are made ready."""
    talk = tellings()
    for _ in range(3):
        talk.asks(HELLO)
    return talk


def _uptime(talk: Talk) -> FindingState:
    return talk.state("uptime", "metrics")


def _made(talk: Talk) -> list[FindingMade]:
    """Every finding about it so far."""
    return [made for made in talk.of(FindingMade) if (made.question, made.id) == _UPTIME]


_UPTIME = ("metrics", "uptime")


# -- credited -------------------------------------------------------------------------------------


def test_a_point_made_under_another_question_is_credited_before_its_own_is_asked(
    talk: Talk,
) -> None:
    talk.asks(ASKS)
    heard = talk.answers(f"{UPTIME} {FERRY}")

    [made] = _made(talk)
    assert (made.state, made.by) == (EVIDENCED, Actor.MACHINE)
    [evidence] = made.evidence
    assert evidence.utterance_ids == (heard,)
    assert UPTIME in evidence.quote
    assert not talk.interview.was_asked("metrics")
    talk.check()


def test_what_is_said_before_any_question_counts_as_well(talk: Talk) -> None:
    talk.answers(UPTIME)

    assert talk.interview.current_question is None
    assert _uptime(talk) is EVIDENCED


def test_the_coach_looks_before_other_questions_are_read_for(talk: Talk) -> None:
    talk.asks(ASKS)
    said = f"{UPTIME} {FERRY}"
    talk.now_s += 5.0
    talk.conductor.hear(stretch(CANDIDATE, talk.now_s - 4.0, 4.0), transcription(said), talk.now_s)
    assert _made(talk) == []

    talk.pause()
    assert len(talk.offered()) == 1
    assert _made(talk) == []

    talk.conductor.read_on()
    assert _uptime(talk) is EVIDENCED
    talk.conductor.read_on()
    assert len(_made(talk)) == 1


def test_a_credit_is_published_once(talk: Talk) -> None:
    talk.asks(ASKS)
    talk.answers(UPTIME)
    talk.answers(UPTIME_AGAIN)
    talk.answers(UPTIME)

    assert len(_made(talk)) == 1


def test_less_than_sure_credits_nothing_though_it_would_do_in_an_answer(
    talk: Talk, reader: GivenReader
) -> None:
    reader.says = 0.7
    talk.asks(ASKS)
    talk.answers(UPTIME)
    assert _made(talk) == []

    talk.obey(SetQuestion("metrics"))

    assert _uptime(talk) is EVIDENCED


def test_denials_and_doubtful_words_stay_with_the_answer(talk: Talk, reader: GivenReader) -> None:
    talk.asks(ASKS)
    talk.answers(UPTIME, uncertain=True)
    reader.says, reader.denies = 0.0, 0.95
    talk.answers(UPTIME_AGAIN)

    assert _made(talk) == []


def test_what_was_said_while_questions_were_made_ready_is_read_soon_after(
    tellings: Tellings,
) -> None:
    talk = tellings()
    talk.answers(UPTIME)
    talk.answers(FERRY)
    talk.answers(FERRY)
    assert _made(talk) == []

    talk.answers(FERRY)

    assert _uptime(talk) is EVIDENCED


def test_what_still_waits_at_the_end_is_read(tellings: Tellings) -> None:
    talk = tellings()
    talk.answers(UPTIME)

    talk.conductor.end("finished", talk.now_s)

    assert _uptime(talk) is EVIDENCED
    talk.check()


# -- whose word stands ----------------------------------------------------------------------------


def test_an_answer_that_leaves_the_point_out_leaves_the_credit(talk: Talk) -> None:
    talk.answers(UPTIME)
    talk.obey(SetQuestion("metrics", moving_on=True))
    talk.answers(FERRY)

    assert [made.state for made in _made(talk)] == [EVIDENCED]


def test_an_answer_that_is_unclear_leaves_the_credit(talk: Talk, reader: GivenReader) -> None:
    talk.answers(UPTIME)
    talk.obey(SetQuestion("metrics", moving_on=True))
    reader.says = 0.45
    talk.answers(UPTIME_AGAIN)

    assert [made.state for made in _made(talk)] == [EVIDENCED]


def test_an_answer_that_makes_the_point_is_quoted_instead(talk: Talk) -> None:
    talk.answers(UPTIME)
    talk.obey(SetQuestion("metrics", moving_on=True))
    heard = talk.answers(UPTIME_AGAIN)
    talk.answers(FERRY)

    before, after = _made(talk)
    assert before.state is after.state is EVIDENCED
    assert after.evidence[0].utterance_ids == (heard,)
    talk.check()


def test_an_answer_that_denies_the_point_stands(talk: Talk, reader: GivenReader) -> None:
    talk.answers(UPTIME)
    talk.obey(SetQuestion("metrics", moving_on=True))
    reader.says, reader.denies = 0.0, 0.95
    talk.answers(UPTIME_AGAIN)
    assert _uptime(talk) is DENIED

    reader.says, reader.denies = 0.98, 0.0
    talk.obey(SetQuestion("underperformance", moving_on=True))
    talk.answers(UPTIME)

    assert _uptime(talk) is DENIED
    talk.check()


def test_the_credit_stands_again_when_the_denial_moves_away(
    talk: Talk, reader: GivenReader
) -> None:
    talk.answers(UPTIME)
    talk.asks("Let us see, there is one more thing.")
    talk.obey(SetQuestion("metrics"))
    reader.says, reader.denies = 0.0, 0.95
    talk.answers(UPTIME_AGAIN)
    assert _uptime(talk) is DENIED

    talk.obey(SetQuestion("underperformance"))

    assert _uptime(talk) is EVIDENCED
    talk.check()


def test_what_the_interviewer_decided_stands(talk: Talk, tellings: Tellings) -> None:
    talk.answers(UPTIME)
    [made] = _made(talk)
    decided = dataclasses.replace(
        made, seq=len(talk.events) + 1, state=NOT_HEARD, by=Actor.HUMAN, evidence=()
    )
    again = tellings([*talk.events, decided])
    again.answers(UPTIME_AGAIN)
    again.obey(SetQuestion("metrics", moving_on=True))
    again.answers(FERRY)

    assert _made(again)[-1] == decided
    again.check()


# -- when it falls --------------------------------------------------------------------------------


def test_under_its_own_question_its_own_reading_decides(talk: Talk, reader: GivenReader) -> None:
    talk.asks(ASKS)
    talk.answers(UPTIME)
    assert _uptime(talk) is EVIDENCED

    reader.says = 0.42
    talk.obey(SetQuestion("metrics"))

    assert _uptime(talk) is UNCLEAR
    talk.check()


def test_a_finding_whose_evidence_moves_away_is_taken_back(talk: Talk, reader: GivenReader) -> None:
    reader.says = 0.7
    talk.asks("Now, this is about something quite different.")
    talk.obey(SetQuestion("metrics"))
    talk.answers(UPTIME)
    assert _uptime(talk) is EVIDENCED

    talk.obey(SetQuestion("underperformance"))

    assert talk.interview.answer("metrics") == ()
    assert _uptime(talk) is NOT_HEARD
    talk.check()


def test_it_stands_where_what_moved_away_is_sure_enough_for_a_credit(talk: Talk) -> None:
    talk.asks("Now, this is about something quite different.")
    talk.obey(SetQuestion("metrics"))
    heard = talk.answers(UPTIME)
    talk.obey(SetQuestion("underperformance"))

    assert _uptime(talk) is EVIDENCED
    assert _made(talk)[-1].evidence[0].utterance_ids == (heard,)
    assert talk.interview.question_of(heard) == "underperformance"
    talk.check()


def test_words_that_were_not_the_candidates_credit_nothing(talk: Talk) -> None:
    talk.answers(UPTIME)
    talk.swap()
    assert _uptime(talk) is NOT_HEARD
    talk.obey(SetQuestion("metrics", moving_on=True))
    talk.hear(CANDIDATE, FERRY)
    assert _uptime(talk) is NOT_HEARD

    talk.swap()
    talk.hear(INTERVIEWER, HELLO)

    assert _uptime(talk) is EVIDENCED
    talk.check()


# -- afterwards -----------------------------------------------------------------------------------


def test_a_session_that_was_interrupted_keeps_its_credits(talk: Talk, tellings: Tellings) -> None:
    talk.answers(UPTIME)
    before = len(talk.events)

    again = tellings(talk.events)
    again.obey(SetQuestion("metrics", moving_on=True))
    again.answers(FERRY)
    again.answers(FERRY)

    assert [made.seq <= before for made in _made(again)] == [True]
    assert _uptime(again) is EVIDENCED
    again.check()


def test_what_waited_when_it_was_interrupted_is_read_when_it_goes_on(tellings: Tellings) -> None:
    talk = tellings()
    talk.answers(UPTIME)
    assert _made(talk) == []

    again = tellings(talk.events)
    for _ in range(4):
        again.asks(HELLO)

    assert _uptime(again) is EVIDENCED
    again.check()


def test_the_coach_does_not_ask_for_what_was_credited(tellings: Tellings) -> None:
    talk = tellings(policy=CoachPolicy(probes_a_question=99))
    for _ in range(3):
        talk.asks(HELLO)
    talk.answers(UPTIME)
    talk.obey(SetQuestion("metrics", moving_on=True))
    talk.answers(f"{FERRY} {FERRY} {FERRY}")
    for _ in range(20):
        talk.pause()
        record = talk.interview.open_suggestion
        if record is None:
            break
        talk.asks(record.suggestion.text)
        talk.answers("Hm, I would have to think about that one.")

    targets = {
        offered.suggestion.target
        for offered in talk.offered()
        if offered.suggestion.kind is SuggestionKind.PROBE
    }
    points = {point.id for point in talk.interview.planned("metrics").points}
    assert targets == points - {"uptime"}
