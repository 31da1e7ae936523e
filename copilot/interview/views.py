"""What can be read of an interview: the state itself, and views of it."""

from dataclasses import dataclass, field
from typing import TypeVar

from copilot.errors import EventError
from copilot.events import (
    Channel,
    CompetencyRated,
    ConsentRecorded,
    Evidence,
    FindingKind,
    FindingMade,
    FindingState,
    KnownCompetency,
    ModelAsked,
    MomentMarked,
    NoteTaken,
    PlannedQuestion,
    QuestionAsked,
    QuestionRated,
    Recommended,
    SessionEnded,
    SessionStarted,
    SpeechDiscarded,
    SuggestionFate,
    SuggestionKind,
    TopicTouched,
    Utterance,
)
from copilot.interview.capture import Capture
from copilot.interview.quotes import problem
from copilot.interview.records import Span, SuggestionRecord

FindingKey = tuple[str, FindingKind, str]
_Judgement = TypeVar("_Judgement", QuestionRated, CompetencyRated)


@dataclass
class Views:
    """Everything known about one interview; only ``Interview`` changes it."""

    started: SessionStarted | None = None
    consent: ConsentRecorded | None = None
    ended: SessionEnded | None = None
    seq: int = 0
    now_s: float = 0.0
    utterances: dict[str, Utterance] = field(default_factory=dict)
    discarded: list[SpeechDiscarded] = field(default_factory=list)
    questions_asked: list[QuestionAsked] = field(default_factory=list)
    findings: dict[FindingKey, FindingMade] = field(default_factory=dict)
    #: What the machine found where the human's word stands instead.
    overruled: dict[FindingKey, FindingMade] = field(default_factory=dict)
    findings_refused: int = 0
    model_calls: list[ModelAsked] = field(default_factory=list)
    suggestions: dict[str, SuggestionRecord] = field(default_factory=dict)
    topics_touched: dict[str, TopicTouched] = field(default_factory=dict)
    notes: list[NoteTaken] = field(default_factory=list)
    marks: list[MomentMarked] = field(default_factory=list)
    ratings: dict[str, list[QuestionRated]] = field(default_factory=dict)
    competency_ratings: dict[str, list[CompetencyRated]] = field(default_factory=dict)
    recommendations: list[Recommended] = field(default_factory=list)
    capture: Capture = field(default_factory=Capture)
    _answers: dict[str | None, list[str]] = field(default_factory=dict)
    _question_of: dict[str, str | None] = field(default_factory=dict)
    _talk_s: dict[Channel, float] = field(default_factory=dict)
    _open_suggestion: str | None = None

    def _started(self) -> SessionStarted:
        if self.started is None:
            raise EventError("the session has not started.")
        return self.started

    @property
    def plan(self) -> tuple[PlannedQuestion, ...]:
        """The questions chosen, in order."""
        return self._started().plan

    def planned(self, question: str) -> PlannedQuestion:
        """The planned question of that id.

        Raises:
            EventError: It is not in the plan.
        """
        for planned in self.plan:
            if planned.id == question:
                return planned
        raise EventError(f"question {question!r} is not in the plan.")

    @property
    def competencies(self) -> tuple[KnownCompetency, ...]:
        """What the human rates over the whole interview."""
        return self._started().competencies

    def competency(self, competency: str) -> KnownCompetency:
        """The competency of that id.

        Raises:
            EventError: The session knows no such one.
        """
        for known in self.competencies:
            if known.id == competency:
                return known
        raise EventError(f"the session knows no competency {competency!r}.")

    @property
    def current_question(self) -> str | None:
        """The question now being answered, or None for talk outside the plan."""
        return self.questions_asked[-1].question if self.questions_asked else None

    @property
    def open_suggestion(self) -> SuggestionRecord | None:
        """The one suggestion on the screen, if any."""
        return None if self._open_suggestion is None else self.suggestions[self._open_suggestion]

    def answer(self, question: str | None) -> tuple[Utterance, ...]:
        """The candidate's utterances under ``question``, in the order they became final."""
        return tuple(self.utterances[uid] for uid in self._answers.get(question, ()))

    def question_of(self, utterance_id: str) -> str | None:
        """The question a candidate's utterance answers."""
        return self._question_of.get(utterance_id)

    def state_of(self, question: str, kind: FindingKind, item_id: str) -> FindingState:
        """The state of a point or flag under a question; silence reads as not heard."""
        finding = self.findings.get((question, kind, item_id))
        if finding is not None:
            return finding.state
        return FindingState.NOT_HEARD if kind is FindingKind.POINT else FindingState.NOT_RAISED

    def raised_flags(self) -> tuple[FindingMade, ...]:
        """Every flag that stands as raised, in the order in which they were raised."""
        raised = [f for f in self.findings.values() if f.state is FindingState.RAISED]
        return tuple(sorted(raised, key=lambda finding: finding.seq))

    def rating_of(self, question: str) -> int | None:
        """The rating that stands for a question, 1 to 4; None where there is none."""
        given = self.ratings.get(question)
        return given[-1].rating if given else None

    def judgement_of(self, question: str) -> QuestionRated | None:
        """The judgement of an answer that stands: a rating, or why there is none."""
        return _standing(self.ratings.get(question))

    def competency_judgement_of(self, competency: str) -> CompetencyRated | None:
        """The judgement of a competency that stands: a rating, or why there is none."""
        return _standing(self.competency_ratings.get(competency))

    @property
    def recommendation(self) -> Recommended | None:
        """What the human recommends on the whole, where they said so."""
        last = self.recommendations[-1] if self.recommendations else None
        return None if last is None or last.recommendation is None else last

    def probes_used(self, question: str) -> int:
        """How many probes and clarifications under ``question`` were taken or heard asked."""
        return sum(
            record.suggestion.question == question
            and record.suggestion.kind is not SuggestionKind.NEXT_QUESTION
            and record.fate in (SuggestionFate.TAKEN, SuggestionFate.ASKED)
            for record in self.suggestions.values()
        )

    def spans(self, now_s: float | None = None) -> tuple[Span, ...]:
        """The interview cut by question, up to ``now_s`` (by default the last event's time)."""
        end_s = self.now_s if now_s is None else now_s
        bounds = [*(asked.since_s for asked in self.questions_asked), max(end_s, self.now_s)]
        return tuple(
            Span(asked.question, start, stop)
            for asked, start, stop in zip(
                self.questions_asked, bounds[:-1], bounds[1:], strict=True
            )
        )

    def seconds_on(self, question: str, now_s: float | None = None) -> float:
        """Session seconds spent on ``question`` so far; those off the record do not count."""
        return sum(
            span.end_s - span.start_s - self.capture.off_record_s(span.start_s, span.end_s)
            for span in self.spans(now_s)
            if span.question == question
        )

    def talk_seconds(self, channel: Channel) -> float:
        """Seconds of recognised speech on ``channel``."""
        return self._talk_s.get(channel, 0.0)

    def question_at(self, at_s: float) -> str | None:
        """The question that was being answered at a session time, or None."""
        for asked in reversed(self.questions_asked):
            if asked.since_s <= at_s:
                return asked.question
        return None

    def was_asked(self, question: str) -> bool:
        """Whether ``question`` has been current at any time."""
        return any(asked.question == question for asked in self.questions_asked)

    def quote_problem(self, evidence: Evidence) -> str:
        """Why ``evidence`` does not stand in the candidate's transcript; empty where it does."""
        return problem(evidence, self.utterances)


def _standing(given: list[_Judgement] | None) -> _Judgement | None:
    """The last judgement, unless it took the one before back."""
    last = given[-1] if given else None
    return None if last is None or (last.rating is None and last.unrated is None) else last
