"""The HTML report: whole in one file, in order, in both languages, and every link leads somewhere."""

import base64
import dataclasses
import hashlib
import itertools
import re

import pytest
from hypothesis import given, settings

from copilot.coach.unsolicited import load_unsolicited
from copilot.events import Channel, ConsentDecision
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.review.html import to_html
from copilot.review.html.words import PAGE_WORDS, SHARED_RECAP_WORDS, SHARED_WORDS
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from tests.builders import guide_data
from tests.interview.strategies import stories
from tests.review.html.reading import Element, read_page
from tests.review.html.reports import a_full_report
from tests.story import Story

BOTH = {Channel.CANDIDATE: "candidate.wav", Channel.INTERVIEWER: "interviewer.wav"}
HIDDEN = load_unsolicited()


def _in_french() -> Guide:
    return Guide.model_validate({**guide_data(), "language": "fr", "title": "Chef boulanger"})


@pytest.fixture(scope="module")
def page() -> Element:
    return read_page(to_html(a_full_report(), audio=BOTH, alias="Candidate 7"))


@pytest.fixture(scope="module")
def french() -> Element:
    return read_page(to_html(a_full_report("fr", _in_french())))


def _headings(page: Element) -> list[str]:
    return [each.text for each in page.all("h2")]


def _part(page: Element, name: str) -> str:
    return page.one("section", id=name).text


# -- the file ------------------------------------------------------------------------------------


def _addresses(page: Element) -> list[str]:
    return [
        value
        for each in page.all()
        for name, value in each.attributes.items()
        if name in ("href", "src", "srcset", "data", "action", "poster", "background")
    ]


def test_nothing_is_asked_for_but_the_sound_beside_it(page: Element) -> None:
    assert {each.partition("#")[0] for each in _addresses(page)} == {
        "",
        "candidate.wav",
        "interviewer.wav",
    }
    assert not page.all("link", "img", "iframe", "object", "form")


def test_without_sound_there_is_no_script_at_all() -> None:
    page = read_page(to_html(a_full_report()))

    assert not page.all("script", "audio")
    assert all(each.startswith("#") for each in _addresses(page))


@pytest.mark.parametrize("audio", [None, BOTH])
def test_the_policy_allows_what_stands_in_the_page_and_nothing_else(audio) -> None:
    html = to_html(a_full_report(), audio=audio)
    page = read_page(html)
    (policy,) = [
        each.attributes["content"]
        for each in page.all("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    parts = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", html, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in parts]

    assert policy.startswith("default-src 'none'; ")
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert "unsafe" not in policy
    assert ("script-src" in policy) == (audio is not None)
    # An attribute that styles or runs would need more than that.
    for each in page.all():
        assert not {name for name in each.attributes if name == "style" or name.startswith("on")}


def test_every_link_leads_to_one_place(page: Element, french: Element) -> None:
    for each in (page, french):
        ids = [found.attributes["id"] for found in each.all() if "id" in found.attributes]
        assert len(ids) == len(set(ids))
        targets = {address[1:] for address in _addresses(each) if address.startswith("#")}
        assert targets <= set(ids)


@settings(max_examples=30)
@given(stories())
def test_any_interview_has_a_page(events) -> None:
    report = report_of(Reviewed(replay(events)), unsolicited=HIDDEN)
    page = read_page(to_html(report, audio=BOTH))

    ids = {found.attributes["id"] for found in page.all() if "id" in found.attributes}
    assert {each[1:] for each in _addresses(page) if each.startswith("#")} <= ids


# -- its parts -----------------------------------------------------------------------------------


def test_the_parts_stand_in_order(page: Element) -> None:
    assert _headings(page) == [
        "The interview",
        "What the interviewer judged",
        "Recap",
        "The interview at a glance",
        "Coverage",
        "Questions",
        "Notes",
        "Corrected text",
        "Transcript",
        "Made with",
    ]


def test_the_title_says_what_who_and_when(page: Element) -> None:
    top = page.one("header").text

    assert page.one("h1").text == "Head Baker"
    assert "Candidate 7 · 2 March 2026, 09:00 (UTC) · 1:40" in top
    assert "Candidate 7" not in read_page(to_html(a_full_report())).text


def test_what_limits_the_report_stands_first(page: Element) -> None:
    facts = _part(page, "facts")

    assert facts.startswith("The interview What limits this report 0:10 of both sides were not")
    assert "silent while the other side waited" in facts
    assert "1 of 7 utterances is doubtful (14%)." in facts
    assert "Consent to recording given" in facts
    assert "nobody; everything stayed on this machine" in facts
    assert "0:40-0:50 both sides (off the record)" in facts
    assert "Ada, 2 March 2026, 11:00 (UTC)" in facts


def test_a_host_that_the_recap_was_asked_of_is_told_among_the_facts() -> None:
    report = a_full_report()
    assert report.recap is not None
    recap = dataclasses.replace(report.recap, goes_to="llm.example.org")
    facts = _part(read_page(to_html(dataclasses.replace(report, recap=recap))), "facts")

    assert "Text and sound sent to llm.example.org" in facts
    assert "nobody" not in facts


def test_the_humans_word_stands_with_reason_time_and_what_it_was(page: Element) -> None:
    told = _part(page, "judgement")

    assert "Yes 2 March 2026, 11:00 (UTC), by Ada I would work with him." in told
    assert "Craft 3 of 4 Knows ovens. earlier: 2 of 4 (2 March 2026, 11:00 (UTC), by Ada)" in told
    assert "New oven 3 of 4 during the interview He said more later. earlier: 2 of 4 (1:11)" in told
    assert "Figures 4 of 4 after the interview, by Ada Figures by heart." in told
    assert "Team not asked after the interview, by Ada" in told


def test_a_rating_given_after_the_findings_were_seen_says_so() -> None:
    report = a_full_report()
    led = [
        dataclasses.replace(each, rated_after_findings=True) for each in report.summary.questions
    ]
    summary = dataclasses.replace(report.summary, questions=tuple(led))

    told = _part(read_page(to_html(dataclasses.replace(report, summary=summary))), "judgement")

    assert "during the interview, after the findings were seen" in told


def test_where_nobody_judged_that_is_said_once() -> None:
    report = report_of(Reviewed(Story().interview))
    told = _part(read_page(to_html(report)), "judgement")

    assert "None was given." in told
    assert told.count("None has been rated.") == 2


def test_the_recap_names_its_model_and_what_was_left_out(page: Element) -> None:
    told = _part(page, "recap")

    assert "Figures Bread that is left is weighed. 1:02" in told
    assert "New oven The language model gave nothing usable" in told
    assert "Sentences by qwen, prompt recap (abababababab)" in told
    assert "3 proposed, 1 shown; left out by code: judges (2)" in told
    without = dataclasses.replace(a_full_report(), recap=None)
    assert "Recap" not in _headings(read_page(to_html(without)))


def test_every_point_has_its_state_in_words_and_its_time(page: Element) -> None:
    rows = [each.text for each in page.one("section", id="coverage").all("tr")]

    assert "Way back Evidenced 0:05" in rows
    assert "Training Denied 0:12" in rows
    assert "Trial run Unclear" in rows
    for row in page.one("section", id="coverage").all("tbody"):
        for state in row.all("svg"):
            assert state.all("use")[0].attributes["href"].startswith("#sign-")


def test_points_of_a_question_nobody_asked_are_in_no_row(page: Element) -> None:
    coverage = page.one("section", id="coverage")

    assert "Craft" not in [each.text for each in coverage.all("th")]
    assert "3 Team not asked Craft" in coverage.text


def test_quotes_stand_verbatim_and_lead_to_their_line(page: Element) -> None:
    quotes = page.one("section", id="questions").all("blockquote")

    assert quotes[0].text == "“a way back to the old oven” 0:05, text corrected since"
    assert [each.attributes["href"] for each in quotes[0].all("a")] == [
        "candidate.wav#t=4.8,11.2",
        "#u2",
    ]


def test_a_flag_stands_with_another_reading_and_a_follow_up_with_its_fate(page: Element) -> None:
    told = page.one("section", id="question-1").text

    assert "Works alone “In the end I did it all by myself.” 0:18" in told
    assert "It may also mean: It was that one project." in told
    # Ten seconds of that minute were off the record.
    assert "0:50 of 5 min planned: 0:00-1:00" in told
    assert "0:24 What if it fails? heard asked" in told or "0:24 What if it fails? taken" in told


def test_notes_marks_and_corrections_stand_with_their_time(page: Element) -> None:
    assert "0:20 Calm and clear. Marked moments: 0:21" in _part(page, "notes")
    told = _part(page, "corrections")
    assert "0:05 Candidate: “We had a way back to the <old> oven.”" in told
    assert "heard: “We had a way back to the old oven.”" in told


def test_the_transcript_highlights_what_is_quoted_and_marks_doubt(page: Element) -> None:
    lines = {each.attributes["id"]: each for each in page.one("section", id="transcript").all("li")}

    assert [each.text for each in lines["u6"].all("mark")] == ["We weigh the bread that is left."]
    assert [each.text for each in lines["u7"].all("mark")] == ["And we write it down each night."]
    assert lines["u2"].all("mark") == []  # corrected since
    assert lines["u2"].text.endswith("We had a way back to the <old> oven. corrected")
    assert lines["u4"].text == "0:16 Interviewer Mumble mumble. doubtful corrected"


def test_a_line_is_played_from_the_side_on_which_it_was_heard(page: Element) -> None:
    line = next(each for each in page.all("li") if each.attributes.get("id") == "u4")

    assert line.all("a")[0].attributes["href"] == "candidate.wav#t=15.8,17.2"


def test_models_and_guide_stand_at_the_end_with_their_hashes(page: Element) -> None:
    end = page.one("footer").text

    assert f"Transcription: Whisper, 1, hash {'0' * 64}" in end
    assert re.search(r"guide: baker, hash [0-9a-f]{64}", end)


def test_no_name_of_a_sound_file_becomes_another_address() -> None:
    audio = {Channel.CANDIDATE: "javascript:alert(1)", Channel.INTERVIEWER: 'a"b #?.wav'}
    page = read_page(to_html(a_full_report(), audio=audio))

    files = {each.partition("#")[0] for each in _addresses(page)}
    assert files == {"", "javascript%3Aalert%281%29", "a%22b%20%23%3F.wav"}


@pytest.mark.parametrize("decision", [ConsentDecision.DECLINED, None])
def test_without_consent_the_page_says_that_nothing_was_recorded(decision) -> None:
    page = read_page(to_html(report_of(Reviewed(Story(consent=decision).interview))))

    assert "nothing was recorded" in _part(page, "facts")
    assert "Nothing was transcribed." in _part(page, "transcript")


# -- for everyone --------------------------------------------------------------------------------


def test_headings_never_skip_a_level(page: Element, french: Element) -> None:
    for each in (page, french):
        levels = [int(found.tag[1]) for found in each.all("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_links_and_pictures_can_be_heard(page: Element) -> None:
    assert all(each.attributes["scope"] in ("col", "row") for each in page.all("th"))
    inner = [each for picture in page.all("svg") for each in picture.all("svg")]
    for each in page.all("section", "svg"):
        hidden = each.attributes.get("aria-hidden") == "true"
        assert "aria-labelledby" in each.attributes or hidden or each in inner
    for link in page.all("a"):
        assert link.text or "aria-label" in link.attributes or "tabindex" in link.attributes
    assert {"header", "nav", "main", "footer"} <= {each.tag for each in page.all()}


def test_the_picture_tells_its_content_in_words(page: Element) -> None:
    picture = page.one("svg", class_="timeline")

    assert picture.one("title", id="timeline-title").text == "The interview at a glance"
    assert picture.one("desc", id="timeline-text").text == (
        "1:40 long. New oven, Figures. 3 findings with quotes, 1 flags, 1 notes, "
        "1 marked moments, 1 stretches not recorded."
    )


# -- languages -----------------------------------------------------------------------------------


def test_a_french_report_is_french_with_its_spaces(french: Element) -> None:
    assert french.one("html").attributes["lang"] == "fr"
    assert _headings(french)[:2] == ["L'entretien", "L'appréciation de l'intervieweur"]
    told = french.text
    assert "«\u202fa way back to the old oven\u202f»" in told
    assert "Ce qui limite ce compte rendu" in told
    assert "14\u202f%" in told
    assert not re.search(r"[^ \u202f] [;!?»%]|« ", told)
    english = {word for word in _flat(PAGE_WORDS["en"]) if len(word) > 10 and "{" not in word}
    assert not [word for word in english - _flat(PAGE_WORDS["fr"]) if word in told]


def test_a_report_in_another_language_says_which_words_are_the_interviews() -> None:
    page = read_page(to_html(a_full_report("fr")))

    assert page.one("html").attributes["lang"] == "fr"
    assert page.one("h1").all("bdi")[0].attributes["lang"] == "en"
    assert all(each.attributes["lang"] == "en" for each in page.all("ol"))


@pytest.mark.parametrize("tables", [PAGE_WORDS, SHARED_WORDS, SHARED_RECAP_WORDS])
def test_both_languages_fill_in_the_same(tables) -> None:
    english, french = (_named(tables[language]) for language in ("en", "fr"))

    assert english.keys() == french.keys()
    for name, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", french[name])), (
            name
        )


def _named(table) -> dict[str, str]:
    found = {}
    for each in dataclasses.fields(table):
        value = getattr(table, each.name)
        if isinstance(value, str):
            found[each.name] = value
        elif dataclasses.is_dataclass(value):
            found |= {f"{each.name}.{name}": text for name, text in _named(value).items()}
        else:
            items = value.items() if isinstance(value, dict) else enumerate(value)
            found |= {f"{each.name}.{key}": str(text) for key, text in items}
    return found


def _flat(table) -> set[str]:
    return set(_named(table).values())


# -- no judgement --------------------------------------------------------------------------------

_JUDGEMENTS = {
    "en": r"\b(score|scor\w+|rank\w*|verdict|fit|hire|reject\w*|grade|fail\w*)\b",
    "fr": r"\b(score|classement|verdict|embauch\w*|rejet\w*|faibl\w*)\b",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_itself_judges_nobody(language: str) -> None:
    # That a part of the program failed is no word on the candidate.
    named = _named(PAGE_WORDS[language]).items()
    told = " ".join(sorted(text for name, text in named if name != "session.endings.failed"))

    assert re.findall(_JUDGEMENTS[language], told, re.IGNORECASE) == []
