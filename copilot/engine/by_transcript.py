"""An interview held by its words alone: no sound, no threads, and time that is only counted.

The same conductor as in a live session takes the texts in at the moments at which they would have
been there, and looks up ten times a second of counted time; so the same words always give the same
events, as fast as the machine can. Who tunes guides and thresholds sees what a live session would
make of them, but for what is misheard.
"""

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from copilot import __version__
from copilot.coach import CoachPolicy, Moment
from copilot.engine.coaching import local_coach
from copilot.engine.conductor import Conductor
from copilot.engine.off_limits import OffLimits
from copilot.engine.planning import known_competencies, planned_questions
from copilot.events import Channel, ConsentDecision, Event, GuideRef, KnownFlag
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.matching.embedding import Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.rules import SHIPPED_RULES, Rules
from copilot.matching.shipped import guide_embedder
from copilot.speech.endpoints import Stretch
from copilot.speech.transcriber import HeardWord, Transcription

#: From the end of speech to its text, as a live session takes on the reference machine, in seconds.
TEXT_AFTER_S = 1.2
#: How often the coach looks up, as in a live session.
_TICKS_A_SECOND = 10
#: So long the last words are waited on for what they lead to.
_TAIL_S = 3.0
_NO_SOUND = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance of a transcript.

    Attributes:
        channel: Who speaks.
        start_s: When, in seconds since the session's start.
        end_s: Until when.
        words: The words, with times since the session's start.
        uncertain: Whether the text is in doubt.
        known_s: When the text is there; by default some time after the end.
    """

    channel: Channel
    start_s: float
    end_s: float
    words: tuple[HeardWord, ...]
    uncertain: bool = False
    known_s: float | None = None

    @property
    def arrives_s(self) -> float:
        """When the text is there."""
        return self.end_s + TEXT_AFTER_S if self.known_s is None else self.known_s


@dataclass(frozen=True, slots=True)
class TranscriptSetup:
    """What an interview by transcript is held with.

    Attributes:
        guide: In the language of the interview.
        laws: Ids of the packs of off-limits topics that apply.
        plan: Ids of the questions chosen, in order; all of the guide's when empty.
        rules: From probabilities to states.
        coach: When and how often to suggest.
    """

    guide: Guide
    laws: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    rules: Rules = SHIPPED_RULES
    coach: CoachPolicy = field(default_factory=CoachPolicy)


def words_of(text: str, start_s: float, end_s: float) -> tuple[HeardWord, ...]:
    """A text's words, each with its share of the time."""
    texts = text.split()
    step_s = (end_s - start_s) / max(1, len(texts))
    return tuple(
        HeardWord(word, start_s + number * step_s, start_s + (number + 1) * step_s, 1.0)
        for number, word in enumerate(texts)
    )


def hold(
    transcript: Sequence[Spoken],
    setup: TranscriptSetup,
    embedder: Embedder,
    listen: Callable[[Event], None] = lambda _: None,
) -> Interview:
    """Hold an interview from its first word to its last.

    Args:
        transcript: What is said, in any order; what has no words is left out.
        setup: What it is held with.
        embedder: The sentence encoder.
        listen: Called with every event.

    Returns:
        All that is known in the end.

    Raises:
        UsageError: The plan names a question that the guide does not have.
        GuideError: A pack of off-limits topics of the user's own is broken.
    """
    conductor = _conductor(setup, embedder, listen)
    course = _Course([spoken for spoken in transcript if spoken.words])
    for now_s in course.moments():
        for spoken in course.arrived(now_s):
            heard = Transcription(spoken.words, spoken.uncertain)
            conductor.hear(Stretch(spoken.channel, 0, _NO_SOUND, spoken.end_s), heard, now_s)
        conductor.tick(course.moment(now_s))
        conductor.read_on()
    conductor.end("finished", course.end_s)
    return conductor.interview


class _Course:
    """Who speaks when, and which texts are there by when."""

    def __init__(self, transcript: Sequence[Spoken]) -> None:
        self._coming = sorted(transcript, key=lambda spoken: (spoken.arrives_s, spoken.start_s))
        self._arrived = 0
        self._silent_since_s = 0.0
        self._ends = sorted(spoken.end_s for spoken in transcript)
        self._starts: dict[Channel, list[float]] = {}
        self._until: dict[Channel, list[float]] = {}
        for channel in Channel:
            own = sorted(
                (spoken.start_s, spoken.end_s) for spoken in transcript if spoken.channel is channel
            )
            self._starts[channel] = [start_s for start_s, _ in own]
            self._until[channel] = list(itertools.accumulate((end_s for _, end_s in own), max))
        last_s = max((spoken.arrives_s for spoken in transcript), default=0.0)
        self._ticks = round((last_s + _TAIL_S) * _TICKS_A_SECOND)
        self.end_s = self._ticks / _TICKS_A_SECOND

    def moments(self) -> Iterator[float]:
        """Every moment at which the session looks up, in seconds."""
        return (tick / _TICKS_A_SECOND for tick in range(self._ticks + 1))

    def arrived(self, now_s: float) -> Iterator[Spoken]:
        """The texts that are there now and were not before."""
        while self._arrived < len(self._coming):
            spoken = self._coming[self._arrived]
            if spoken.arrives_s > now_s:
                return
            self._arrived += 1
            if spoken.channel is Channel.CANDIDATE:
                self._silent_since_s = max(self._silent_since_s, spoken.end_s)
            yield spoken

    def moment(self, now_s: float) -> Moment:
        """What the coach is told."""
        speaking = self._speaks(Channel.CANDIDATE, now_s)
        return Moment(
            now_s=now_s,
            candidate_silent_s=0.0 if speaking else now_s - self._silent_since_s,
            interviewer_speaking=self._speaks(Channel.INTERVIEWER, now_s),
            text_pending=bisect_right(self._ends, now_s) > self._arrived,
        )

    def _speaks(self, channel: Channel, now_s: float) -> bool:
        begun = bisect_right(self._starts[channel], now_s)
        return begun > 0 and self._until[channel][begun - 1] > now_s


def _conductor(
    setup: TranscriptSetup, embedder: Embedder, listen: Callable[[Event], None]
) -> Conductor:
    guide = setup.guide
    plan = planned_questions(guide, setup.plan)
    asked = [question.id for question in plan]
    for_guide = guide_embedder(embedder)
    off_limits = OffLimits(guide.language, setup.laws)
    conductor = Conductor(
        language=guide.language,
        matcher=Matcher(guide, embedder, guide_embedder=for_guide, rules=setup.rules),
        recogniser=QuestionRecogniser(guide, asked, embedder, guide_embedder=for_guide),
        coach=local_coach(guide, setup.coach, off_limits),
        publish=listen,
        off_limits=off_limits,
    )
    started: dict[str, Any] = {
        "session_id": "transcript",
        "started_at": datetime.fromtimestamp(0, UTC).isoformat(),
        "app_version": __version__,
        "language": guide.language,
        "guide": GuideRef(role=guide.id, title=guide.title, sha256=guide.content_hash()),
        "plan": plan,
        "flags": tuple(
            KnownFlag(id=flag.id, label=flag.label, benign_reading=flag.benign_reading)
            for flag in guide.red_flags
        ),
        "source": "a transcript",
        "probes": setup.coach.probes_a_question,
        "laws": off_limits.laws,
        "topics": off_limits.known(),
        "competencies": known_competencies(guide, plan),
    }
    conductor.start(started, ConsentDecision.NOT_NEEDED, "a replay", "Words that were kept.")
    return conductor
