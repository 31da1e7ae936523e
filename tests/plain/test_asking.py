"""Where the interview stands, in words, when somebody asks."""

from copilot.engine.vitals import Vitals
from copilot.events import (
    AlarmKind,
    AlarmRaised,
    CaptureKind,
    CapturePaused,
    Channel,
    FindingState,
)
from copilot.plain.happenings import Alive, Ready, Typed
from copilot.plain.levels import Levels
from tests.builders import session_started
from tests.plain.parts import CallStory, answered, held, told


def status_of(story: CallStory, **values) -> str:
    vitals = Vitals(**{"now_s": 60.0, "lag_s": 0.61, **values})
    lines, _ = held(told(story.events), [Alive(vitals)], [Typed("status")])
    return lines[-3]


def test_status_tells_recording_levels_lag_where_text_goes_and_the_time_left() -> None:
    levels = {Channel.INTERVIEWER: -20.0, Channel.CANDIDATE: -70.0}

    assert status_of(CallStory(), levels_dbfs=levels) == (
        "Listening; the session is stored. You: good. Candidate: silent. Text 0.6 s behind. "
        "Sound and text stay here. 11 minutes of the plan left."
    )


def test_status_says_what_leaves_the_machine() -> None:
    story = CallStory()
    story.events[0] = session_started(
        capture=CaptureKind.CALL,
        text_goes_to=("speech.example", "llm.example"),
        sound_goes_to=("speech.example",),
        llm_goes_to=("llm.example",),
    )

    assert "Sound goes to speech.example. Text goes to llm.example." in status_of(story)


def test_status_says_what_is_wrong() -> None:
    story = CallStory()
    story.tell(AlarmRaised, alarm=AlarmKind.CLIPPING, channel=Channel.CANDIDATE, text="too loud")
    story.tell(CapturePaused)
    status = status_of(story, now_s=3600.0)

    assert status.startswith("Off the record. Text 0.6 s behind. Alarm: too loud.")
    assert status.endswith("48 minutes over the plan.")


def test_before_anything_is_heard_the_session_is_getting_ready() -> None:
    lines, _ = held([Typed("status")], [Typed("plan")])

    assert lines[1:3] == ["Getting ready.", "Getting ready."]


def test_a_recording_says_how_much_of_it_is_left() -> None:
    story = CallStory(CaptureKind.RECORDING)
    lines, _ = held(
        [Ready(246.0, kept=False)], told(story.events), [Alive(Vitals(10.0))], [Typed("status")]
    )

    assert lines[-3].startswith("Listening; nothing is stored.")
    assert lines[-3].endswith("0:10 of 4:06.")


def test_between_two_words_nobody_is_called_silent() -> None:
    levels = Levels()
    levels.add(Vitals(1.0, {Channel.CANDIDATE: -20.0}))
    levels.add(Vitals(2.0, {Channel.CANDIDATE: -90.0}))
    assert levels.loudest() == {Channel.CANDIDATE: -20.0}
    levels.add(Vitals(30.0, {Channel.CANDIDATE: -90.0}))
    assert levels.loudest() == {Channel.CANDIDATE: -90.0}


def test_where_points_and_plan() -> None:
    story = CallStory()
    story.ask("rollout")
    said = story.say("First we ran a trial.", length_s=61)
    story.find("pilot", FindingState.EVIDENCED, said=said)
    story.rate("rollout", 3)

    assert answered(story, "where") == [
        "Question 1 of 3, New oven. 1:01 of 5 minutes. 1 of 3 points heard."
    ]
    assert answered(story, "points") == [
        "1. Trial run: evidenced. Quote: First we ran a trial.",
        "2. Way back: not heard.",
        "3. Training: not heard.",
    ]
    first, second, third = answered(story, "plan")
    assert first == "1. New oven: now, 1:01 of 5 minutes. Rated 3 of 4."
    assert (second[:3], third[:3]) == ("2. ", "3. ")
    assert "not asked" in second
