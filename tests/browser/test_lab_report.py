"""The lab's pages in a real Chromium: quick with thousands of results, and nothing in them runs."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from copilot.lab.comparing import compare
from copilot.lab.report.comparing import comparison_page
from copilot.lab.report.run_page import run_page
from copilot.lab.report.trends import trend_over
from copilot.lab.results import Produced
from tests.browser.chromium import Chromium, Page, chromium
from tests.lab.builders import a_case, a_prompt, a_result, a_run, a_variant
from tests.lab.report.hostile import a_hostile_comparison, a_hostile_run
from tests.review.html.hostile import HOSTILE

_LOADED = (
    "document.readyState == 'complete' || new Promise((done) => addEventListener('load', done))"
)
# Everything that can be opened is opened, in turn, and everything that can be pressed is pressed.
_TOUCH_ALL = """
(() => {
  for (const each of document.querySelectorAll("button[data-filter]")) each.click();
  for (const each of document.querySelectorAll("button.open")) each.click();
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const each of document.querySelectorAll(".opened button")) each.click();
  for (const each of document.querySelectorAll("body *")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "pointerdown"])
      each.dispatchEvent(new Event(kind, {bubbles: true}));
  }
})()
"""


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


async def _listed(page: Page) -> Any:
    return await page.evaluate(
        "[...document.querySelectorAll('tr.case button.open')].map((each) => each.textContent)"
    )


def _hostile_pages() -> dict[str, str]:
    a, b, told = a_hostile_comparison()
    return {
        "run": run_page(a_hostile_run(), trend_over([a, b])),
        "comparison": comparison_page(a, b, told, trend_over([a, b])),
    }


@pytest.mark.parametrize("kind", ["run", "comparison"])
async def test_no_hostile_text_runs_or_loads_anything(browser, tmp_path, kind) -> None:
    page = await _open(browser, tmp_path / "page.html", _hostile_pages()[kind])
    await page.evaluate(_TOUCH_ALL)
    # What is told of an opened detail comes after its own event.
    await page.evaluate("new Promise((done) => setTimeout(done, 0))")

    assert await page.evaluate("window.ran") is None
    assert page.requested == [(tmp_path / "page.html").as_uri()]
    assert page.complaints == []
    assert await page.evaluate("document.querySelectorAll('.opened').length") >= len(HOSTILE)
    assert await page.evaluate("document.querySelectorAll('script').length") == 2
    assert await page.evaluate("document.querySelectorAll('style').length") == 1
    assert await page.evaluate("document.querySelectorAll('meta').length") == 6
    assert not await page.evaluate(
        "document.querySelectorAll('iframe, img, link, base, object, embed, form').length"
    )
    assert await page.evaluate(
        "[...document.querySelectorAll('a')].every((one) => one.getAttribute('href')[0] === '#')"
    )
    assert await page.evaluate(
        "[...document.querySelectorAll('*')].every((each) => [...each.attributes].every("
        "(one) => !one.name.startsWith('on') && one.name !== 'style'))"
    )


async def test_the_policy_alone_would_stop_them_too(browser, tmp_path) -> None:
    html = run_page(a_run([a_result("a", passed=False)])).replace("Figures</h2>", HOSTILE[0])
    page = await _open(browser, tmp_path / "page.html", html)

    assert await page.evaluate("document.querySelectorAll('script').length") == 3
    assert await page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in page.complaints)


async def test_the_page_is_never_wider_than_its_window(browser, tmp_path) -> None:
    a, b, told = a_hostile_comparison()
    for name, html in (("a", run_page(a)), ("b", comparison_page(a, b, told))):
        page = await _open(browser, tmp_path / f"{name}.html", html)
        await page.evaluate("document.querySelectorAll('button.open')[0].click()")
        for width in (360, 700, 1200):
            await page.ask(
                "Emulation.setDeviceMetricsOverride",
                width=width,
                height=800,
                deviceScaleFactor=1,
                mobile=False,
            )
            assert await page.evaluate("document.documentElement.scrollWidth") <= width


# -- what it is for ------------------------------------------------------------------------------


async def test_what_differs_is_listed_first_with_its_words(browser, tmp_path) -> None:
    prompts = a_prompt("ask", "Ask one question."), a_prompt("ask", "Ask one open question.")
    a = a_run(
        [a_result(x, "ask", passed=x != "c", text="Was it hot?") for x in "abc"],
        variants=[a_variant("ask", prompts[0])],
        prompts=prompts[:1],
    )
    b = a_run(
        [a_result(x, "ask", passed=x != "b", text="How hot was it?") for x in "abc"],
        variants=[a_variant("ask", prompts[1])],
        prompts=prompts[1:],
    )
    page = await _open(browser, tmp_path / "page.html", comparison_page(a, b, compare(a, b)))

    assert await _listed(page) == ["b", "c"]
    await page.evaluate("document.querySelector('button.open').click()")
    pieces = "[...document.querySelectorAll('.outputs {}')].map((each) => each.textContent)"
    assert await page.evaluate(pieces.format("del")) == ["Was it"]
    assert await page.evaluate(pieces.format("ins")) == ["How", " was it"]
    await page.evaluate("document.querySelector('details.prompts').open = true")
    await page.evaluate("new Promise((done) => setTimeout(done, 0))")
    assert await page.evaluate("document.querySelector('.prompts ins').textContent") == "open "
    await page.evaluate("document.querySelector('button[data-filter=all]').click()")
    assert len(await _listed(page)) == 3


async def test_quotes_are_marked_in_the_answer(browser, tmp_path) -> None:
    text = "I lit the oven at five and wrote the stock down."
    case = a_case("a", text, expected={"points": {"x": {"quote": "wrote the stock down"}}})
    produced = Produced(output={"findings": [{"quote": "lit the oven"}]})
    run = a_run([a_result("a", passed=False, produced=produced)], cases=[case])
    page = await _open(browser, tmp_path / "page.html", run_page(run))
    await page.evaluate("document.querySelector('button.open').click()")

    marks = "[...document.querySelectorAll('.said mark')].map((m) => [m.className, m.innerText])"
    assert await page.evaluate(marks) == [
        ["shown", "lit the oven"],
        ["labelled", "wrote the stock down"],
    ]


async def test_filters_find_by_text_check_and_metadata(browser, tmp_path) -> None:
    cases = [
        a_case(x, f'The "{x}" oven.', metadata={"style": "brief" if x == "b" else "long"})
        for x in "abc"
    ]
    results = [a_result(x, passed=x == "a", text=f"Which {x}?") for x in "abc"]
    page = await _open(browser, tmp_path / "page.html", run_page(a_run(results, cases=cases)))

    async def found(script: str) -> Any:
        await page.evaluate(script)
        return await _listed(page)

    assert await found("null") == ["b", "c"]
    assert await found("document.querySelector('button[data-filter=all]').click()") == list("abc")
    await page.evaluate(
        "window.set = (id, value, kind) => { const one = document.getElementById(id);"
        " one.value = value; one.dispatchEvent(new Event(kind)); }"
    )
    assert await found("""set("search", 'THE "C"', "input")""") == ["c"]
    assert await found("""set("search", "", "input")""") == list("abc")
    assert await found("""set("by-metadata", '["style", "brief"]', "change")""") == ["b"]
    await page.evaluate("""set("by-metadata", "", "change")""")
    assert await found("""set("by-check", "right", "change")""") == ["b", "c"]


async def test_five_thousand_results_stay_usable(browser, tmp_path) -> None:
    answer = "Well, in the mornings I lit the big oven and counted the trays. " * 20
    cases = [a_case(f"case {n}", f"{n} {answer}") for n in range(2500)]
    results = [
        a_result(case.id, column, passed=n % 2 == 0, text=f"Which oven, {n}?")
        for n, case in enumerate(cases)
        for column in ("one", "two")
    ]
    page = await _open(browser, tmp_path / "page.html", run_page(a_run(results, cases=cases)))

    assert await page.evaluate("document.querySelectorAll('tr.case').length") == 50
    await page.evaluate("document.getElementById('more').click()")
    assert await page.evaluate("document.querySelectorAll('tr.case').length") == 100
    await page.evaluate(
        "const one = document.getElementById('search'); one.value = 'oven, 2499?';"
        " one.dispatchEvent(new Event('input'))"
    )
    assert await _listed(page) == ["case 2499"]
    assert await page.evaluate("document.querySelectorAll('*').length") < 2000


async def test_a_difference_of_long_texts_is_found_at_once_or_told_as_a_whole(
    browser, tmp_path
) -> None:
    page = await _open(browser, tmp_path / "page.html", run_page(a_run([a_result("a")])))
    diff = "wordDiff({}, {}).map((side) => side.map(([same, text]) => [same, text.length]))"

    assert await page.evaluate(diff.format("'x '.repeat(9000)", "'x '.repeat(9000) + 'y'")) == [
        [[True, 18000]],
        [[True, 18000], [False, 1]],
    ]
    assert await page.evaluate(diff.format("'a b '.repeat(9000)", "'c d '.repeat(9000)")) == [
        [[False, 35999], [True, 1]],
        [[False, 35999], [True, 1]],
    ]
