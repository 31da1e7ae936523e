"""Random events of every type, valid as values though not as a story."""

from typing import TypeVar

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
    BlindingLifted,
    CaptureContinued,
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    CompetencyRated,
    ConsentDecision,
    ConsentRecorded,
    DiskTroubled,
    DroppedSentences,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingReleased,
    FindingState,
    GapCause,
    GuideRef,
    KnownCompetency,
    KnownFlag,
    KnownTopic,
    LanguageChosen,
    ModelAsked,
    ModelRef,
    MomentMarked,
    NoteTaken,
    PlannedPoint,
    PlannedQuestion,
    QuestionAsked,
    QuestionRated,
    RecapPart,
    RecapSentence,
    RecapWritten,
    Recommendation,
    Recommended,
    ReviewOpened,
    ReviewSubmitted,
    SessionEnded,
    SessionResumed,
    SessionStarted,
    SpeakerChosen,
    SpeakerCorrected,
    SpeechDiscarded,
    Suggestion,
    SuggestionClosed,
    SuggestionFate,
    SuggestionKind,
    SuggestionOffered,
    SuggestionSharpened,
    TextCorrected,
    TopicTouched,
    TranscriberChanged,
    Unrated,
    Utterance,
    UtteranceHeard,
    Word,
)

# Everything that can be written as UTF-8: quotes, newlines, the odd separator, all scripts.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ids = st.text(min_size=1, max_size=12, alphabet="abcdefghij-0123456789")
seconds = st.floats(0, 1e5, allow_nan=False)
shares = st.floats(0, 1, allow_nan=False)
channels = st.sampled_from(Channel)
actors = st.sampled_from(Actor)
kinds = st.sampled_from(FindingKind)
alarms = st.sampled_from(AlarmKind)


T = TypeVar("T")


def _several(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, max_size=3).map(tuple)


_common = {"seq": st.integers(1, 10**9), "at_s": seconds}
_words = st.builds(Word, text=texts, start_s=seconds, end_s=seconds, probability=shares)
_utterances = st.builds(
    Utterance,
    id=ids,
    channel=channels,
    start_s=seconds,
    end_s=seconds,
    text=texts,
    words=_several(_words),
    confidence=shares,
    uncertain=st.booleans(),
    language=st.sampled_from(["en", "fr"]),
)
_evidence = st.builds(
    Evidence, utterance_ids=_several(ids), quote=texts, start_s=seconds, end_s=seconds
)
_points = st.builds(PlannedPoint, id=ids, label=texts, weight=st.integers(1, 3))
_models = st.builds(ModelRef, purpose=texts, name=texts, version=texts, sha256=texts)
_questions = st.builds(
    PlannedQuestion,
    id=ids,
    label=texts,
    text=texts,
    minutes=seconds,
    points=_several(_points),
    anchors=_several(texts),
    competencies=_several(ids),
)
_competencies = st.builds(KnownCompetency, id=ids, label=texts, anchors=_several(texts))
_recap_parts = st.builds(
    RecapPart,
    question=ids,
    sentences=_several(st.builds(RecapSentence, text=texts, utterance_ids=_several(ids))),
)
_answered_by = st.builds(AnsweredBy, model=texts, prompt=texts, prompt_sha256=texts)
_suggestions = st.builds(
    Suggestion,
    id=ids,
    kind=st.sampled_from(SuggestionKind),
    text=texts,
    reason=texts,
    question=ids,
    target=st.none() | ids,
)

_topics = st.builds(KnownTopic, id=ids, label=texts, why=texts, instead=texts, packs=_several(ids))

#: One strategy for each type of event.
BY_TYPE: dict[type[Event], st.SearchStrategy[Event]] = {
    SessionStarted: st.builds(
        SessionStarted,
        **_common,
        session_id=ids,
        started_at=texts,
        app_version=texts,
        language=texts,
        guide=st.builds(GuideRef, role=ids, title=texts, sha256=texts),
        plan=_several(_questions),
        competencies=_several(_competencies),
        flags=_several(st.builds(KnownFlag, id=ids, label=texts, benign_reading=texts)),
        source=texts,
        models=_several(_models),
        text_goes_to=_several(texts),
        capture=st.sampled_from(CaptureKind),
        probes=st.integers(0, 9),
        laws=_several(ids),
        topics=_several(_topics),
    ),
    ConsentRecorded: st.builds(
        ConsentRecorded,
        **_common,
        decision=st.sampled_from(ConsentDecision),
        by=texts,
        wording=texts,
    ),
    UtteranceHeard: st.builds(UtteranceHeard, **_common, utterance=_utterances),
    SpeechDiscarded: st.builds(
        SpeechDiscarded,
        **_common,
        channel=channels,
        start_s=seconds,
        end_s=seconds,
        reason=texts,
    ),
    QuestionAsked: st.builds(
        QuestionAsked,
        **_common,
        question=st.none() | ids,
        since_s=seconds,
        by=actors,
        utterance_id=st.none() | ids,
        confidence=shares,
    ),
    FindingMade: st.builds(
        FindingMade,
        **_common,
        question=ids,
        kind=kinds,
        id=ids,
        state=st.sampled_from(FindingState),
        confidence=shares,
        evidence=_several(_evidence),
        by=actors,
        answered_by=st.none() | _answered_by,
    ),
    FindingRefused: st.builds(
        FindingRefused, **_common, question=ids, kind=kinds, id=ids, reason=texts
    ),
    SuggestionOffered: st.builds(SuggestionOffered, **_common, suggestion=_suggestions),
    SuggestionSharpened: st.builds(
        SuggestionSharpened,
        **_common,
        suggestion_id=ids,
        text=texts,
        reason=texts,
        answered_by=_answered_by,
    ),
    ModelAsked: st.builds(
        ModelAsked,
        **_common,
        purpose=st.sampled_from(AskPurpose),
        answered_by=_answered_by,
        tokens_in=st.integers(0, 10**6),
        tokens_out=st.integers(0, 10**6),
        took_ms=st.integers(0, 10**6),
        outcome=st.sampled_from(AskOutcome),
        detail=texts,
    ),
    SuggestionClosed: st.builds(
        SuggestionClosed,
        **_common,
        suggestion_id=ids,
        fate=st.sampled_from(SuggestionFate),
        by=actors,
    ),
    TopicTouched: st.builds(
        TopicTouched, **_common, topic=ids, packs=_several(ids), utterance_id=ids
    ),
    FindingReleased: st.builds(
        FindingReleased, **_common, question=ids, kind=st.sampled_from(FindingKind), id=ids
    ),
    MomentMarked: st.builds(
        MomentMarked, **_common, id=ids, moment_s=seconds, question=st.none() | ids
    ),
    NoteTaken: st.builds(
        NoteTaken, **_common, id=ids, text=texts, moment_s=seconds, question=st.none() | ids
    ),
    QuestionRated: st.builds(
        QuestionRated,
        **_common,
        question=ids,
        rating=st.none() | st.integers(1, 4),
        unrated=st.none() | st.sampled_from(Unrated),
        reason=texts,
    ),
    CompetencyRated: st.builds(
        CompetencyRated,
        **_common,
        competency=ids,
        rating=st.none() | st.integers(1, 4),
        unrated=st.none() | st.sampled_from(Unrated),
        reason=texts,
    ),
    Recommended: st.builds(
        Recommended,
        **_common,
        recommendation=st.none() | st.sampled_from(Recommendation),
        reason=texts,
    ),
    ReviewOpened: st.builds(
        ReviewOpened,
        **_common,
        session_id=ids,
        by=texts,
        opened_at=texts,
        app_version=texts,
        journal_events=st.integers(0, 9),
        journal_head=texts,
    ),
    TextCorrected: st.builds(TextCorrected, **_common, utterance_id=ids, text=st.none() | texts),
    SpeakerCorrected: st.builds(
        SpeakerCorrected, **_common, utterance_id=ids, channel=st.none() | channels
    ),
    RecapWritten: st.builds(
        RecapWritten,
        **_common,
        language=texts,
        parts=_several(_recap_parts),
        proposed=st.integers(0, 99),
        dropped=_several(st.builds(DroppedSentences, check=texts, count=st.integers(1, 99))),
        unread=_several(ids),
        answered_by=_answered_by,
        goes_to=texts,
        tokens_in=st.integers(0, 10**6),
        tokens_out=st.integers(0, 10**6),
    ),
    ReviewSubmitted: st.builds(ReviewSubmitted, **_common, panel=texts, by=texts, sha256=texts),
    BlindingLifted: st.builds(
        BlindingLifted,
        **_common,
        question=st.none() | ids,
        why=st.sampled_from(["asked", "setting", "report"]),
    ),
    ChannelAttached: st.builds(ChannelAttached, **_common, channel=channels, device=texts),
    ChannelLost: st.builds(
        ChannelLost, **_common, channel=channels, device=texts, reason=texts, since_s=seconds
    ),
    AudioGap: st.builds(
        AudioGap,
        **_common,
        channel=st.none() | channels,
        start_s=seconds,
        end_s=seconds,
        cause=st.sampled_from(GapCause),
    ),
    CapturePaused: st.builds(CapturePaused, **_common),
    CaptureContinued: st.builds(CaptureContinued, **_common),
    AlarmRaised: st.builds(AlarmRaised, **_common, alarm=alarms, channel=channels, text=texts),
    AlarmCleared: st.builds(AlarmCleared, **_common, alarm=alarms, channel=channels),
    DiskTroubled: st.builds(
        DiskTroubled,
        **_common,
        reason=texts,
        waiting_s=seconds,
        lost_s=seconds,
        over=st.booleans(),
    ),
    ChannelsSwapped: st.builds(ChannelsSwapped, **_common),
    SpeakerChosen: st.builds(SpeakerChosen, **_common, channel=channels),
    LanguageChosen: st.builds(LanguageChosen, **_common, language=texts),
    TranscriberChanged: st.builds(TranscriberChanged, **_common, model=_models, behind_s=seconds),
    SessionResumed: st.builds(
        SessionResumed,
        **_common,
        resumed_at=texts,
        away_s=seconds,
        app_version=texts,
        source=texts,
    ),
    SessionEnded: st.builds(
        SessionEnded,
        **_common,
        reason=st.sampled_from(["finished", "user", "failed"]),
        duration_s=seconds,
        detail=texts,
    ),
}

events = st.one_of(*BY_TYPE.values())
