"""What the tests of the engine share: a conducted talk, sources and transcribers that can be held."""

import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.coach import Coach, CoachPolicy, Moment
from copilot.engine.capture_events import Happening
from copilot.engine.commands import Command
from copilot.engine.conductor import Conductor
from copilot.engine.off_limits import OffLimits
from copilot.engine.setup import Consent, SessionSetup
from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import (
    Channel,
    ConsentDecision,
    Event,
    FindingKind,
    FindingState,
    GuideRef,
    ModelRef,
    QuestionAsked,
    SuggestionClosed,
    SuggestionOffered,
    UtteranceHeard,
)
from copilot.interview import Interview, replay
from copilot.knowledge.guide import Guide
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.paths import demo_folder
from copilot.speech.endpoints import Stretch
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import HeardWord, Transcriber, Transcription
from tests.builders import known_flags, planned

E = TypeVar("E")
#: What a conductor works with, loaded once for all tests.
Parts = tuple[Guide, Matcher, QuestionRecogniser]

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE

#: Long enough for any machine; only a test that hangs ever waits so long.
PATIENCE_S = 60.0
WORD_S = 0.25

# -- what is said ---------------------------------------------------------------------------------

#: Asks "underperformance".
ASKS = "How would you handle a situation in which one of your team members was not performing well?"
#: Asks "process-improvement".
ASKS_NEXT = "How would you go about improving the processes and procedures of IT operations?"
#: Asks "underperformance" as the demo does.
ASKS_OTHERWISE = (
    "Picture someone on your team who was always solid, and for two months now the work just "
    "isn't good enough. What do you do?"
)
#: Evidences the point "one-to-one".
ANSWERS = "So I closed the door, just him and me, and asked what was behind it."
#: Evidences the point "improvement-plan".
ANSWERS_MORE = "Then we wrote down four goals together, with a date for each one."
PLAN = ("underperformance", "metrics", "process-improvement")
#: What an interrupted session says when it goes on.
RESUMED = {
    "resumed_at": "2026-03-02T10:00:00+00:00",
    "away_s": 60.0,
    "app_version": "0.1.0",
    "source": "a test",
}


def transcription(text: str, *, uncertain: bool = False) -> Transcription:
    """``text`` as evenly spoken words."""
    words = tuple(
        HeardWord(word, index * WORD_S, (index + 1) * WORD_S, 0.9)
        for index, word in enumerate(text.split())
    )
    return Transcription(words, uncertain, "hard to understand" if uncertain else "")


def stretch(channel: Channel, start_s: float, seconds: float) -> Stretch:
    """A stretch of speech; its sound is not looked at by who conducts."""
    samples = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
    return Stretch(channel, round(start_s * SAMPLE_RATE_HZ), samples, start_s + seconds)


class Talk:
    """A conducted interview, told line by line; nothing in it waits for anything."""

    def __init__(
        self,
        guide: Guide,
        matcher: Matcher,
        recogniser: QuestionRecogniser,
        policy: CoachPolicy | None = None,
        earlier: Sequence[Event] = (),
        off_limits: OffLimits | None = None,
    ) -> None:
        self.events: list[Event] = list(earlier)
        self.now_s = 0.0
        recogniser.new_turn()
        self.conductor = Conductor(
            language=guide.language,
            matcher=matcher,
            recogniser=recogniser,
            coach=Coach(guide, policy),
            publish=self.events.append,
            off_limits=off_limits,
        )
        if earlier:
            self.conductor.resume(earlier, RESUMED)
            self.now_s = self.interview.now_s
        else:
            known = {} if off_limits is None else {"topics": off_limits.known()}
            first = started(guide) | known
            self.conductor.start(first, ConsentDecision.GIVEN, "Ada", "May we?")

    @property
    def interview(self) -> Interview:
        """The state after what was told so far."""
        return self.conductor.interview

    def hear(
        self, channel: Channel, text: str, *, start_s: float | None = None, uncertain: bool = False
    ) -> str:
        """Let someone speak, by default half a second after the last words; the utterance's id."""
        begin_s = self.now_s + 0.5 if start_s is None else start_s
        seconds = max(0.3, len(text.split()) * WORD_S)
        self.now_s = max(self.now_s, begin_s + seconds)
        heard = transcription(text, uncertain=uncertain)
        self.conductor.hear(stretch(channel, begin_s, seconds), heard, self.now_s)
        self.conductor.read_on()
        return f"u{len(self.interview.utterances)}"

    def asks(self, text: str = ASKS, **how) -> str:
        """The interviewer says something."""
        return self.hear(INTERVIEWER, text, **how)

    def answers(self, text: str = ANSWERS, **how) -> str:
        """The candidate says something."""
        return self.hear(CANDIDATE, text, **how)

    def pause(self, seconds: float = 1.0, **moment) -> None:
        """Nobody speaks."""
        self.now_s += seconds
        values = {
            "now_s": self.now_s,
            "candidate_silent_s": seconds,
            "interviewer_speaking": False,
            "text_pending": False,
        }
        self.conductor.tick(Moment(**{**values, **moment}))

    def obey(self, command: Command) -> None:
        """The interviewer presses a key."""
        self.conductor.obey(command, self.now_s)

    def tell(self, what: Happening) -> None:
        """Something happens to the capture."""
        self.conductor.tell(what, self.now_s)

    def swap(self) -> None:
        """The sides turn out to be mixed up."""
        self.conductor.swap(self.now_s)

    def of(self, kind: type[E]) -> list[E]:
        """The events of that kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def asked(self) -> list[QuestionAsked]:
        """Every change of the current question."""
        return self.of(QuestionAsked)

    def offered(self) -> list[SuggestionOffered]:
        """Every suggestion."""
        return self.of(SuggestionOffered)

    def closed(self) -> list[SuggestionClosed]:
        """Every end of a suggestion."""
        return self.of(SuggestionClosed)

    def state(self, point: str, question: str = "underperformance") -> FindingState:
        """What is known of a point."""
        return self.interview.state_of(question, FindingKind.POINT, point)

    def check(self) -> None:
        """What was published leads to the very state the conductor has."""
        assert replay(self.events) == self.interview
        assert [event.seq for event in self.events] == list(range(1, len(self.events) + 1))


def started(guide: Guide, plan: tuple[str, ...] = PLAN) -> dict[str, Any]:
    """What the first event of a session says."""
    questions = {question.id: question for question in planned(guide)}
    return {
        "session_id": "20260302-090000-abcd",
        "started_at": "2026-03-02T09:00:00+00:00",
        "app_version": "0.1.0",
        "language": guide.language,
        "guide": GuideRef(role=guide.id, title=guide.title, sha256=guide.content_hash()),
        "plan": tuple(questions[question] for question in plan),
        "flags": known_flags(guide),
        "source": "a test",
    }


def a_setup(guide: Guide, **changes: Any) -> SessionSetup:
    """A session without a clock that keeps nothing, on the smallest model."""
    values: dict[str, Any] = {
        "guide": guide,
        "consent": Consent(ConsentDecision.GIVEN, "Ada", "May we?"),
        "plan": ("underperformance", "metrics"),
        "model": "tiny.en",
        "lockstep": True,
    }
    return SessionSetup(**{**values, **changes})


# -- sound ----------------------------------------------------------------------------------------


def demo_extract(start_s: float, end_s: float) -> dict[Channel, Waveform]:
    """A stretch of the interview that ships, at 16 kHz."""
    import soxr  # noqa: PLC0415

    with soundfile.SoundFile(demo_folder() / "interview.ogg") as file:
        rate_hz = file.samplerate
        file.seek(round(start_s * rate_hz))
        frames = file.read(round((end_s - start_s) * rate_hz), dtype="float32")
    both = soxr.resample(frames, rate_hz, SAMPLE_RATE_HZ)
    return {INTERVIEWER: both[:, 0].copy(), CANDIDATE: both[:, 1].copy()}


class HeldSource:
    """A source whose blocks all come at once, which can break off, and which tells when it is done.

    Attributes:
        handed_on: Set once every block was taken by whoever listens.
    """

    description = "a test"
    duration_s = None

    def __init__(
        self,
        sound: Mapping[Channel, Waveform],
        *,
        breaks_after_s: float | None = None,
        error: CopilotError | None = None,
        endless: bool = False,
    ) -> None:
        self._sound = sound
        self._breaks_after_s = breaks_after_s
        self._error = error
        self._endless = endless
        self._stopped = threading.Event()
        self.handed_on = threading.Event()

    def blocks(self, size: int = 8192) -> Iterator[Block]:
        length = len(next(iter(self._sound.values())))
        for start in range(0, length, size):
            if self._breaks_after_s is not None and start >= self._breaks_after_s * SAMPLE_RATE_HZ:
                self.handed_on.set()
                assert self._error is not None
                raise self._error
            if self._stopped.is_set():
                break
            yield Block(start, {c: sound[start : start + size] for c, sound in self._sound.items()})
        self.handed_on.set()
        if self._endless:
            # A live call that has fallen silent: it ends when somebody ends it.
            assert self._stopped.wait(PATIENCE_S)

    def stop(self) -> None:
        self._stopped.set()


class Noting:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.vitals: list[Vitals] = []
        self.partials: list[tuple[Partial, ...]] = []

    def on_event(self, event: Event) -> None:
        self.events.append(event)

    def on_partials(self, partials: tuple[Partial, ...]) -> None:
        self.partials.append(partials)

    def on_vitals(self, vitals: Vitals) -> None:
        self.vitals.append(vitals)

    def said(self, channel: Channel) -> list[str]:
        """The texts of one channel."""
        return [
            event.utterance.text
            for event in self.events
            if isinstance(event, UtteranceHeard) and event.utterance.channel is channel
        ]


class RememberingTranscriber:
    """Real words, but each stretch is transcribed once however often it is heard."""

    def __init__(self, real: Transcriber) -> None:
        self._real = real
        self._known: dict[object, Transcription] = {}

    @property
    def model(self) -> ModelRef:
        return self._real.model

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        return self._remembered(self._real.transcribe, "full", samples, how)

    def draft(self, samples: Waveform, **how: Any) -> Transcription:
        return self._remembered(self._real.draft, "draft", samples, how)

    def _remembered(
        self, do: Callable[..., Transcription], effort: str, samples: Waveform, how: dict[str, Any]
    ) -> Transcription:
        key = (effort, samples.tobytes(), *sorted(how.items()))
        if key not in self._known:
            self._known[key] = do(samples, **how)
        return self._known[key]


class Gate(Protocol):
    """What a transcriber can be held by, such as a ``threading.Event``."""

    def wait(self, timeout: float) -> bool: ...


class HeldTranscriber:
    """A real transcriber that begins nothing before it is let go."""

    def __init__(self, real: Transcriber, gate: Gate) -> None:
        self._real = real
        self._gate = gate

    @property
    def model(self) -> ModelRef:
        return self._real.model

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        assert self._gate.wait(PATIENCE_S)
        return self._real.transcribe(samples, **how)

    def draft(self, samples: Waveform, **how: Any) -> Transcription:
        assert self._gate.wait(PATIENCE_S)
        return self._real.draft(samples, **how)


class BreakingTranscriber:
    """A real transcriber that fails on one stretch; its drafts are left out of the count."""

    def __init__(self, real: Transcriber, error: Exception, *, on: int = 1) -> None:
        self._real = real
        self._error = error
        self._on = on
        self._count = itertools.count(1)

    @property
    def model(self) -> ModelRef:
        return self._real.model

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        if next(self._count) == self._on:
            raise self._error
        return self._real.transcribe(samples, **how)

    def draft(self, samples: Waveform, **how: Any) -> Transcription:
        return self._real.draft(samples, **how)
