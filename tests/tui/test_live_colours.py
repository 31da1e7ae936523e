"""Readable in a light and a dark theme, in a terminal's own colours, and without any."""

import pytest
from rich.color import Color as RichColor
from rich.color import ColorType
from textual.color import Color

from copilot.events import Actor, CapturePaused, Channel, ChannelLost, FindingKind, FindingState
from tests.tui.recorded import CallStory, RecordedApp, shown, told, until_shown, words

ANSI = "ansi-dark"
THEMES = ["textual-dark", "textual-light"]
#: Of the larger, plainer kind of text that a terminal has; 4.5 for what matters most.
LEAST, LEAST_OF_WORDS = 3.0, 4.5


def everything() -> CallStory:
    """One of each state, a suggestion and a trouble."""
    story = told()
    said = story.say("We had a way back to the old oven.")
    story.find("rollback", FindingState.EVIDENCED, said=said)
    story.find("pilot", FindingState.UNCLEAR, said=said)
    story.find("training", FindingState.NOT_HEARD, by=Actor.HUMAN)
    story.raise_flag("alone", story.say("I did all of it by myself."))
    story.find("blame", FindingState.NOT_RAISED, kind=FindingKind.FLAG, by=Actor.HUMAN)
    story.offer()
    return story


def _luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: float, other: float) -> float:
    """Contrast ratio as WCAG 2.1 defines it, 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def contrasts(app: RecordedApp) -> dict[str, float]:
    """The least contrast of each word that is shown, by the word."""
    found: dict[str, float] = {}
    strips = app.screen._compositor.render_strips()
    for strip in strips[: app.size.height - 1]:  # the footer has colours of its own
        for segment in strip:
            style = segment.style
            if style is None or not segment.text.strip(" ─│┃━┏┓┗┛▁▂▃▄▅▆▇█▌"):
                continue
            if style.color is None or style.bgcolor is None:
                continue
            front, back = (Color.from_rich_color(c) for c in (style.color, style.bgcolor))
            if style.reverse:
                front, back = back, front
            for word in segment.text.split():
                ratio = _ratio(_luminance(front), _luminance(back))
                found[word] = min(ratio, found.get(word, ratio))
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("size", [(50, 24), (160, 50)])
async def test_every_word_stands_out_from_what_is_behind_it(theme, paused, size):
    story = everything()
    if paused:
        story.tell(CapturePaused)
    else:
        story.tell(ChannelLost, channel=Channel.CANDIDATE, device="H", reason="gone", since_s=1.0)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        app.link.vitals(now_s=30.0, levels_dbfs=dict.fromkeys(Channel, -20.0), lag_s=7.0)
        await until_shown(pilot, "▸Transcript")
        await pilot.press("down")
        await pilot.pause()
        found = contrasts(app)
        assert {word: ratio for word, ratio in found.items() if ratio < LEAST} == {}
        for word in ("New", "Way", "back", "Trial"):
            assert found[word] >= LEAST_OF_WORDS


async def test_a_terminal_s_own_colours_are_used_where_they_are_asked_for():
    app = RecordedApp(everything().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = ANSI
        await until_shown(pilot, "▸Transcript")
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                for color in (segment.style and (segment.style.color, segment.style.bgcolor)) or ():
                    assert color is None or color.type is not ColorType.TRUECOLOR, segment
        assert RichColor.parse("red").type is ColorType.STANDARD  # what the check above lets pass


async def test_without_colour_every_state_still_has_its_shape_and_words(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    story = everything()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "▸Transcript")
        app.link.vitals(now_s=30.0, levels_dbfs=dict.fromkeys(Channel, -20.0), lag_s=7.0)
        await pilot.press("down")
        await pilot.pause()
        text = words(app)
        for told_so in (
            "▸◐ Trial run",
            "● Way back",
            "○✎Training",
            "⚑ Works alone",
            "⚐✎Blames others",
            "your word: not heard",
            "▶ What if it fails?",
            "7.0 s behind!",
            "● stored",
        ):
            assert told_so in text
        story.find("rollback", FindingState.DENIED, said=story.say("We had no way back."))
        story.tell(ChannelLost, channel=Channel.CANDIDATE, device="H", reason="gone", since_s=1.0)
        await story.play(app, pilot)
        assert "✕ Way back" in words(app)
        assert "▲ candidate: H lost" in shown(app)
