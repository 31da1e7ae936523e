"""The candidate's words, heard out of the loudspeakers, do not become the interviewer's."""

import difflib
from dataclasses import replace

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.echo import EchoCanceller, load_canceller
from copilot.events import Channel
from copilot.speech.echo import ECHO_REASON, UNTOLD_REASON, EchoFilter, Said, normal
from copilot.speech.echo_share import LOOK_AHEAD, LOOK_BACK, EchoShare, echo_share
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard, Hearing, RecentSound
from copilot.speech.streaming import Streaming, StreamingPolicy, transcribed
from copilot.speech.transcriber import HeardWord, Transcriber, Transcription
from copilot.speech.whisper import WhisperTranscriber
from tests.audio.test_echo import echo_of, room, voice
from tests.builders import noise, silence

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE

# -- text -----------------------------------------------------------------------------------------


def said(
    channel: Channel,
    text: str,
    at_s: float,
    *,
    echo: float = 0.0,
    course: tuple[float, ...] = (),
    step_s: float = 0.4,
) -> Said:
    """A stretch from ``at_s`` on in which a word is said every ``step_s`` seconds."""
    words = tuple(
        HeardWord(word, i * step_s, (i + 0.9) * step_s, 0.9) for i, word in enumerate(text.split())
    )
    length_s = len(words) * step_s
    samples = np.zeros(round(length_s * SAMPLE_RATE_HZ), np.float32)
    stretch = Stretch(channel, round(at_s * SAMPLE_RATE_HZ), samples, at_s + length_s, echo, course)
    return stretch, Transcription(words)


def mine(text: str, at_s: float, *, echo: float = 0.0, course: tuple[float, ...] = ()) -> Said:
    return said(INTERVIEWER, text, at_s, echo=echo, course=course)


def theirs(text: str, at_s: float) -> Said:
    return said(CANDIDATE, text, at_s)


def take(
    echo: EchoFilter, one: Said, *, now_s: float | None = None, pending_s: float | None = None
) -> list[Said]:
    now_s = one[0].speech_end_s + 0.5 if now_s is None else now_s
    return echo.take(*one, now_s=now_s, candidate_pending_since_s=pending_s)


def texts(published: list[Said]) -> list[str]:
    return [heard.text for _, heard in published]


def left_of(interviewer: Said, candidate: Said) -> Transcription:
    """What is published of an interviewer's stretch when the candidate's text is there."""
    echo = EchoFilter()
    take(echo, candidate)
    ((_, heard),) = take(echo, interviewer)
    return heard


ANSWER = "we closed the doors and called the police before anyone came in"


def test_a_stretch_of_nothing_but_echo_has_no_words() -> None:
    heard = left_of(mine(ANSWER, 10.15, echo=0.9), theirs(ANSWER, 10))

    assert heard.words == ()
    assert heard.reason == ECHO_REASON


def test_words_heard_a_little_differently_are_an_echo_too() -> None:
    echo = "we close the door and call the police before anyone come in"

    assert left_of(mine(echo, 10.3, echo=0.9), theirs(ANSWER, 10)).words == ()


def test_french_words_are_an_echo_whatever_their_accents() -> None:
    answer = "l'accident a eu lieu où l'équipe s'était arrêtée"
    echo = "L'accident a eu lieu ou l'equipe s'etait arretée."

    assert left_of(mine(echo, 10.2, echo=0.85), theirs(answer, 10)).words == ()


def test_word_times_off_by_half_a_second_do_not_hide_an_echo() -> None:
    for off_s in (-0.5, -0.02, 0.4, 0.9):
        assert left_of(mine(ANSWER, 10 + off_s, echo=0.9), theirs(ANSWER, 10)).words == ()


def test_what_the_interviewer_says_over_the_echo_is_kept() -> None:
    mixed = "we closed the doors could you say how long that took"
    course = (0.9,) * 6 + (0.05,) * 11

    heard = left_of(mine(mixed, 10.1, echo=0.4, course=course), theirs(ANSWER, 10))

    assert heard.text == "could you say how long that took"
    assert not heard.uncertain


def test_words_repeated_afterwards_are_the_interviewers() -> None:
    echo = EchoFilter()
    take(echo, theirs("so we closed the doors", 10))

    again = take(echo, mine("so you closed the doors", 12.6))

    assert texts(again) == ["so you closed the doors"]


def test_words_repeated_right_after_an_echo_are_kept() -> None:
    mixed = "we closed the doors we closed the doors"
    course = (0.9,) * 6 + (0.0,) * 7

    heard = left_of(mine(mixed, 10.1, echo=0.5, course=course), theirs("we closed the doors", 10))

    assert heard.text == "we closed the doors"
    assert heard.words[0].start_s == pytest.approx(1.6)


def test_with_headphones_the_same_word_at_the_same_time_is_kept() -> None:
    assert (
        left_of(mine("yes exactly", 10, echo=0.0), theirs("yes exactly", 10)).text == "yes exactly"
    )


def test_a_common_word_that_meets_by_chance_is_kept() -> None:
    course = (0.0,) * 14 + (0.8,) * 6

    heard = left_of(
        mine("tell me about the other team please", 10, echo=0.2, course=course),
        theirs("it was the last thing before that", 10.2),
    )

    assert heard.text == "tell me about the other team please"


def test_the_candidates_words_pass_at_once() -> None:
    echo = EchoFilter()
    take(echo, mine("hello there", 9.9, echo=0.9), pending_s=9.8)

    published = take(echo, theirs(ANSWER, 10), pending_s=10)

    assert published[0][1].text == ANSWER


def test_fragments_of_an_echo_that_nobody_understood_are_no_words() -> None:
    stretch, heard = mine("did you do that", 10.5, echo=0.45, course=(0.0, 0.45, 0.2))
    echo = EchoFilter()
    take(echo, theirs(ANSWER, 10))

    ((_, left),) = take(echo, (stretch, replace(heard, uncertain=True)))

    assert (left.words, left.reason) == ((), ECHO_REASON)


# -- waiting --------------------------------------------------------------------------------------


def test_a_likely_echo_waits_for_the_candidates_text() -> None:
    echo = EchoFilter()

    assert take(echo, mine(ANSWER, 10.2, echo=0.9), pending_s=10) == []
    assert echo.release(now_s=16, candidate_pending_since_s=10) == []
    assert texts(take(echo, theirs(ANSWER, 10), now_s=16.5)) == [ANSWER, ""]


def test_with_headphones_nobody_waits() -> None:
    asked = mine("could you say more about that", 10, echo=0.03)

    assert texts(take(EchoFilter(), asked, pending_s=9)) == ["could you say more about that"]


def test_after_an_echo_what_may_be_one_waits() -> None:
    echo = EchoFilter()
    take(echo, theirs(ANSWER, 10))
    take(echo, mine(ANSWER, 10.1, echo=0.9))

    assert take(echo, mine("and then", 20, echo=0.03), pending_s=19) == []
    assert take(echo, mine("and then", 21, echo=0.03), pending_s=19) == []
    released = echo.release(now_s=23, candidate_pending_since_s=None)
    assert texts(released) == ["and then", "and then"]


def test_speech_that_begins_later_is_not_waited_for() -> None:
    assert take(EchoFilter(), mine("and then", 10, echo=0.9), pending_s=12) != []


@pytest.mark.parametrize("ended", [False, True])
def test_a_wait_ends_and_the_sound_decides(ended: bool) -> None:
    echo = EchoFilter()
    mixed = mine("before anyone what then", 10, echo=0.5, course=(0.95,) * 3 + (0.0,) * 4)
    take(echo, mine(ANSWER, 9, echo=0.95), now_s=12, pending_s=8)
    take(echo, mixed, now_s=12, pending_s=8)

    assert echo.release(now_s=19.9, candidate_pending_since_s=8) == []
    (_, gone), (_, kept) = (
        echo.flush() if ended else echo.release(now_s=20.1, candidate_pending_since_s=8)
    )

    assert (gone.words, gone.reason) == ((), ECHO_REASON)
    assert kept.text == "what then"
    assert (kept.uncertain, kept.reason) == (True, UNTOLD_REASON)
    assert echo.flush() == []


def test_a_stretch_without_words_keeps_its_reason() -> None:
    stretch, _ = mine("hm", 10, echo=0.9)
    nothing = Transcription((), reason="no words recognised")

    assert take(EchoFilter(), (stretch, nothing), pending_s=9) == [(stretch, nothing)]


# -- the gauge ------------------------------------------------------------------------------------

FAR = np.concatenate([silence(0.5), voice("en-000"), silence(0.5)])
OTHER = np.resize(voice("fr-000"), len(FAR))
HISS = noise(len(FAR) / SAMPLE_RATE_HZ, loudness=1e-4)


def share_of(near: Waveform, start_s: float, end_s: float) -> EchoShare:
    start, end = round(start_s * SAMPLE_RATE_HZ), round(end_s * SAMPLE_RATE_HZ)
    far = np.concatenate([np.zeros(LOOK_BACK, np.float32), FAR, np.zeros(LOOK_AHEAD, np.float32)])
    return echo_share(near[start:end], far[start : end + LOOK_BACK + LOOK_AHEAD])


@pytest.mark.parametrize("length_s", [0.7, 2, 6])
@pytest.mark.parametrize(
    ("level_db", "delay_s", "reverberant"),
    [(-3, 0.0, False), (-3, 0.1, True), (-12, 0.4, True), (-25, 0.2, True)],
)
def test_an_echo_is_explained(
    length_s: float, level_db: float, delay_s: float, reverberant: bool
) -> None:
    echo = echo_of(FAR, level_db, delay_s, room() if reverberant else None)

    assert share_of(echo + HISS, 1.5, 1.5 + length_s).whole > 0.7


def test_an_echo_that_comes_early_is_explained() -> None:
    early = np.roll(FAR, -round(0.02 * SAMPLE_RATE_HZ))

    assert share_of(early + HISS, 1.5, 5).whole > 0.7


@pytest.mark.parametrize("length_s", [0.7, 2, 6])
def test_another_person_is_not_explained(length_s: float) -> None:
    assert share_of(OTHER + HISS, 1.5, 1.5 + length_s).whole < 0.1


def test_the_course_tells_where_the_echo_is() -> None:
    echo = echo_of(FAR, -6, 0.1, room())
    second_half = np.arange(len(FAR)) >= 4 * SAMPLE_RATE_HZ
    near = (np.where(second_half, OTHER, echo) + HISS).astype(np.float32)

    course = share_of(near, 1, 7).course

    assert np.median(course[:11]) > 0.4
    assert np.median(course[13:]) < 0.1


def test_silence_is_no_echo() -> None:
    assert share_of(silence(8), 1, 3) == EchoShare()
    assert echo_share(noise(1), silence(1.55)) == EchoShare()


def test_the_last_seconds_are_kept() -> None:
    recent = RecentSound(100)
    sound = np.arange(1, 251, dtype=np.float32)
    for start in range(0, 250, 30):
        recent.add(start, sound[start : start + 30])

    np.testing.assert_array_equal(recent.between(160, 240), sound[160:240])
    np.testing.assert_array_equal(recent.between(-5, 5), np.zeros(10))
    np.testing.assert_array_equal(recent.between(245, 255), [*sound[245:], 0, 0, 0, 0, 0])


def test_a_gap_in_what_is_kept_reads_as_silence() -> None:
    recent = RecentSound(100)
    recent.add(0, np.ones(50, np.float32))
    recent.add(80, np.ones(10, np.float32))

    np.testing.assert_array_equal(recent.between(40, 90), [1] * 10 + [0] * 30 + [1] * 10)


# -- real speech ----------------------------------------------------------------------------------


def conversation(answer: str, ask: str, *, over: bool) -> tuple[Waveform, Waveform]:
    """The microphone without an echo, and the call; the interviewer speaks over it, or after it."""
    played, asked = voice(answer)[: 7 * SAMPLE_RATE_HZ], voice(ask)
    begins = round(2.5 * SAMPLE_RATE_HZ) if over else len(played) + SAMPLE_RATE_HZ
    near, far = (np.zeros(max(begins + len(asked), len(played)) + 16_000, np.float32) for _ in "ab")
    near[begins : begins + len(asked)] = asked
    far[8000 : 8000 + len(played)] = played
    return near + noise(len(near) / SAMPLE_RATE_HZ, loudness=1e-4), far


def heard_in(
    near: Waveform,
    far: Waveform,
    transcriber: Transcriber,
    language: str,
    canceller: EchoCanceller | None,
) -> dict[Channel, list[str]]:
    """The words published of each side; the text of all stretches comes at the end of each."""
    hearing, streaming = Hearing(Channel), Streaming(StreamingPolicy(drafts=False))
    echo = EchoFilter()
    published: list[Said] = []
    for start in range(0, len(near), 800):
        sides = {INTERVIEWER: near[start : start + 800], CANDIDATE: far[start : start + 800]}
        block = Block(start, sides)
        heard = hearing.hear(block if canceller is None else canceller.process(block))
        pending_s = 0.0 if CANDIDATE in heard.speaking else None
        streaming.hear(heard)
        for one in transcribed(streaming, transcriber, language):
            published += echo.take(*one, now_s=heard.end_s, candidate_pending_since_s=pending_s)
        published += echo.release(now_s=heard.end_s, candidate_pending_since_s=pending_s)
    end_s = len(near) / SAMPLE_RATE_HZ
    streaming.hear(Heard(end_s, hearing.flush(), frozenset(), {}))
    for one in transcribed(streaming, transcriber, language):
        published += echo.take(*one, now_s=end_s, candidate_pending_since_s=None)
    return {
        channel: [
            normal(word.text)
            for stretch, words in published
            if stretch.channel is channel
            for word in words.words
        ]
        for channel in Channel
    }


def kept(reference: list[str], words: list[str]) -> float:
    """The share of ``reference`` that stands, in order, in ``words``."""
    pairs = difflib.SequenceMatcher(None, reference, words, autojunk=False).get_matching_blocks()
    return sum(pair.size for pair in pairs) / len(reference)


@pytest.fixture(scope="module")
def clean(tiny: WhisperTranscriber) -> dict[bool, dict[Channel, list[str]]]:
    """What is heard without an echo, taking turns and over each other."""
    return {
        over: heard_in(*conversation("en-000", "en-004", over=over), tiny, "en", None)
        for over in (False, True)
    }


@pytest.mark.parametrize("over", [False, True], ids=["in turns", "over each other"])
@pytest.mark.parametrize("level_db", [-3, -12])
@pytest.mark.parametrize("cancelling", [False, True], ids=["text alone", "cancelling"])
def test_an_echo_gives_the_interviewer_no_words_and_takes_none(
    clean: dict[bool, dict[Channel, list[str]]],
    tiny: WhisperTranscriber,
    over: bool,
    level_db: float,
    cancelling: bool,
) -> None:
    near, far = conversation("en-000", "en-004", over=over)
    near = near + echo_of(far, level_db, 0.12, room())

    heard = heard_in(near, far, tiny, "en", load_canceller() if cancelling else None)

    assert heard[CANDIDATE] == clean[over][CANDIDATE]
    own = clean[over][INTERVIEWER]
    assert kept(own, heard[INTERVIEWER]) > (0.9 if cancelling or not over else 0.6)
    # Whom the recogniser hears double it does not always hear right.
    assert len(heard[INTERVIEWER]) - len(own) <= (1 if cancelling or not over else 3)


def test_a_french_echo_gives_the_interviewer_no_words() -> None:
    base = WhisperTranscriber("base", threads=2, beam_size=1)
    _, far = conversation("fr-000", "en-004", over=False)
    near = noise(len(far) / SAMPLE_RATE_HZ, loudness=1e-4) + echo_of(far, -3, 0.2, room())

    heard = heard_in(near, far, base, "fr", None)

    assert heard[INTERVIEWER] == []
    assert len(heard[CANDIDATE]) > 10


def test_an_echo_is_measured_while_it_is_heard() -> None:
    _, far = conversation("en-000", "en-004", over=False)
    near = echo_of(far, -6, 0.1, room()) + noise(len(far) / SAMPLE_RATE_HZ, loudness=1e-4)
    hearing = Hearing(Channel)
    blocks = [
        Block(start, {INTERVIEWER: near[start : start + 800], CANDIDATE: far[start : start + 800]})
        for start in range(0, len(near), 800)
    ]

    stretches = [stretch for block in blocks for stretch in hearing.hear(block).stretches]

    by_channel = {c: [s for s in stretches if s.channel is c] for c in Channel}
    assert all(stretch.echo > 0.7 for stretch in by_channel[INTERVIEWER])
    assert all((stretch.echo, stretch.echo_course) == (0, ()) for stretch in by_channel[CANDIDATE])
    assert all(by_channel.values())


def test_a_stretch_is_no_echo_of_itself_when_the_sides_are_swapped_while_it_is_spoken() -> None:
    sound = np.concatenate([voice("en-004"), silence(1)])
    hearing = Hearing(Channel)
    stretches: list[Stretch] = []
    for start in range(0, len(sound), 800):
        if start == 32_000:
            hearing.swap()
        side, other = (CANDIDATE, INTERVIEWER) if start < 32_000 else (INTERVIEWER, CANDIDATE)
        part = sound[start : start + 800]
        heard = hearing.hear(Block(start, {side: part, other: np.zeros_like(part)}))
        stretches += heard.stretches

    assert stretches
    assert all((s.channel, s.echo) == (INTERVIEWER, 0) for s in stretches)
