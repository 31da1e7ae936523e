"""The transcript follows what is said, stays where it is read, and stays light however long."""

import dataclasses

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import MouseScrollUp
from textual.widgets import Input

from copilot.events import Channel, Evidence, MomentMarked, Utterance
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.transcript import line_view, lines, painting, wrapping
from copilot.tui.transcript.entry import Entry, EntryKind, said
from copilot.tui.transcript.highlight import Highlight, HighlightKind, highlights_of
from copilot.tui.transcript.view import TranscriptView
from tests.tui.test_transcript_lines import spoken

TWO_HOURS = 2500


class ViewApp(App[None]):
    """A transcript and nothing else."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__()
        self.view = view
        self.selected: list[tuple[str | None, float | None]] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_transcript_view_selected(self, message: TranscriptView.Selected) -> None:
        self.selected.append((message.utterance_id, message.at_s))

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips[: self.size.height]]

    def marked(self, part: str) -> str:
        """What is on the screen in the style of ``part``, line by line."""
        wanted = self.view.get_component_rich_style(f"transcript--{part}", partial=True)
        rows = [self.view.render_line(y) for y in range(self.view.size.height)]
        return " ".join(
            segment.text
            for row in rows
            for segment in row
            if segment.style and _has(segment.style, wanted)
        )


def _has(style: Style, wanted: Style) -> bool:
    return style + wanted == style


def long_talk(count: int = TWO_HOURS) -> list[Entry]:
    filler = "and then we looked at what the servers were doing before we changed anything at all"
    return [said(spoken(number, f"number {number} {filler}")) for number in range(count)]


def evidence(utterance: Utterance, quote: str) -> Evidence:
    return Evidence(utterance_ids=(utterance.id,), quote=quote, start_s=0.0, end_s=1.0)


@pytest.fixture
def counts(monkeypatch):
    """How often an entry was wrapped, and a line painted."""
    counted = {"wrapped": 0, "painted": 0}
    real_wrap, real_filled = wrapping.wrap, painting.filled

    def wrap(text, width):
        counted["wrapped"] += 1
        return real_wrap(text, width)

    def filled(*arguments):
        counted["painted"] += 1
        return real_filled(*arguments)

    monkeypatch.setattr(lines, "wrap", wrap)
    monkeypatch.setattr(line_view, "filled", filled)
    return counted


async def test_two_hours_cost_as_little_as_what_can_be_seen(counts):
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.set_entries(long_talk())
        await pilot.pause()
        assert counts["wrapped"] == len(app.view.entries)
        assert counts["painted"] <= 24
        assert f"number {TWO_HOURS - 1}" in "\n".join(app.lines())

        counts.update(wrapped=0, painted=0)
        await pilot.press("pageup")
        await pilot.pause()
        assert counts["wrapped"] == 0
        assert 0 < counts["painted"] <= 24

        counts.update(wrapped=0, painted=0)
        app.view.append(said(spoken(TWO_HOURS, "one more")))
        await pilot.pause()
        assert counts["wrapped"] == 1
        assert counts["painted"] <= 1

        counts.update(wrapped=0, painted=0)
        assert app.view.search("servers") == TWO_HOURS
        app.view.next_match()
        await pilot.pause()
        assert counts["wrapped"] == 0
        assert counts["painted"] <= 3 * 24

        counts.update(wrapped=0, painted=0)
        await pilot.resize_terminal(80, 30)
        await pilot.pause()
        assert counts["wrapped"] == 0
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert counts["wrapped"] == len(app.view.entries)
        assert counts["painted"] <= 3 * 30


async def test_what_cannot_be_seen_is_not_wrapped(counts):
    view = TranscriptView()
    view.display = False
    app = ViewApp(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.set_entries(long_talk(50))
        await pilot.pause()
        assert counts == {"wrapped": 0, "painted": 0}
        assert view.reveal(evidence(spoken(3, long_talk(4)[3].text), "servers were doing"))
        view.display = True
        await pilot.pause()
        assert "number 3 " in "\n".join(app.lines())
        assert app.marked("revealed") == "servers were doing"


async def test_it_follows_the_end():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        for entry in long_talk(40):
            app.view.append(entry)
        await pilot.pause()
        assert "number 39" in "\n".join(app.lines())
        await pilot.resize_terminal(40, 6)
        await pilot.pause()
        assert app.view.following
        app.view.append(said(spoken(40, "the very last")))
        await pilot.pause()
        assert "the very last" in app.lines()[-1]


async def test_scrolled_back_nothing_moves_and_it_says_how_many_are_new():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries(long_talk(40))
        await pilot.press("pageup", "pageup")
        await pilot.pause()
        before = app.lines()
        assert "new" not in before[-1]
        for number in (40, 41):
            app.view.append(said(spoken(number, "and more")))
        await pilot.pause()
        after = app.lines()
        # What moves is the scrollbar alone, in the last column.
        assert [line[:58] for line in after[:-1]] == [line[:58] for line in before[:-1]]
        assert "↓ 2 new lines" in after[-1]
        await pilot.click(offset=(20, 9))
        await pilot.pause()
        assert app.view.following
        assert "and more" in app.lines()[-1]
        assert app.selected == []


async def test_what_has_been_seen_is_no_longer_new():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries(long_talk(40))
        await pilot.pause()
        app.view.scroll_to(y=app.view.max_scroll_y - 1, animate=False)
        for number in range(40, 60):
            app.view.append(said(spoken(number, "short")))
        await pilot.pause()
        assert app.view.new_count == 20
        app.view.scroll_to(y=app.view.max_scroll_y - 5, animate=False)
        await pilot.pause()
        assert app.view.new_count == 6
        await pilot.press("end")
        assert app.view.new_count == 0


@pytest.mark.parametrize("width", [40, 100])
async def test_what_is_being_read_stays_at_the_top_when_the_width_changes(width):
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries(long_talk(100))
        await pilot.pause()
        app.view.scroll_to(y=app.view._lines.top(50), animate=False)
        await pilot.pause()
        await pilot.resize_terminal(width, 10)
        await pilot.pause()
        assert "number 50 " in app.lines()[0]
        assert not app.view.following


async def test_the_mouse_wheel_scrolls_back():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries(long_talk(40))
        await pilot.pause()
        end = app.view.scroll_offset.y
        app.view._on_mouse_scroll_up(_wheel(app.view))
        await pilot.pause()
        assert app.view.scroll_offset.y < end
        assert not app.view.following


def _wheel(view: TranscriptView) -> MouseScrollUp:
    return MouseScrollUp(view, 1, 1, 0, -1, 0, False, False, False)


async def test_a_quote_is_brought_into_view_and_highlighted_word_for_word():
    talk = long_talk(200)
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.set_entries(talk)
        assert talk[20].utterance is not None
        assert app.view.reveal(evidence(talk[20].utterance, "before we changed"))
        await pilot.pause()
        assert "number 20 " in "\n".join(app.lines()[:8])
        assert app.marked("revealed").split() == ["before", "we", "changed"]
        assert not app.view.following
        assert not app.view.reveal(evidence(talk[20].utterance, "nobody said this"))


async def test_a_quote_that_runs_through_two_utterances_is_highlighted_in_both():
    first, second = spoken(1, "we keep the old"), spoken(2, "servers warm")
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.set_entries([said(first), said(second)])
        quote = Evidence(utterance_ids=("u1", "u2"), quote="old servers", start_s=1.0, end_s=3.0)
        assert app.view.reveal(quote)
        await pilot.pause()
        assert app.marked("revealed") == "old servers"


async def test_highlights_of_several_kinds_stand_beside_each_other():
    first, second = spoken(1, "we keep the old servers"), spoken(2, "we never tested it")
    by_id = {"u1": first, "u2": second}
    app = ViewApp(TranscriptView(follows=False))
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.set_entries([said(first), said(second)])
        shown = [
            *highlights_of(evidence(first, "old servers"), by_id, HighlightKind.EVIDENCED),
            *highlights_of(evidence(second, "never tested"), by_id, HighlightKind.DENIED),
            Highlight("gone", 0, 3, HighlightKind.RAISED),
        ]
        app.view.set_highlights(shown)
        await pilot.pause()
        assert app.marked("evidenced") == "old servers"
        assert app.marked("denied") == "never tested"
        app.view.show_again(said(first, corrected="we kept the cold servers"))
        await pilot.pause()
        assert app.marked("evidenced") == "we kept the cold servers"
        app.view.set_highlights([])
        await pilot.pause()
        assert app.marked("denied") == ""


async def test_searching_goes_from_match_to_match_and_counts_new_ones():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries(
            [said(spoken(number, f"Étape {number}" if number % 50 else "Le réseau"))
             for number in range(200)]
        )  # fmt: skip
        await pilot.pause()
        assert app.view.search("RESEAU") == 4
        await pilot.pause()
        assert app.view.match_number == 4
        assert app.marked("looked-at") == "réseau"
        assert app.view.next_match() == 1
        await pilot.pause()
        assert "Le réseau" in app.lines()[0]
        app.view.append(said(spoken(200, "réseau encore")))
        assert app.view.match_count == 5
        assert app.view.previous_match() == 5
        app.view.clear_search()
        await pilot.pause()
        assert app.marked("match") == ""
        assert app.view.search("no such thing") == 0


async def test_a_line_is_chosen_by_key_and_by_click():
    app = ViewApp(TranscriptView(follows=False))
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries([said(spoken(n, f"first I would ask {n}")) for n in range(30)])
        app.view.focus()
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        assert app.selected == [("u1", 1.0)]
        assert "▌first I would ask 1" in app.lines()[1]
        line = app.lines()[4]
        await pilot.click(offset=(line.index("would"), 4))
        assert app.selected[-1] == ("u4", 4.2)
        for _ in range(40):
            await pilot.press("down")
        await pilot.press("enter")
        assert app.selected[-1] == ("u29", 29.0)
        assert "ask 29" in "\n".join(app.lines())


async def test_lines_nobody_said_can_be_chosen_too():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.append(Entry(EntryKind.NOTE, 12.0, "ask about costs"))
        app.view.focus()
        await pilot.press("down", "enter")
        assert app.selected == [(None, 12.0)]


async def test_doubt_shows_by_a_sign_and_by_a_line_under_the_word():
    doubtful = dataclasses.replace(spoken(1, "something else"), uncertain=True)
    words = spoken(2, "sure hardly", probability=0.9).words
    half = dataclasses.replace(
        spoken(2, "sure hardly"), words=(words[0], dataclasses.replace(words[1], probability=0.1))
    )
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries([said(doubtful), said(half)])
        await pilot.pause()
        assert app.lines()[0].endswith("? something else")
        assert app.marked("doubtful") == "hardly"


async def test_the_pane_shows_questions_marks_and_remarks_where_they_fell():
    pane = TranscriptPane()
    app = ViewApp(pane)
    async with app.run_test(size=(60, 10)) as pilot:
        pane.mark_by(lambda utterance: "not asked for" if "cat" in utterance.text else "")
        pane.add_question("New oven", 1.0)
        pane.add_question("New oven", 2.0)
        pane.add(spoken(2, "I have a cat"))
        pane.add_mark(MomentMarked(seq=1, at_s=3.0, id="k1", moment_s=3.0))
        await pilot.pause()
        assert [line.strip() for line in app.lines()[:4]] == [
            "0:01      ▸ New oven",
            "0:02 cand I have a cat [not asked for]",
            "0:03      ◆ marked",
            "",
        ]
        assert not pane.can_focus


async def test_exchanged_sides_show_in_their_place():
    pane = TranscriptPane()
    app = ViewApp(pane)
    async with app.run_test(size=(60, 10)) as pilot:
        utterances = [spoken(number, f"number {number}") for number in range(40)]
        for utterance in utterances:
            pane.add(utterance)
        await pilot.pause()
        pane.scroll_to(y=10, animate=False)
        await pilot.pause()
        swapped = {u.id: dataclasses.replace(u, channel=Channel.INTERVIEWER) for u in utterances}
        pane.swap(swapped)
        await pilot.pause()
        assert app.lines()[0].split() == ["0:10", "you", "number", "10"]


async def test_every_size_down_to_almost_nothing_can_be_drawn():
    app = ViewApp(TranscriptView())
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.set_entries(long_talk(30))
        for size in ((12, 3), (5, 1), (200, 60), (50, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert all(len(line) <= size[0] for line in app.lines())
        assert "number 29" in "\n".join(app.lines())


async def test_keys_for_others_go_to_others():
    """A transcript that nobody focused takes no key."""

    class Both(ViewApp):
        def compose(self) -> ComposeResult:
            yield self.view
            yield Input()

    app = Both(TranscriptView())
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.set_entries(long_talk(30))
        app.query_one(Input).focus()
        await pilot.press("up", "enter")
        assert app.selected == []
        assert app.view.cursor is None
