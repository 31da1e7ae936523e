"""The HTML report in a real Chromium: whatever people said in it is shown and never runs."""

import dataclasses
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from copilot.events import Channel
from copilot.html.typography import harmless
from copilot.review.html import to_html
from tests.browser.chromium import Chromium, Page, chromium
from tests.builders import tone, write_sound
from tests.review.html.hostile import ALL, HOSTILE, a_hostile_report
from tests.review.html.reports import a_full_report

BOTH = {Channel.CANDIDATE: "candidate.wav", Channel.INTERVIEWER: "interviewer.wav"}
_LOADED = (
    "document.readyState == 'complete' || new Promise((done) => addEventListener('load', done))"
)


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Chromium]:
    async with chromium(tmp_path / "browser") as started:
        yield started


async def _open(browser: Chromium, path: Path, html: str) -> Page:
    path.write_text(html, encoding="utf-8")
    page = await browser.open()
    await page.go_to(path.as_uri())
    await page.evaluate(_LOADED)
    return page


async def _clicked(page: Page, expression: str) -> Any:
    """What an expression gives where the user has clicked, so that sound may play."""
    answer = await page.ask(
        "Runtime.evaluate",
        expression=expression,
        returnByValue=True,
        awaitPromise=True,
        userGesture=True,
    )
    assert "exceptionDetails" not in answer, answer
    return answer["result"].get("value")


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


# -- hostile text --------------------------------------------------------------------------------


@pytest.mark.parametrize("audio", [None, BOTH])
async def test_no_hostile_text_runs_or_loads_anything(browser, tmp_path, audio) -> None:
    html = to_html(a_hostile_report(), audio=audio, alias=ALL)
    page = await _open(browser, tmp_path / "report.html", html)
    # Whatever waits for a hand on it is touched.
    await page.evaluate(
        """
        for (const each of document.querySelectorAll("body *:not(audio, a.play)")) {
          for (const kind of ["mouseover", "mouseenter", "focus", "pointerdown"])
            each.dispatchEvent(new Event(kind, {bubbles: true}));
          if (each.matches("a")) each.dispatchEvent(new MouseEvent("click", {bubbles: true}));
        }
        """
    )

    assert await page.evaluate("window.ran") is None
    assert (await page.evaluate("document.title")).startswith("Interview report: <script>")
    # The browser draws the buttons of its own player from data.
    asked = [each for each in page.requested if not each.startswith("data:image/svg+xml")]
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert page.complaints == []
    assert await page.evaluate("document.querySelectorAll('script').length") == (audio is not None)
    assert await page.evaluate("document.querySelectorAll('style').length") == 1
    assert not await page.evaluate(
        "document.querySelectorAll('iframe, img, link, base, object, embed, form').length"
    )
    assert await page.evaluate("document.querySelectorAll('meta').length") == 6
    assert await page.evaluate(
        "[...document.querySelectorAll('a')].every((link) => "
        "new URL(link.getAttribute('href'), location).protocol === 'file:')"
    )
    assert await page.evaluate(
        "[...document.querySelectorAll('*')].every((each) => [...each.attributes].every("
        "(one) => !one.name.startsWith('on') && one.name !== 'style'))"
    )


async def test_hostile_text_is_shown_as_it_is(browser, tmp_path) -> None:
    page = await _open(browser, tmp_path / "report.html", to_html(a_hostile_report(), alias=ALL))
    shown = _flat(await page.evaluate("document.body.innerText"))

    for text in HOSTILE:
        assert _flat(harmless(text)).strip() in shown, text
    assert "49" not in re.sub(r"[^ ]*[0-9a-f]{40}[^ ]*", "", shown)
    for part in ("header", "#judgement", "#recap", "#questions", "#notes", "#transcript", "footer"):
        told = await page.evaluate(f"document.querySelector('{part}').innerText")
        assert _flat(harmless(ALL)) in _flat(told), part


async def test_the_traps_do_run_where_nothing_is_escaped(browser, tmp_path) -> None:
    for trap in (HOSTILE[0], HOSTILE[1], HOSTILE[4], HOSTILE[6], HOSTILE[12]):
        page = await _open(browser, tmp_path / "trap.html", f"<!doctype html><p>{trap}")
        assert await page.evaluate("window.ran") == 1, trap


async def test_the_policy_alone_would_stop_them_too(browser, tmp_path) -> None:
    html = to_html(a_full_report()).replace("Calm and clear.", " ".join(HOSTILE[:6]))
    page = await _open(browser, tmp_path / "report.html", html)

    assert await page.evaluate("document.querySelectorAll('script').length") > 0
    assert await page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in page.complaints)


# -- for its readers -----------------------------------------------------------------------------


async def test_the_page_is_never_wider_than_its_window(browser, tmp_path) -> None:
    page = await _open(browser, tmp_path / "report.html", to_html(a_full_report(), audio=BOTH))
    for width in (320, 400, 800, 1200):
        await page.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=False,
        )
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_a_long_word_breaks_instead_of_widening_the_page(browser, tmp_path) -> None:
    report = a_full_report(note="x" * 4000, say="y" * 4000)
    page = await _open(browser, tmp_path / "report.html", to_html(report, alias="z" * 4000))

    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_quote_leads_to_its_line(browser, tmp_path) -> None:
    page = await _open(browser, tmp_path / "report.html", to_html(a_full_report()))
    await page.evaluate("document.querySelector('blockquote a').click()")

    assert await page.evaluate("document.querySelector(':target').id") == "u2"


async def test_colours_can_be_read_in_light_and_dark(browser, tmp_path) -> None:
    page = await _open(browser, tmp_path / "report.html", to_html(a_full_report()))
    for scheme in ("light", "dark"):
        value = {"name": "prefers-color-scheme", "value": scheme}
        await page.ask("Emulation.setEmulatedMedia", features=[value])
        names = ("paper", "ink", "muted", "accent", "panel", "chosen", "quoted")
        colours = {
            name: await page.evaluate(
                f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()"
            )
            for name in names
        }
        for ink in ("ink", "muted", "accent"):
            for paper in ("paper", "panel"):
                assert _contrast(colours[ink], colours[paper]) >= 4.5, (scheme, ink, paper)
        for paper in ("chosen", "quoted"):
            assert _contrast(colours["ink"], colours[paper]) >= 7, (scheme, paper)


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- sound ---------------------------------------------------------------------------------------

_PLAYED = """
new Promise((done) => {
  const sound = document.querySelector("audio");
  const from = [];
  sound.addEventListener("playing", () => from.push(sound.currentTime));
  sound.addEventListener("pause", () => done([...from, sound.currentTime]));
  document.querySelector("#u4 a.play").click();
})
"""


async def test_a_quote_is_played_from_its_beginning_to_its_end(browser, tmp_path) -> None:
    for name in BOTH.values():
        write_sound(tmp_path / name, tone(60))
    page = await _open(browser, tmp_path / "report.html", to_html(a_full_report(), audio=BOTH))

    begun, ended = await _clicked(page, _PLAYED)

    assert 15.8 <= begun < 17.2
    assert 17.2 <= ended < 30
    assert page.complaints == []
    assert await page.evaluate("document.querySelector('a.silent') === null")


async def test_a_file_that_is_gone_is_shown_to_be(browser, tmp_path) -> None:
    page = await _open(browser, tmp_path / "report.html", to_html(a_full_report(), audio=BOTH))

    assert (
        await _clicked(
            page,
            """
        new Promise((done) => {
          const link = document.querySelector("a.play");
          new MutationObserver(() => done(link.className)).observe(link, {attributes: true});
          link.click();
        })
        """,
        )
        == "play silent"
    )


async def test_everything_can_be_read_without_scripts(browser, tmp_path) -> None:
    page = await browser.open()
    await page.ask("Emulation.setScriptExecutionDisabled", value=True)
    path = tmp_path / "report.html"
    path.write_text(to_html(a_full_report(), audio=BOTH), encoding="utf-8")
    await page.go_to(path.as_uri())
    text = ""
    while "delete it in time" not in text:
        text = await page.evaluate("document.body ? document.body.innerText : ''")

    assert "a way back to the old oven" in text
    assert "And we write it down each night." in text


async def test_a_report_of_a_long_interview_opens(browser, tmp_path) -> None:
    report = a_full_report()
    line = report.transcript[-1]
    many = tuple(
        dataclasses.replace(
            line, utterance_id=f"long{n}", start_s=100.0 + 3 * n, end_s=102.0 + 3 * n
        )
        for n in range(2500)
    )
    told = dataclasses.replace(report, transcript=(*report.transcript, *many))
    page = await _open(browser, tmp_path / "report.html", to_html(told))

    assert await page.evaluate("document.querySelectorAll('.lines li').length") == 2507
    assert (tmp_path / "report.html").stat().st_size < 3_000_000
