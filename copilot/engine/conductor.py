"""The conductor: turns what is heard and commanded into events, one after the other.

It belongs to one thread, opens no file and knows no clock: time comes in with every call. What it
publishes has been applied to its ``Interview`` and is final.
"""

import contextlib
from collections.abc import Callable, Iterable
from typing import Any, Literal

from copilot.audio.notices import Gap
from copilot.coach import Close, Coach, Moment, Offer
from copilot.coach.coach import closed_by
from copilot.engine.asking.seam import MakeAsking, nobody
from copilot.engine.by_hand import ByHand
from copilot.engine.capture_events import Happening, event_of
from copilot.engine.commands import (
    ChooseLanguage,
    ChooseSpeaker,
    Command,
    DismissSuggestion,
    MarkMoment,
    RateQuestion,
    SetFinding,
    SetQuestion,
    SkipSuggestion,
    TakeNote,
    TakeSuggestion,
)
from copilot.engine.finding import Finder
from copilot.engine.off_limits import OffLimits, Warner
from copilot.engine.turns import MORE_THAN_LISTENING, answered_since, last_turn_s, last_words_s
from copilot.errors import CopilotError, StorageError
from copilot.events import (
    Actor,
    CaptureKind,
    Channel,
    ChannelsSwapped,
    ConsentDecision,
    ConsentRecorded,
    Event,
    GapCause,
    LanguageChosen,
    QuestionAsked,
    SessionEnded,
    SessionResumed,
    SessionStarted,
    SpeakerChosen,
    SpeechDiscarded,
    SuggestionClosed,
    SuggestionFate,
    SuggestionOffered,
    Utterance,
    UtteranceHeard,
    Word,
)
from copilot.interview import Interview
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.speech.endpoints import Stretch
from copilot.speech.transcriber import Transcription

_FATES = {
    TakeSuggestion: SuggestionFate.TAKEN,
    SkipSuggestion: SuggestionFate.SKIPPED,
    DismissSuggestion: SuggestionFate.DISMISSED,
}


class Conductor:
    """Runs one interview."""

    def __init__(
        self,
        *,
        language: str,
        matcher: Matcher,
        recogniser: QuestionRecogniser,
        coach: Coach,
        publish: Callable[[Event], None],
        off_limits: OffLimits | None = None,
        asking: MakeAsking = nobody,
    ) -> None:
        """Prepare a session.

        Args:
            language: Language of the interview.
            matcher: Matches answers against the guide.
            recogniser: Hears which question is asked.
            coach: Says what to ask next.
            publish: Called with every event after it was applied; keeps it and tells the fronts.
                Raises ``StorageError`` where it could not keep the event.
            off_limits: The topics that the interviewer is warned of; none where None.
            asking: Makes what asks a language model.
        """
        self.interview = Interview()
        self.asking = asking(self.interview, self._emit)
        self._language = language
        self._finder = Finder(self.interview, matcher, self._emit)
        self._by_hand = ByHand(self.interview, self._finder, self._emit)
        self._warner = Warner(self.interview, off_limits, self._emit)
        self._recogniser = recogniser
        self._coach = coach
        self._publish = publish
        self._now_s = 0.0
        self._to_read = 0  # utterances since which nothing was read for other questions
        self._lost_seq: int | None = None  # number of the event that could not be kept

    # -- what comes in --------------------------------------------------------------------------

    def start(
        self, started: dict[str, Any], decision: ConsentDecision, by: str, wording: str
    ) -> None:
        """Begin, with what ``SessionStarted`` says and the decision about consent."""
        self._emit(SessionStarted, **started)
        self._emit(ConsentRecorded, decision=decision, by=by, wording=wording)
        if started.get("capture") is CaptureKind.ROOM:
            self._emit(SpeakerChosen, channel=Channel.INTERVIEWER)

    def resume(self, events: Iterable[Event], resumed: dict[str, Any]) -> None:
        """Go on where ``events``, which are kept already, broke off.

        Args:
            events: Those of the interrupted session.
            resumed: What ``SessionResumed`` says.

        Raises:
            EventError: The events are no interview.
        """
        for event in events:
            self._apply(event)
        self._finder.resumed()
        self._now_s = self.interview.now_s
        self._language = self.interview.capture.language or self._language
        self._emit(SessionResumed, **resumed)
        paused_at_s = self.interview.capture.paused_at_s
        if paused_at_s is not None:
            self._tell_gap(paused_at_s)

    def _tell_gap(self, paused_at_s: float) -> None:
        """What was off the record when the session was interrupted."""
        gap = Gap(None, paused_at_s, self._now_s, GapCause.OFF_RECORD)
        self.tell(gap, self._now_s)

    def hear(self, stretch: Stretch, heard: Transcription, now_s: float) -> None:
        """Take in what one stretch of speech says; ``read_on`` is for after the coach's look."""
        self._advance(now_s)
        if not heard.words:
            self._emit(
                SpeechDiscarded,
                channel=stretch.channel,
                start_s=round(stretch.start_s, 3),
                end_s=round(stretch.speech_end_s, 3),
                reason=heard.reason,
            )
            return
        utterance = self._utterance(stretch, heard)
        self._emit(UtteranceHeard, utterance=utterance)
        self._to_read += 1
        if utterance.channel is Channel.INTERVIEWER:
            self._warner.hear(utterance)
            self._listen_for_question(utterance)
        else:
            if len(utterance.words) >= MORE_THAN_LISTENING:
                self._recogniser.new_turn()
            self._finder.match(self.interview.question_of(utterance.id))

    def read_on(self) -> None:
        """Read a little of what was said for other questions, where an utterance has come.

        Apart from ``hear``, because the coach's word on the answer comes first.
        """
        if self._to_read:
            self._to_read -= 1
            self._finder.read_on()

    def tick(self, moment: Moment) -> None:
        """Let the coach look at the moment."""
        self._advance(moment.now_s)
        # Each advice can clear the way for the next: a stale suggestion goes, another comes.
        for _ in range(3):
            advice = self._coach.advise(self.interview, moment)
            if isinstance(advice, Close):
                self._close(advice.suggestion_id, advice.fate)
            elif isinstance(advice, Offer):
                self._emit(SuggestionOffered, suggestion=advice.suggestion)
                break
            else:
                break
        self.asking.look(moment)

    def obey(self, command: Command, now_s: float) -> None:
        """Carry out a command of the interviewer's; one that came too late does nothing."""
        self._advance(now_s)
        match command:
            case TakeSuggestion() | SkipSuggestion() | DismissSuggestion():
                record = self.interview.open_suggestion
                if record is not None and record.suggestion.id == command.suggestion_id:
                    self._close(command.suggestion_id, _FATES[type(command)])
            case SetQuestion():
                self._set_question(command.question, moving_on=command.moving_on)
            case TakeNote() | MarkMoment() | RateQuestion() | SetFinding():
                self._by_hand.obey(command, self._now_s)
            case ChooseLanguage():
                if self._language != command.language:
                    self._language = command.language
                    self._emit(LanguageChosen, language=command.language)
            case ChooseSpeaker():
                if self.interview.capture.speaker is not command.channel:
                    self._emit(SpeakerChosen, channel=command.channel)
            case _:
                pass  # what capture does about the others comes back as a notice

    def tell(self, what: Happening, now_s: float) -> None:
        """Take in what happens to the capture: devices, gaps, alarms, the disk."""
        self._advance(now_s)
        event = event_of(what, self.interview.capture)
        if event is not None:
            self._emit(event.kind, **event.values)

    def swap(self, now_s: float) -> None:
        """The sides were mixed up: read all that was said anew, the other way round."""
        self._advance(now_s)
        record = self.interview.open_suggestion
        if record is not None:
            self._close(record.suggestion.id, SuggestionFate.SUPERSEDED)
        by_hand = [e for e in self.interview.questions_asked if e.by is Actor.HUMAN]
        self._emit(ChannelsSwapped)
        self._read_anew(by_hand)

    def end(
        self, reason: Literal["finished", "user", "failed"], now_s: float, detail: str = ""
    ) -> None:
        """Close what is open and end."""
        self._advance(now_s)
        duration_s = round(self._now_s, 3)
        if self._lost_seq is not None:
            # What could not be kept never happened, so the end takes its number.
            lost, self._lost_seq = self._lost_seq, None
            self._publish(
                SessionEnded(
                    seq=lost, at_s=duration_s, reason=reason, duration_s=duration_s, detail=detail
                )
            )
            return
        self.asking.stop()
        if reason != "failed":
            self._finder.match(self.interview.current_question, over=True)
            self._finder.read_all()
        record = self.interview.open_suggestion
        if record is not None:
            self._close(record.suggestion.id, SuggestionFate.UNUSED)
        self._emit(SessionEnded, reason=reason, duration_s=duration_s, detail=detail)

    def fail(self, error: BaseException, now_s: float) -> None:
        """End because of ``error``, as far as an end can still be kept and told."""
        title = error.title if isinstance(error, CopilotError) else type(error).__name__
        with contextlib.suppress(CopilotError, OSError):
            self.end("failed", now_s, title)

    # -- what follows from it -------------------------------------------------------------------

    def _read_anew(self, by_hand: list[QuestionAsked]) -> None:
        """Recognise the questions again; those set by hand stand where they stood."""
        self._recogniser.new_turn()
        for utterance in list(self.interview.utterances.values()):
            while by_hand and by_hand[0].since_s <= utterance.start_s:
                self._set_by_hand_again(by_hand.pop(0))
            if utterance.channel is Channel.INTERVIEWER:
                self._recognise(utterance, self.interview.question_at(utterance.start_s))
            elif len(utterance.words) >= MORE_THAN_LISTENING:
                self._recogniser.new_turn()
        for asked in by_hand:
            self._set_by_hand_again(asked)
        for question in dict.fromkeys(e.question for e in self.interview.questions_asked):
            self._finder.match(question)
        self._finder.read_on()

    def _set_by_hand_again(self, asked: QuestionAsked) -> None:
        self._emit(QuestionAsked, question=asked.question, since_s=asked.since_s, by=Actor.HUMAN)

    def _advance(self, now_s: float) -> None:
        self._now_s = max(self._now_s, now_s)

    def _apply(self, event: Event) -> None:
        self.interview.apply(event)
        self._finder.follow(event)

    def _emit(self, kind: type[Event], /, **values: Any) -> None:
        event = kind(seq=self.interview.seq + 1, at_s=round(self._now_s, 3), **values)
        self._apply(event)
        try:
            self._publish(event)
        except StorageError:
            self._lost_seq = event.seq
            raise

    def _utterance(self, stretch: Stretch, heard: Transcription) -> Utterance:
        words = tuple(
            Word(
                text=word.text,
                start_s=round(stretch.start_s + word.start_s, 3),
                end_s=round(stretch.start_s + word.end_s, 3),
                probability=round(word.probability, 3),
            )
            for word in heard.words
        )
        return Utterance(
            id=f"u{len(self.interview.utterances) + 1}",
            channel=stretch.channel,
            start_s=words[0].start_s,
            end_s=words[-1].end_s,
            text=heard.text,
            words=words,
            confidence=round(heard.confidence, 3),
            uncertain=heard.uncertain,
            language=self._language,
        )

    def _listen_for_question(self, utterance: Utterance) -> None:
        record = self.interview.open_suggestion
        if record is not None and self._recogniser.asks(utterance, record.suggestion.text):
            self._close(record.suggestion.id, SuggestionFate.ASKED)
        left = self.interview.current_question
        recognised = self._recognise(utterance, left)
        if recognised is not None:
            self._finder.match(left)
            self._finder.match(recognised)

    def _recognise(self, utterance: Utterance, current: str | None) -> str | None:
        """The question ``utterance`` asks, where it is another one than ``current``."""
        asked = {event.question for event in self.interview.questions_asked if event.question}
        recognised = self._recogniser.hear(utterance, asked, current)
        if recognised is None or recognised.question == current:
            return None
        self._emit(
            QuestionAsked,
            question=recognised.question,
            since_s=utterance.start_s,
            by=Actor.MACHINE,
            utterance_id=utterance.id,
            confidence=round(recognised.confidence, 3),
        )
        return recognised.question

    def _set_question(self, question: str | None, *, moving_on: bool) -> None:
        left = self.interview.current_question
        if question == left:
            return
        if question is not None:
            self.interview.planned(question)
        since_s = last_words_s(self.interview, self._now_s) if moving_on else self._since(question)
        passed = answered_since(self.interview, since_s)
        self._emit(QuestionAsked, question=question, since_s=since_s, by=Actor.HUMAN)
        # What was said since then belongs to no question in between any more.
        for changed in dict.fromkeys([left, *passed, question]):
            self._finder.match(changed)
        self._finder.read_on()

    def _since(self, question: str | None) -> float:
        """From when on a question set by key has been the one being answered."""
        asked = self.interview.questions_asked
        before = asked[-2].question if len(asked) > 1 else None
        if asked and asked[-1].by is Actor.MACHINE and question == before:
            return asked[-1].since_s  # the machine's last decision is taken back
        return last_turn_s(self.interview, self._now_s)

    def _close(self, suggestion_id: str, fate: SuggestionFate) -> None:
        self._emit(SuggestionClosed, suggestion_id=suggestion_id, fate=fate, by=closed_by(fate))
