"""What is being said right now: the newest words, the certain ones plain, and nothing else moves."""

from collections.abc import Iterable

import pytest
from rich.cells import cell_len

from copilot.audio import SAMPLE_RATE_HZ
from copilot.events import CaptureContinued, CapturePaused, Channel
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import HeardWord
from copilot.tui.live.partial_pane import PartialPane
from tests.tui.recorded import RecordedApp, shown, told, until_it_holds

YOU, CAND = Channel.INTERVIEWER, Channel.CANDIDATE
SIZES = [(80, 24), (60, 40), (160, 50), (50, 24)]
#: Left of the words: the padding, and the transcript's columns for time and name.
LEFT = 12


def partial(channel: Channel, settled: str, tentative: str = "", start_s: float = 1.0) -> Partial:
    """Text on its way."""

    def words(text: str) -> tuple[HeardWord, ...]:
        return tuple(HeardWord(word, 0, 0, 0.9) for word in text.split())

    return Partial(channel, round(start_s * SAMPLE_RATE_HZ), words(settled), words(tentative))


def rows(app: RecordedApp) -> list[str]:
    """The lines of the pane."""
    pane = app.live.query_one(PartialPane)
    lines = shown(app).splitlines()
    return [line.rstrip() for line in lines[pane.region.y : pane.region.bottom]]


def around(app: RecordedApp) -> list[str]:
    """All lines but the pane's."""
    pane = app.live.query_one(PartialPane)
    lines = shown(app).splitlines()
    return lines[: pane.region.y] + lines[pane.region.bottom :]


def dim_text(app: RecordedApp) -> tuple[str, str]:
    """What the pane shows plainly, and what it shows dimmed, without the names."""
    pane = app.live.query_one(PartialPane)
    texts = {False: "", True: ""}
    for y in range(pane.size.height):
        column = 0
        for segment in pane.render_line(y):
            dim = bool(segment.style and segment.style.dim)
            texts[dim] += "".join(
                letter for at, letter in enumerate(segment.text, column) if at >= LEFT - 1
            )
            column += len(segment.text)
    return " ".join(texts[False].split()), " ".join(texts[True].split())


async def show(app: RecordedApp, pilot, partials: Iterable[Partial]) -> None:
    """Let the session tell what is being said."""
    app.link.on_partials(tuple(partials))
    wanted = tuple(partials)
    await until_it_holds(pilot, lambda: app.live.query_one(PartialPane)._partials == wanted)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_settled_words_are_plain_and_those_that_may_change_are_dim(size):
    app = RecordedApp(told().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(CAND, "So I", "asked him")])

        assert rows(app)[0].split() == ["cand", "So", "I", "asked", "him"]
        assert dim_text(app) == ("So I", "asked him")
        await show(app, pilot, [partial(CAND, "", "So")])
        assert dim_text(app) == ("", "So")
        await show(app, pilot, [partial(CAND, "So I asked him")])
        assert dim_text(app) == ("So I asked him", "")


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_long_speech_the_newest_words_show_and_that_some_are_left_out(size):
    said = " ".join(f"word{number}" for number in range(60))
    app = RecordedApp(told().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(CAND, said, "and then")])

        [row] = [row for row in rows(app) if row]
        assert row.endswith("and then")
        assert row[LEFT:].startswith("… ")
        assert cell_len(row) <= size[0]
        assert "word59" in row
        # All that fits is there.
        assert cell_len(row) > size[0] - len(" word00") - 3


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_else_moves_whatever_is_being_said(size):
    app = RecordedApp(told().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = around(app)
        region = app.live.query_one(PartialPane).region
        long = "and so on " * 40
        for partials in (
            [partial(CAND, "So")],
            [partial(CAND, long, long)],
            [partial(CAND, long), partial(YOU, "Why", "not?", start_s=3)],
            [partial(YOU, long, long), partial(YOU, "", long, start_s=4), partial(CAND, "", long)],
            [],
        ):
            await show(app, pilot, partials)
            assert around(app) == before
            assert app.live.query_one(PartialPane).region == region
        assert not any(rows(app))


@pytest.mark.parametrize("size", [(60, 40), (160, 50)])
async def test_both_sides_have_a_line_and_who_began_last_stands_last(size):
    app = RecordedApp(told().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(YOU, "Why", start_s=5), partial(CAND, "So I", start_s=2)])
        assert [row.split() for row in rows(app)] == [["cand", "So", "I"], ["you", "Why"]]


async def test_where_there_is_room_for_one_it_is_who_began_last():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(YOU, "Why", start_s=5), partial(CAND, "So I", start_s=2)])
        assert [row.split() for row in rows(app)] == [["you", "Why"]]


async def test_what_is_held_back_stands_before_what_follows_it_on_the_same_line():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(YOU, "Go on."), partial(YOU, "Why", "not?", start_s=4)])
        assert rows(app)[0].split() == ["you", "Go", "on.", "Why", "not?"]
        assert dim_text(app) == ("Go on. Why", "not?")


@pytest.mark.parametrize("size", SIZES)
async def test_wide_letters_and_brackets_run_over_nothing(size):
    app = RecordedApp(told().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = around(app)
        await show(app, pilot, [partial(CAND, "[b]運用 部長 [/] été " * 12, "改善 完了")])

        [row] = [row for row in rows(app) if row]
        assert row.endswith("改善 完了")
        assert cell_len(row) <= size[0]
        assert around(app) == before


async def test_of_a_word_longer_than_the_line_its_end_shows():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(CAND, "So", "anticonstitutionnellement" * 2)])
        assert rows(app)[0].endswith("nellement")
        assert "So" not in rows(app)[0]


async def test_a_wider_terminal_shows_more_of_it():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(CAND, "first of all I would ask all the bakers here")])
        assert "first" not in rows(app)[0]
        await pilot.resize_terminal(100, 24)
        await until_it_holds(pilot, lambda: "first of all" in rows(app)[0])


async def test_off_the_record_nothing_of_it_shows():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(CAND, "between us")])
        story.tell(CapturePaused)
        await story.play(app, pilot)
        assert "between us" not in shown(app)
        await show(app, pilot, [])
        story.tell(CaptureContinued)
        await story.play(app, pilot)
        assert "between us" not in shown(app)


async def test_at_the_end_of_the_session_it_is_cleared():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await show(app, pilot, [partial(CAND, "So I", "asked")])
        app.link.over(None)
        await until_it_holds(pilot, lambda: "So I" not in shown(app))
