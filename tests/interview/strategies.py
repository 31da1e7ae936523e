"""Random interviews: any sequence of events that the rules allow, and nothing else.

The generator keeps its own small account of what is allowed (what was said, which suggestion is
open, what the human decided), so that it does not borrow the rules from the code under test.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from copilot.events import (
    Actor,
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AnsweredBy,
    AskOutcome,
    AskPurpose,
    AudioGap,
    CaptureContinued,
    CapturePaused,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    CompetencyRated,
    ConsentDecision,
    ConsentRecorded,
    DiskTroubled,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingReleased,
    FindingState,
    GapCause,
    KnownCompetency,
    KnownFlag,
    KnownTopic,
    ModelAsked,
    MomentMarked,
    NoteTaken,
    PlannedPoint,
    PlannedQuestion,
    QuestionAsked,
    QuestionRated,
    Recommendation,
    Recommended,
    SessionEnded,
    SessionResumed,
    SpeakerChosen,
    SpeechDiscarded,
    Suggestion,
    SuggestionClosed,
    SuggestionFate,
    SuggestionKind,
    SuggestionOffered,
    SuggestionSharpened,
    TopicTouched,
    Unrated,
    Utterance,
    UtteranceHeard,
)
from tests.builders import session_started

_WORDS = ("we", "had", "no", "plan", "in", "the", "été", "«bon»", '"so"', "back\\up", "日本", "ok.")
_POINT_STATES = (
    FindingState.EVIDENCED,
    FindingState.NOT_HEARD,
    FindingState.UNCLEAR,
    FindingState.DENIED,
)
_FLAG_STATES = (FindingState.RAISED, FindingState.NOT_RAISED, FindingState.UNCLEAR)
_TOY = AnsweredBy(model="toy", prompt="follow_up", prompt_sha256="ab" * 32)
_NEED_A_QUOTE = (FindingState.EVIDENCED, FindingState.DENIED, FindingState.RAISED)

_COMPETENCIES = (KnownCompetency(id="craft", label="Craft", anchors=("a", "b", "c", "d")),)

_texts = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)
_spent_s = st.sampled_from([0.0, 0.01, 0.5, 1.0, 7.25, 60.0]) | st.floats(0, 30)
_actors = st.sampled_from(Actor)


@st.composite
def _plans(draw: st.DrawFn) -> tuple[PlannedQuestion, ...]:
    count = draw(st.integers(1, 4))
    return tuple(
        PlannedQuestion(
            id=f"q{number}",
            label=f"Question {number}",
            text=draw(_texts),
            minutes=draw(st.floats(0.5, 10)),
            points=tuple(
                PlannedPoint(id=f"p{point}", label=f"Point {point}")
                for point in range(draw(st.integers(0, 3)))
            ),
            anchors=draw(st.sampled_from([(), ("none", "some", "much", "all")])),
            competencies=draw(st.sampled_from([(), ("craft",)])),
        )
        for number in range(count)
    )


class _Teller:
    """Draws one allowed event after the other."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.plan = draw(_plans())
        self.flags = tuple(f"f{number}" for number in range(draw(st.integers(0, 2))))
        self.now_s = 0.0
        self.may_listen = False
        self.paused = False
        self.notes = 0
        self.marks = 0
        self.utterances: list[Utterance] = []
        self.human_decided: set[tuple[str, FindingKind, str]] = set()
        self.suggestions = 0
        self.open_suggestion: str | None = None
        self.topics = {f"t{number}" for number in range(draw(st.integers(0, 2)))}
        flags = tuple(KnownFlag(id=flag, label=flag, benign_reading="") for flag in self.flags)
        topics = tuple(
            KnownTopic(id=topic, label=topic, why="", instead="", packs=("eu",))
            for topic in sorted(self.topics)
        )
        self.events: list[Event] = [
            session_started(plan=self.plan, flags=flags, topics=topics, competencies=_COMPETENCIES)
        ]

    def tell(self, event: type[Event], /, **values: Any) -> None:
        self.now_s += self.draw(_spent_s)
        self.events.append(event(seq=len(self.events) + 1, at_s=self.now_s, **values))

    def one_of(self, options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def steps(self) -> list[Callable[[], None]]:
        """What may happen next."""
        allowed = [self.ask, self.ask, self.consent, self.refuse, self.find_without_quote]
        allowed += [self.device, self.gap, self.pause, self.alarm, self.disk, self.resume]
        allowed += [
            self.mark,
            self.note,
            self.note,
            self.rate,
            self.rate,
            self.recommend,
            self.swap,
            self.choose_speaker,
        ]
        if self.may_listen:
            allowed += [self.speak] * 4 + [self.discard]
        if any(self._can_quote(said) for said in self.utterances):
            allowed += [self.find_with_quote] * 3
        if self.topics and self._asked_words():
            allowed.append(self.touch)
        allowed.append(self.offer if self.open_suggestion is None else self.close)
        if self.open_suggestion is not None:
            allowed.append(self.sharpen)
        if self.human_decided:
            allowed.append(self.release)
        return [*allowed, self.ask_model]

    def consent(self) -> None:
        yes = [ConsentDecision.GIVEN, ConsentDecision.NOT_NEEDED]
        decision = self.one_of([*yes, *yes, ConsentDecision.DECLINED])
        self.may_listen = decision is not ConsentDecision.DECLINED
        self.tell(ConsentRecorded, decision=decision, by="Ada", wording="May we?")

    def speak(self) -> None:
        channel = self.one_of(list(Channel))
        # Texts of one channel become final in the order in which they were spoken.
        earlier = [said.start_s for said in self.utterances if said.channel is channel]
        start_s = self.draw(st.floats(max(earlier, default=0.0), max(self.now_s, *earlier, 0.0)))
        said = Utterance(
            id=f"u{len(self.utterances) + 1}",
            channel=channel,
            start_s=start_s,
            end_s=start_s + self.draw(st.floats(0, 20)),
            text=self.draw(_texts),
            uncertain=self.draw(st.booleans()),
        )
        self.tell(UtteranceHeard, utterance=said)
        self.utterances.append(said)

    def discard(self) -> None:
        channel = self.one_of(list(Channel))
        end_s = self.now_s + self.draw(st.floats(0, 3))
        self.tell(
            SpeechDiscarded, channel=channel, start_s=self.now_s, end_s=end_s, reason="no words"
        )

    def ask(self) -> None:
        back_s = self.draw(st.floats(0, self.now_s)) if self.draw(st.booleans()) else 0.0
        self.tell(
            QuestionAsked,
            question=self.one_of([*(question.id for question in self.plan), None]),
            since_s=self.now_s - back_s,
            by=self.draw(_actors),
        )

    def refuse(self) -> None:
        self.tell(
            FindingRefused,
            question=self.one_of(self.plan).id,
            kind=self.one_of(list(FindingKind)),
            id="p0",
            reason="the quote does not stand in u1.",
        )

    def find_without_quote(self) -> None:
        states = [s for s in (*_POINT_STATES, *_FLAG_STATES) if s not in _NEED_A_QUOTE]
        self._find(self.one_of(states), self.draw(_actors), ())

    def find_with_quote(self) -> None:
        sure = self.one_of([said for said in self.utterances if self._can_quote(said)])
        pair = [said for said in self.utterances if said.channel is Channel.CANDIDATE]
        index = pair.index(sure)
        chosen = pair[index : index + self.draw(st.integers(1, 2))]
        text = " ".join(said.text for said in chosen)
        begin = self.draw(st.integers(0, len(sure.text) - 1))
        quote = text[begin : begin + self.draw(st.integers(1, len(text)))]
        evidence = Evidence(
            utterance_ids=tuple(said.id for said in chosen),
            quote=quote if quote.strip() else text,
            start_s=chosen[0].start_s,
            end_s=chosen[-1].end_s,
        )
        self._find(self.one_of(_NEED_A_QUOTE), self.draw(_actors), (evidence,))

    @staticmethod
    def _can_quote(said: Utterance) -> bool:
        return said.channel is Channel.CANDIDATE and not said.uncertain

    def _find(self, state: FindingState, by: Actor, evidence: tuple[Evidence, ...]) -> None:
        items = [
            (question.id, FindingKind.POINT, point.id)
            for question in self.plan
            for point in question.points
            if state in _POINT_STATES
        ]
        items += [
            (question.id, FindingKind.FLAG, flag)
            for question in self.plan
            for flag in self.flags
            if state in _FLAG_STATES
        ]
        if by is Actor.MACHINE:
            items = [item for item in items if item not in self.human_decided]
        if not items:
            return
        item = self.one_of(items)
        if by is Actor.HUMAN:
            self.human_decided.add(item)
        question, kind, item_id = item
        self.tell(
            FindingMade,
            question=question,
            kind=kind,
            id=item_id,
            state=state,
            confidence=self.draw(st.floats(0, 1)),
            evidence=evidence,
            by=by,
        )

    def offer(self) -> None:
        self.suggestions += 1
        self.open_suggestion = f"s{self.suggestions}"
        suggestion = Suggestion(
            id=self.open_suggestion,
            kind=self.one_of(list(SuggestionKind)),
            text=self.draw(_texts),
            reason="not heard yet",
            question=self.one_of(self.plan).id,
            target=self.one_of(["p0", None]),
        )
        self.tell(SuggestionOffered, suggestion=suggestion)

    def close(self) -> None:
        fate = self.one_of(list(SuggestionFate))
        self.tell(
            SuggestionClosed,
            suggestion_id=self.open_suggestion,
            fate=fate,
            by=self.draw(_actors),
        )
        self.open_suggestion = None

    def _asked_words(self) -> list[str]:
        return [said.id for said in self.utterances if said.channel is Channel.INTERVIEWER]

    def touch(self) -> None:
        topic = self.one_of(sorted(self.topics))
        self.topics.remove(topic)
        said = self.one_of(self._asked_words())
        self.tell(TopicTouched, topic=topic, packs=("eu",), utterance_id=said)

    def sharpen(self) -> None:
        self.tell(
            SuggestionSharpened,
            suggestion_id=self.open_suggestion,
            text=self.draw(_texts),
            reason="not heard yet",
            answered_by=_TOY,
        )

    def ask_model(self) -> None:
        self.tell(
            ModelAsked,
            purpose=self.one_of(list(AskPurpose)),
            answered_by=_TOY,
            tokens_in=9,
            tokens_out=1,
            took_ms=1000,
            outcome=self.one_of(list(AskOutcome)),
        )

    # -- what humans write, and what happens to the capture --------------------------------------

    def note(self) -> None:
        self.notes += 1
        self.tell(
            NoteTaken,
            id=f"n{self.notes}",
            text=self.draw(_texts),
            moment_s=self.draw(st.floats(0, self.now_s)),
            question=self.one_of([*(question.id for question in self.plan), None]),
        )

    def mark(self) -> None:
        self.marks += 1
        self.tell(
            MomentMarked,
            id=f"k{self.marks}",
            moment_s=self.draw(st.floats(0, self.now_s)),
            question=self.one_of([*(question.id for question in self.plan), None]),
        )

    def release(self) -> None:
        item = self.one_of(sorted(self.human_decided))
        self.human_decided.remove(item)
        question, kind, item_id = item
        self.tell(FindingReleased, question=question, kind=kind, id=item_id)

    def rate(self) -> None:
        question = self.one_of(self.plan).id
        rating = self.one_of([1, 2, 3, 4, None])
        unrated = self.one_of([None, *Unrated]) if rating is None else None
        reason = self.draw(st.just("") | _texts)
        judged = {"rating": rating, "unrated": unrated, "reason": reason}
        if self.draw(st.booleans()):
            self.tell(QuestionRated, question=question, **judged)
        else:
            self.tell(CompetencyRated, competency="craft", **judged)

    def recommend(self) -> None:
        self.tell(
            Recommended,
            recommendation=self.one_of([None, *Recommendation]),
            reason=self.draw(st.just("") | _texts),
        )

    def device(self) -> None:
        channel = self.one_of(list(Channel))
        if self.draw(st.booleans()):
            self.tell(ChannelAttached, channel=channel, device=self.draw(_texts))
        else:
            self.tell(
                ChannelLost,
                channel=channel,
                device=self.draw(_texts),
                reason="it was unplugged",
                since_s=self.now_s,
            )

    def gap(self) -> None:
        start_s = self.draw(st.floats(0, self.now_s))
        self.tell(
            AudioGap,
            channel=self.one_of([*Channel, None]),
            start_s=start_s,
            end_s=start_s + self.draw(st.floats(0, 60)),
            cause=self.one_of(list(GapCause)),
        )

    def pause(self) -> None:
        self.paused = not self.paused
        self.tell(CapturePaused if self.paused else CaptureContinued)

    def alarm(self) -> None:
        values = {"alarm": self.one_of(list(AlarmKind)), "channel": self.one_of(list(Channel))}
        if self.draw(st.booleans()):
            self.tell(AlarmRaised, text=self.draw(_texts), **values)
        else:
            self.tell(AlarmCleared, **values)

    def disk(self) -> None:
        over = self.draw(st.booleans())
        self.tell(DiskTroubled, reason="full", waiting_s=self.draw(st.floats(0, 99)), over=over)

    def choose_speaker(self) -> None:
        self.tell(SpeakerChosen, channel=self.one_of(list(Channel)))

    def resume(self) -> None:
        self.tell(SessionResumed, resumed_at="now", away_s=9.0, app_version="1", source="two")

    def swap(self) -> None:
        self.utterances = [
            dataclasses.replace(said, channel=said.channel.other) for said in self.utterances
        ]
        self.tell(ChannelsSwapped)

    def end(self) -> None:
        reason = self.one_of(["finished", "user", "failed"])
        self.tell(SessionEnded, reason=reason, duration_s=self.now_s)


@st.composite
def stories(draw: st.DrawFn, *, may_end: bool = True) -> tuple[Event, ...]:
    """The events of a random interview, from its start to anywhere."""
    teller = _Teller(draw)
    if draw(st.integers(0, 9)):  # most interviews may be listened to
        teller.consent()
    for _ in range(draw(st.integers(0, 30))):
        draw(st.sampled_from(teller.steps()))()
    if may_end and draw(st.booleans()):
        teller.end()
    return tuple(teller.events)
