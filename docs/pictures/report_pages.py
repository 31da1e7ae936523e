"""Draw the pictures of the HTML report and its PDF: ``python -m docs.pictures.report_pages``.

The report is that of the demo's recorded events after a made-up review. It needs Chromium, and
``pip install pypdfium2`` for the pages of the PDF.
"""

import asyncio
import base64
import dataclasses
import json
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pypdfium2

from copilot.engine.planning import known_competencies
from copilot.events import Channel, Event, Recommendation, SessionStarted, Unrated
from copilot.knowledge.loading import load_guide
from copilot.review.html import to_html
from copilot.review.pdf import to_pdf
from copilot.review.reading import read_reviewed
from copilot.review.report import Report, report_of
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from tests.browser.chromium import Page, chromium
from tests.tui.recorded import demo_events
from tests.tui.reviewing import stored_demo

FOLDER = Path(__file__).parent
_STARTED_AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_QUALITY = 82


def demo_report() -> Report:
    """The report of the demo's interview after somebody has judged it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, {"INTERVIEW_COPILOT_DATA": folder}),
    ):
        stored = stored_demo(_events())
        _judge(stored)
        return report_of(read_reviewed(stored))


def _events() -> list[Event]:
    started, *rest = demo_events()
    if not isinstance(started, SessionStarted):
        raise TypeError(started)
    guide = load_guide(started.guide.role)
    plan = tuple(
        dataclasses.replace(each, competencies=guide.question(each.id).competencies)
        for each in started.plan
    )
    begun = dataclasses.replace(
        started,
        started_at=_STARTED_AT.isoformat(),
        plan=plan,
        competencies=known_competencies(guide, plan),
    )
    return [begun, *rest]


def _judge(folder: SessionFolder) -> None:
    later = _STARTED_AT + timedelta(hours=1)
    with Review(folder, by="Interviewer", clock=lambda: later) as review:
        review.rate("new-technology", 2, reason="The way back came late.")
        review.rate("new-technology", 3, reason="Planned store by store; no way back, and said so.")
        review.rate("process-improvement", 2, reason="A real change, but nothing measured.")
        review.rate("metrics", 3, reason="Outages, waiting times, spending.")
        review.rate("underperformance", 4, reason="Four goals agreed together, every other Friday.")
        review.rate("responsibilities", None, Unrated.NOT_ASKED)
        review.rate_competency("team-development", 4, reason="Spoke of him, not of herself.")
        review.rate_competency("project-oversight", 3)
        review.rate_competency("strategy", None, Unrated.NOT_ENOUGH)
        review.recommend(Recommendation.YES, "Second talk, about strategy.")
        review.note("Ask how the owners decided.", 200)
        review.mark(120)


async def _picture(page: Page, name: str, width: int, start: str, height: int) -> None:
    """A part of the page, from an element on, as WebP."""
    await page.ask(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=900,
        deviceScaleFactor=1,
        mobile=True,  # without a bar to scroll by
    )
    top = await page.evaluate(
        f"document.querySelector({json.dumps(start)}).getBoundingClientRect().top + scrollY"
    )
    whole = await page.evaluate("document.documentElement.scrollHeight")
    answer = await page.ask(
        "Page.captureScreenshot",
        format="webp",
        quality=_QUALITY,
        captureBeyondViewport=True,
        clip={"x": 0, "y": top, "width": width, "height": min(height, whole - top), "scale": 1},
    )
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(answer["data"]))


def _printed(html: str, folder: Path) -> str:
    """A page that shows the first pages of the PDF beside each other."""
    shown = []
    document = pypdfium2.PdfDocument(to_pdf(html))
    for number in range(3):
        path = folder / f"{number}.png"
        document[number].render(scale=1.4).to_pil().save(path)
        shown.append(f"<img src={path.name}>")
    style = "body{margin:0;padding:16px;display:flex;gap:16px;background:#c9ced4}img{width:32%}"
    return f"<!doctype html><style>{style}</style>{''.join(shown)}"


async def _draw_all() -> None:
    sound = {Channel.INTERVIEWER: "interviewer.flac", Channel.CANDIDATE: "candidate.flac"}
    html = to_html(demo_report(), audio=sound, alias="Candidate 7")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file, text in (("report", html), ("printed", _printed(html, folder))):
            (folder / f"{file}.html").write_text(text, encoding="utf-8")
        async with chromium(folder / "browser") as browser:
            page = await browser.open((folder / "report.html").as_uri())
            await _loaded(page)
            await _picture(page, "report-wide", 1200, "html", 2330)
            await _picture(page, "report-narrow", 400, "#timeline", 1400)
            dark = {"name": "prefers-color-scheme", "value": "dark"}
            await page.ask("Emulation.setEmulatedMedia", features=[dark])
            await _picture(page, "report-question", 1000, "#question-2", 1000)
            page = await browser.open((folder / "printed.html").as_uri())
            await _loaded(page)
            await _picture(page, "report-print", 1400, "html", 680)


async def _loaded(page: Page) -> None:
    await page.evaluate(
        "document.readyState == 'complete' || new Promise((done) => addEventListener('load', done))"
    )


if __name__ == "__main__":
    asyncio.run(_draw_all())
