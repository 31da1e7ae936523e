"""A guide on paper: all of it, in its language, and nothing in it that runs or formats."""

import itertools
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from copilot.guides.exporting import sheet_of, to_html, to_markdown
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide, roles
from copilot.knowledge.plan import Plan
from tests.builders import guide_data

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(2)) `*_~ & \u202eabc {{ 7 * 7 }}"
BARE: dict[str, Any] = {
    "id": "baker",
    "language": "en",
    "title": "Baker",
    "summary": "Bakes.",
    "questions": [
        {"id": "why", "label": "Why", "kind": "opinion", "text": "Why bread?", "origin": "project"}
    ],
}


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(page: str) -> _Texts:
    parser = _Texts()
    parser.feed(page)
    return parser


def _plain(text: str) -> str:
    return " ".join(text.split())


def _hostile(value: Any) -> Any:
    if isinstance(value, dict):
        texts = {"title", "summary", "text", "description", "says", "probes", "why", "probe"}
        return {key: _said(each) if key in texts else _hostile(each) for key, each in value.items()}
    return [_hostile(each) for each in value] if isinstance(value, list) else value


def _said(value: Any) -> Any:
    return [HOSTILE for _ in value] if isinstance(value, list) else HOSTILE


@pytest.mark.parametrize("role", roles())
@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_an_interviewer_needs_stands_on_the_page(role: str, language: str) -> None:
    guide = load_guide(role, language)
    shown = _plain(" ".join(_read(to_html(sheet_of(guide))).texts))

    for question in guide.questions:
        for text in (question.text, *(point.description for point in question.points)):
            assert _plain(text) in shown
    for flag in guide.red_flags:
        assert _plain(flag.benign_reading) in shown
        assert _plain(flag.probe) in shown
    for competency in guide.competencies:
        assert competency.anchors is not None
        assert all(_plain(anchor) in shown for anchor in competency.anchors.in_order())
    assert not any(
        _plain(said) in shown for q in guide.questions for p in q.points for said in p.says[:1]
    )


def test_the_sentences_come_with_the_whole_of_it() -> None:
    guide = load_guide("nurse-manager")
    said = guide.questions[0].points[0].says[0]

    for made in (to_html(sheet_of(guide, full=True)), to_markdown(sheet_of(guide, full=True))):
        assert said.replace("'", "&#39;") in made or said in made


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_heading_of_markdown_stands_without_what_it_announces(language: str) -> None:
    lines = to_markdown(sheet_of(load_guide("operations-manager", language))).splitlines()

    headings = [number for number, line in enumerate(lines) if line.startswith("#")]
    for first, second in itertools.pairwise(headings):
        between = "".join(lines[first + 1 : second]).strip()
        deeper = lines[second].index(" ") > lines[first].index(" ")
        assert between or deeper, lines[first]


def test_a_plan_chooses_orders_and_times_the_questions() -> None:
    guide = load_guide("nurse-manager")
    first, second = guide.questions[3], guide.questions[1]
    plan = Plan.model_validate({"questions": [first.id, {"id": second.id, "minutes": 12}]})

    sheet = sheet_of(guide, plan)

    assert [(asked.question.id, asked.minutes) for asked in sheet.asked] == [
        (first.id, first.minutes),
        (second.id, 12),
    ]
    assert {c.id for c in sheet.competencies} == {*first.competencies, *second.competencies}
    made = to_markdown(sheet)
    assert f"2 questions, about {first.minutes + 12:g} minutes" in made
    assert guide.questions[0].text not in made


def test_a_bare_guide_is_a_page_without_empty_parts() -> None:
    sheet = sheet_of(Guide.model_validate(BARE))

    page, plain = to_html(sheet), to_markdown(sheet)

    for made in (page, plain):
        assert "Why bread?" in made
        for title in ("Red flags", "Stages", "Not to be asked", "It may also mean", "Where it"):
            assert title not in made


def test_nothing_in_a_guide_runs_or_formats() -> None:
    data = _hostile(guide_data())
    data |= {"tips": [HOSTILE], "off_limits": [HOSTILE]}
    guide = Guide.model_validate(data)

    page = to_html(sheet_of(guide, full=True))
    read = _read(page)
    plain = to_markdown(sheet_of(guide, full=True))

    assert "script" not in read.tags
    assert "<script" not in page
    assert "{{ 7 * 7 }}" in " ".join(read.texts)
    assert "\u202e" not in page
    assert not re.search(r"(?<!\\)<script", plain)
    assert not re.search(r"(?<!\\)\[x\]", plain)


def test_a_page_loads_nothing() -> None:
    page = to_html(sheet_of(load_guide("nurse-manager")))

    assert "default-src &#39;none&#39;" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "src=" not in page


def test_what_only_repeats_a_label_or_the_title_is_told_once() -> None:
    bare = {**BARE, "summary": "Baker"}
    bare["skills"] = [
        {"id": "ovens", "label": "Deck ovens", "description": "Deck ovens", "origin": "project"}
    ]
    bare["red_flags"] = [
        {"id": "late", "label": "Late loaves", "description": "Late loaves", "origin": "project"}
    ]
    sheet = sheet_of(Guide.model_validate(bare))

    markdown, page = to_markdown(sheet), _plain(" ".join(_read(to_html(sheet)).texts))
    for text in (markdown, page):
        assert text.count("Deck ovens") == text.count("Late loaves") == 1
        assert "1 question, about 5 minutes" in text
        assert "stands beside it" not in text  # no other reading does
    assert markdown.count("Baker") == 1


def test_french_puts_a_space_before_a_colon() -> None:
    guide = load_guide("nurse-manager", "fr")
    markdown = to_markdown(sheet_of(guide))
    assert "À écouter\u00a0:" in markdown
    assert "À écouter:" not in markdown
    assert "Notes\u00a0:" in markdown
