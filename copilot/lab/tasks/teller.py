"""Telling an interview event by event, up to where a case needs it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from copilot.engine.planning import planned_questions
from copilot.events import (
    Actor,
    ConsentDecision,
    ConsentRecorded,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingState,
    GuideRef,
    KnownFlag,
    QuestionAsked,
    SessionStarted,
    Suggestion,
    SuggestionClosed,
    SuggestionFate,
    SuggestionKind,
    SuggestionOffered,
    Utterance,
    UtteranceHeard,
)
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.lab.tasks.model_cases import Said

_WORDS_A_SECOND = 2.5


class Teller:
    """Brings an interview to where a case needs it, event by event."""

    def __init__(self, guide: Guide, plan: Sequence[str], language: str) -> None:
        """Begin, with the candidate's consent.

        Args:
            guide: The guide.
            plan: Ids of the questions.
            language: What is spoken.
        """
        self.interview = Interview()
        self._language = language
        self._at_s = 0.0
        self._tell(
            SessionStarted,
            session_id="lab",
            started_at="",
            app_version="",
            language=language,
            guide=GuideRef(role=guide.id, title=guide.title, sha256=""),
            plan=planned_questions(guide, plan),
            flags=tuple(
                KnownFlag(id=flag.id, label=flag.label, benign_reading=flag.benign_reading)
                for flag in guide.red_flags
            ),
            source="lab",
        )
        self._tell(ConsentRecorded, decision=ConsentDecision.GIVEN, by="", wording="")

    def ask(self, question: str) -> None:
        """Let a question of the plan be asked."""
        self._tell(QuestionAsked, question=question, since_s=self._at_s, by=Actor.HUMAN)

    def offer(self, question: str, texts: Iterable[str]) -> None:
        """Let follow-ups have been offered and taken."""
        for number, text in enumerate(texts, 1):
            offered = suggestion(f"a{number}", SuggestionKind.PROBE, text, question)
            self._tell(SuggestionOffered, suggestion=offered)
            self._tell(
                SuggestionClosed,
                suggestion_id=offered.id,
                fate=SuggestionFate.TAKEN,
                by=Actor.HUMAN,
            )

    def offer_and_wait(self, offered: Suggestion) -> None:
        """Let a suggestion stand on the screen."""
        self._tell(SuggestionOffered, suggestion=offered)

    def hear(self, answer: Iterable[Said]) -> None:
        """Let an answer be heard, at the pace of speech."""
        for said in answer:
            begin_s = self._at_s
            self._at_s += len(said.text.split()) / _WORDS_A_SECOND
            heard = Utterance(
                id=said.id,
                channel=said.channel,
                start_s=begin_s,
                end_s=self._at_s,
                text=said.text,
                uncertain=said.uncertain,
                language=self._language,
            )
            self._tell(UtteranceHeard, utterance=heard)

    def find(
        self,
        question: str,
        item: str,
        state: FindingState,
        evidence: Evidence | None,
        *,
        is_flag: bool,
    ) -> None:
        """Let a point or flag have a state; without evidence it is the human's word."""
        self._tell(
            FindingMade,
            question=question,
            kind=FindingKind.FLAG if is_flag else FindingKind.POINT,
            id=item,
            state=state,
            confidence=0.5,
            evidence=() if evidence is None else (evidence,),
            by=Actor.HUMAN if evidence is None else Actor.MACHINE,
        )

    def _tell(self, kind: Callable[..., Event], /, **values: Any) -> None:
        self.interview.apply(kind(seq=self.interview.seq + 1, at_s=self._at_s, **values))


def suggestion(
    suggestion_id: str, kind: SuggestionKind, text: str, question: str, target: str | None = None
) -> Suggestion:
    """A suggestion; the model is not told its reason."""
    return Suggestion(
        id=suggestion_id, kind=kind, text=text, reason="", question=question, target=target
    )
