"""Reports in which everything that can be told happened."""

from typing import Any

from copilot.events import (
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AnsweredBy,
    AudioGap,
    Channel,
    CompetencyRated,
    DroppedSentences,
    Event,
    FindingState,
    GapCause,
    MomentMarked,
    QuestionRated,
    RecapPart,
    RecapSentence,
    RecapWritten,
    Recommendation,
    Recommended,
    ReviewOpened,
    SpeakerCorrected,
    SuggestionFate,
    TextCorrected,
    Unrated,
)
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.review.report import Report, report_of
from copilot.review.reviewed import Reviewed
from tests.builders import GUIDE
from tests.story import Story, evidence_of


def a_full_story(guide: Guide = GUIDE, say: str = "", note: str = "Calm and clear.") -> Story:
    """An interview with gaps, an alarm, notes, marks, follow-ups and ratings.

    Args:
        guide: The guide in use.
        say: Said by the candidate besides, and quoted.
        note: The one note.
    """
    story = Story(guide)
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER, length_s=4)
    story.ask("rollout", since_s=0)
    back = story.say("We had a way back to the old oven.", start_s=5, length_s=6)
    story.find("rollback", FindingState.EVIDENCED, said=back, quote="a way back to the old oven")
    none = story.say(say or "There was no training whatsoever.", start_s=12, length_s=3)
    story.find("training", FindingState.DENIED, said=none)
    story.find("pilot", FindingState.UNCLEAR)
    story.say("Mumble mumble.", start_s=16, length_s=1, uncertain=True)
    alone = story.say("In the end I did it all by myself.", start_s=18, length_s=4)
    story.raise_flag("alone", alone)
    story.offer(at_s=24)
    story.close("s1", SuggestionFate.ASKED)
    story.note(note, moment_s=20, question="rollout")
    story.tell(MomentMarked, id="k1", moment_s=21.0, question="rollout")
    story.tell(AlarmRaised, 30, alarm=AlarmKind.SILENT, channel=Channel.CANDIDATE, text="Silent.")
    story.tell(AlarmCleared, 36, alarm=AlarmKind.SILENT, channel=Channel.CANDIDATE)
    story.tell(AudioGap, 50, channel=None, start_s=40.0, end_s=50.0, cause=GapCause.OFF_RECORD)
    story.ask("metrics", at_s=60)
    first = story.say("We weigh the bread that is left.", start_s=62, length_s=4)
    second = story.say("And we write it down each night.", start_s=67, length_s=4)
    both = evidence_of(first, f"{first.text} {second.text}")
    whole = type(both)(
        utterance_ids=(first.id, second.id), quote=both.quote, start_s=62.0, end_s=71.0
    )
    story.find("waste", FindingState.EVIDENCED, question="metrics", evidence=(whole,))
    story.rate("rollout", 2, reason="Too short.")
    story.rate("rollout", 3, reason="He said more later.")
    story.end(at_s=100)
    return story


def reviewed(interview: Interview, *changes: tuple[type[Event], dict[str, Any]]) -> Reviewed:
    """The interview after a review by Ada, two hours later."""
    state = Reviewed(interview)
    opened: tuple[type[Event], dict[str, Any]] = (
        ReviewOpened,
        {
            "session_id": "20260302-090000-abcd",
            "by": "Ada",
            "opened_at": "2026-03-02T11:00:00+00:00",
            "app_version": "0.1.0",
            "journal_events": 1,
            "journal_head": "0" * 64,
        },
    )
    for number, (kind, values) in enumerate((opened, *changes), 1):
        state.apply(kind(seq=number, at_s=7200.0 + number, **values))
    return state


def a_full_report(language: str | None = None, guide: Guide = GUIDE, **story: str) -> Report:
    """A report with everything there can be in it."""
    state = reviewed(
        a_full_story(guide, **story).interview,
        (QuestionRated, {"question": "metrics", "rating": 4, "reason": "Figures by heart."}),
        (QuestionRated, {"question": "team", "rating": None, "unrated": Unrated.NOT_ASKED}),
        (CompetencyRated, {"competency": "craft", "rating": 2, "reason": "Hm."}),
        (CompetencyRated, {"competency": "craft", "rating": 3, "reason": "Knows ovens."}),
        (Recommended, {"recommendation": Recommendation.YES, "reason": "I would work with him."}),
        (TextCorrected, {"utterance_id": "u2", "text": "We had a way back to the <old> oven."}),
        (SpeakerCorrected, {"utterance_id": "u4", "channel": Channel.INTERVIEWER}),
        (RecapWritten, recap_values(language or guide.language)),
    )
    return report_of(state, language)


def recap_values(language: str) -> dict[str, Any]:
    """What a language model wrote about it."""
    sentence = RecapSentence(text="Bread that is left is weighed.", utterance_ids=("u6",))
    return {
        "language": language,
        "parts": (RecapPart(question="metrics", sentences=(sentence,)),),
        "proposed": 3,
        "dropped": (DroppedSentences(check="judgement", count=2),),
        "unread": ("rollout",),
        "answered_by": AnsweredBy(model="qwen", prompt="recap", prompt_sha256="ab" * 32),
        "goes_to": "",
        "tokens_in": 10,
        "tokens_out": 5,
    }
