"""Every form can be made of every interview, and file names lead to forms."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from copilot.interview import replay
from copilot.review.forms.registry import FORMS, form_of
from copilot.review.report_file import write_report
from copilot.review.reviewed import Reviewed
from tests.interview.strategies import stories
from tests.review.forms.told import machine_words, source_of
from tests.review.stored import keep
from tests.review.story import an_interview

#: A browser makes those, which takes seconds; they are tested where they are made.
_MADE_HERE = sorted(set(FORMS) - {"pdf"})


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("report.md", "md"),
        ("Report.MARKDOWN", "md"),
        ("a.htm", "html"),
        ("report.json", "json"),
        ("scorecard.json", "scorecard"),
        ("ada-scorecard.json", "scorecard"),
        ("talk.vtt", "vtt"),
    ],
)
def test_a_files_name_says_which_form_it_is(name: str, form: str) -> None:
    found = form_of(name)

    assert found is not None
    assert found.name == form


@pytest.mark.parametrize("name", ["report.docx", "report", "md", "scorecard.txt.bak"])
def test_other_names_say_nothing(name: str) -> None:
    assert form_of(name) is None


def test_each_form_has_a_file_name_that_leads_to_it() -> None:
    assert [form_of(form.file_name) for form in FORMS.values()] == list(FORMS.values())


@pytest.mark.parametrize("name", ["txt", "srt", "vtt", "scorecard"])
def test_forms_without_findings_show_none(name: str) -> None:
    story = an_interview()
    made = FORMS[name].make(source_of(story)).decode()

    spoken = " ".join(said.text for said in story.interview.utterances.values())
    assert not FORMS[name].shows_findings
    for told in machine_words(story):
        assert told in spoken or told not in made


@pytest.mark.parametrize("name", ["md", "json", "csv", "html"])
def test_forms_with_findings_say_so(name: str) -> None:
    assert FORMS[name].shows_findings
    assert "Way back" in FORMS[name].make(source_of(an_interview())).decode()


@pytest.mark.parametrize("name", _MADE_HERE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_form_is_made_in_both_languages(name: str, language: str) -> None:
    assert FORMS[name].make(source_of(an_interview(), language)).decode("utf-8")


@given(events=stories())
def test_no_form_fails_whatever_happened(events) -> None:
    source = source_of(replay(events))

    for name in _MADE_HERE:
        FORMS[name].make(source)


def test_json_is_the_report_itself() -> None:
    found = json.loads(FORMS["json"].make(source_of(an_interview())))

    assert (found["type"], found["format"]) == ("report", 1)
    assert found["summary"]["guide"]["title"] == "Head Baker"
    assert len(found["transcript"]) == 5


@pytest.mark.parametrize("name", ["md", "html", "csv"])
def test_a_report_of_each_form_goes_into_the_sessions_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))
    folder = keep(an_interview().events)

    path = write_report(folder, Reviewed(an_interview().interview), name)

    assert path == folder.reports_path / FORMS[name].file_name
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.reports_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["md", "html", "txt"])
def test_what_the_candidate_is_called_stands_at_the_top_where_something_is_set(name: str) -> None:
    story = an_interview()

    assert "B-07" in FORMS[name].make(source_of(story, alias="B-07")).decode()
    assert "B-07" not in FORMS[name].make(source_of(story)).decode()
