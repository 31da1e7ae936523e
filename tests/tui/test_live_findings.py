"""The human decides: points and flags are selected, confirmed, rejected, set and given back."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from copilot.audio import playback
from copilot.engine.commands import PauseCapture, SetFinding
from copilot.errors import AudioFileError
from copilot.events import (
    Actor,
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelsSwapped,
    FindingKind,
    FindingReleased,
    FindingState,
)
from copilot.tui.dialogs.set_finding import SetFindingDialog
from copilot.tui.live.question_pane import QuestionPane
from tests.tui.recorded import CallStory, RecordedApp, shown, toasts, told, until_shown, words

SIZES = [(50, 24), (80, 24), (160, 50)]
PILOT = ("rollout", FindingKind.POINT, "pilot")
ROLLBACK = ("rollout", FindingKind.POINT, "rollback")
ALONE = ("rollout", FindingKind.FLAG, "alone")


def found(*, kind: CaptureKind = CaptureKind.CALL) -> CallStory:
    """A question with one point evidenced and one flag raised."""
    story = told(kind=kind)
    back = story.say("We had a way back to the old oven.")
    story.find("rollback", FindingState.EVIDENCED, said=back)
    alone = story.say("I did all of it by myself.")
    story.raise_flag("alone", alone)
    return story


def row(app: RecordedApp, label: str) -> str:
    """The row of a point or flag in the question pane, without its quote."""
    pane = app.live.query_one(QuestionPane)
    lines = shown(app).splitlines()[pane.region.y : pane.region.bottom]
    return next(line.strip() for line in lines if label in line)


# -- selecting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (50, 20)])
async def test_points_then_flags_are_selected_by_key_round_and_round(size):
    app = RecordedApp(found().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "▸" not in row(app, "Trial run")
        for label in ("Trial run", "Way back", "Training", "Works alone", "Trial run"):
            await pilot.press("down")
            await pilot.pause()
            assert row(app, label).startswith("▸")
        await pilot.press("up")
        await pilot.pause()
        assert row(app, "Works alone").startswith("▸⚑")


async def test_a_click_selects():
    app = RecordedApp(found().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = shown(app).splitlines()
        y = next(number for number, line in enumerate(lines) if "Way back " in line)
        await pilot.click(offset=(10, y))
        await pilot.pause()
        assert row(app, "Way back").startswith("▸●")
        await pilot.click(offset=(10, y - 2))  # the title is no point
        await pilot.press("y")
        assert app.link.commands == [SetFinding(*ROLLBACK, FindingState.EVIDENCED)]


async def test_a_flag_that_is_raised_moves_no_point():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = [line for line in shown(app).splitlines() if "○" in line]
        story.raise_flag("alone", story.say("I did all of it by myself."))
        await story.play(app, pilot)
        assert [line for line in shown(app).splitlines() if "○" in line] == before
        assert row(app, "Works alone").startswith("⚑")


@pytest.mark.parametrize("key", ["y", "r", "h", "u", "e", "v", "enter"])
async def test_with_nothing_selected_a_key_says_how_to_select(key):
    app = RecordedApp(found().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.press(key)
        assert toasts(app) == "Select a point first, with ↑ and ↓ or a click."
        assert app.link.commands == []


# -- deciding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("downs", "key", "command"),
    [
        (2, "y", SetFinding(*ROLLBACK, FindingState.EVIDENCED)),
        (2, "r", SetFinding(*ROLLBACK, FindingState.NOT_HEARD)),
        (2, "u", SetFinding(*ROLLBACK, None)),
        (4, "y", SetFinding(*ALONE, FindingState.RAISED)),
        (4, "r", SetFinding(*ALONE, FindingState.NOT_RAISED)),
    ],
)
async def test_a_key_confirms_rejects_or_gives_back(downs, key, command):
    app = RecordedApp(found().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*["down"] * downs, key)
        assert app.link.commands == [command]


@pytest.mark.parametrize("size", SIZES)
async def test_a_state_is_set_by_hand_in_a_small_dialog(size):
    app = RecordedApp(found().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("down", "h")
        await pilot.pause()
        assert type(app.screen) is SetFindingDialog
        for told_state in ("● evidenced", "◐ unclear", "✕ denied", "○ not heard"):
            assert told_state in words(app)
        assert "machine's word" not in words(app)  # nothing to give back
        chooser = app.screen.query_one(OptionList)
        assert chooser.highlighted == chooser.get_option_index(FindingState.NOT_HEARD)
        await pilot.press("up", "enter")
        assert app.screen_stack[-1] is app.live
        await pilot.press("h", "escape")
        assert app.link.commands == [SetFinding(*PILOT, FindingState.DENIED)]


async def test_a_flag_has_its_own_states_and_what_was_set_can_be_given_back():
    story = found()
    story.find("alone", FindingState.NOT_RAISED, kind=FindingKind.FLAG, by=Actor.HUMAN)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("up", "h")
        await pilot.pause()
        assert "⚑ worth a second look" in words(app)
        assert "⚐ not raised" in words(app)
        assert "evidenced" not in words(app)
        await pilot.press("down", "enter")
        assert app.link.commands == [SetFinding(*ALONE, None)]


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_human_decided_is_told_by_shape(size):
    story = found()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "✎" not in shown(app)
        story.find("rollback", FindingState.NOT_HEARD, by=Actor.HUMAN)
        await story.play(app, pilot)
        assert row(app, "Way back").startswith("○✎Way back")
        assert "your word: not heard" in row(app, "Way back")
        story.find("alone", FindingState.NOT_RAISED, kind=FindingKind.FLAG, by=Actor.HUMAN)
        await story.play(app, pilot)
        assert row(app, "Works alone").startswith("⚐✎Works alone")
        question, kind, item = ROLLBACK
        story.tell(FindingReleased, question=question, kind=kind, id=item)
        await story.play(app, pilot)
        assert row(app, "Way back").startswith("● Way back")
        assert "“We had" in row(app, "Way back")


async def test_after_the_end_nothing_can_be_decided():
    story = found()
    story.end()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.over(None)
        await pilot.pause()
        await pilot.press("down", "y", "r", "h", "u", "k", "a", "n", "g")
        assert app.screen_stack[-1] is app.live
        assert app.link.commands == []


# -- evidence -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["e", "enter"])
async def test_evidence_is_shown_in_the_transcript_wherever_it_was_scrolled_to(size, key):
    story = found()
    for number in range(60):
        story.say(f"Then comes step number {number} of them all.")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "number 59")
        assert "cand We had a way back" not in words(app)
        await pilot.press("f", "down", "down", key)
        await until_shown(pilot, "cand We had a way back to the old oven.")
        # It stays there whatever is said.
        story.say("And one more.")
        await story.play(app, pilot)
        assert "cand We had a way back to the old oven." in words(app)


async def test_evidence_that_has_just_come_can_be_looked_at_at_once():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down")
        app.clock.hold()
        said = story.say("We had a way back to the old oven.")
        story.find("rollback", FindingState.EVIDENCED, said=said)
        await story.play(app, pilot)
        await pilot.press("e")
        assert toasts(app) == ""


async def test_without_evidence_that_is_said():
    app = RecordedApp(found().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "e")
        assert toasts(app) == "Nothing was said for this: Trial run."


class Player:
    """Keeps what is to be played, in place of a loudspeaker."""

    played: list[tuple[Path, float, float | None]]
    stops: int

    def __init__(self) -> None:
        self.playing, self.failure = False, None

    def play(self, path: Path, start_s: float, end_s: float | None = None) -> None:
        if not path.exists():
            raise AudioFileError(f"{path}: gone.", "Look elsewhere.")
        Player.played.append((path, start_s, end_s))
        self.playing = True

    def stop(self) -> None:
        Player.stops += self.playing
        self.playing = False


@pytest.fixture
def player(monkeypatch) -> type[Player]:
    Player.played, Player.stops = [], 0
    monkeypatch.setattr(playback, "Player", Player)
    return Player


def recorded(app: RecordedApp, folder: Path) -> dict[Channel, Path]:
    for channel in Channel:
        app.link.recordings[channel] = folder / f"{channel}.wav"
        app.link.recordings[channel].touch()
    return app.link.recordings


async def test_the_quote_is_played_and_the_same_key_stops_it(player, tmp_path):
    story = found(kind=CaptureKind.RECORDING)
    app = RecordedApp(story.fresh())
    files = recorded(app, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "v")
        evidence = app.live.interview.findings[ROLLBACK].evidence[0]
        [(path, start_s, end_s)] = player.played
        assert path == files[Channel.CANDIDATE]
        assert start_s == max(0.0, evidence.start_s - 0.5)
        assert end_s == evidence.end_s
        await pilot.press("v")
        assert (len(player.played), player.stops) == (1, 1)


async def test_in_a_call_nothing_is_played_that_would_be_heard_as_the_candidate(player, tmp_path):
    story = found()
    app = RecordedApp(story.fresh())
    recorded(app, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "v")
        assert "would be heard as the candidate. o goes off the record" in toasts(app)
        assert player.played == []
        story.tell(CapturePaused)
        await story.play(app, pilot)
        await pilot.press("v")
        assert len(player.played) == 1
        await pilot.press("o")  # on the record again: silent before anything is heard
        assert player.stops == 1
        assert app.link.commands == [PauseCapture(paused=False)]


async def test_until_a_session_ends_exchanged_sides_are_played_from_the_other_file(
    player, tmp_path
):
    story = told(kind=CaptureKind.RECORDING)
    story.tell(ChannelsSwapped)
    said = story.say("We had a way back to the old oven.")
    story.find("rollback", FindingState.EVIDENCED, said=said)
    app = RecordedApp(story.fresh())
    files = recorded(app, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("g", "escape", "down", "down", "v", "v")
        story.end()
        await story.play(app, pilot)
        app.link.over(None)
        await pilot.pause()
        await pilot.press("v")
        played = [path for path, _, _ in player.played]
        assert played == [files[Channel.INTERVIEWER], files[Channel.CANDIDATE]]


@pytest.mark.parametrize(
    ("stored", "told_so"), [(False, "No sound is stored in this session."), (True, "gone. Look")]
)
async def test_where_there_is_no_sound_that_is_said_calmly(player, tmp_path, stored, told_so):
    app = RecordedApp(found(kind=CaptureKind.RECORDING).fresh())
    if stored:
        app.link.recordings[Channel.CANDIDATE] = tmp_path / "candidate.wav"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "v")
        assert told_so in toasts(app)
