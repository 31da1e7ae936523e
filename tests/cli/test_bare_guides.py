"""Whatever is made of an interview whose guide leaves out what it may: nothing empty or untrue."""

import json
import re
from pathlib import Path

import pytest

from copilot.errors import ExitCode
from copilot.knowledge.guide import Guide
from copilot.review.forms.registry import FORMS
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from copilot.store.guides import keep_guide
from tests.bare_guides import BARE, THIN, THIN_FR, told_with
from tests.cli.command import run
from tests.review.stored import keep

#: A phrase that ends where something should have followed.
_DANGLING = re.compile(r"(?:mean|lecture possible|matters|compte)\s?: ?(?:\.|<|\"|$)", re.M)
GUIDES = pytest.mark.parametrize("guide", [BARE, THIN, THIN_FR], ids=["bare", "thin", "thin-fr"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def _stored(guide: Guide, session_id: str = "20260302-090000-abcd") -> SessionFolder:
    story = told_with(guide)
    story.end(at_s=100)
    folder = keep(story.events, session_id)
    keep_guide(folder, guide)
    with Review(folder) as review:
        review.rate("alone", 3)
        review.rate("guests", 2)
    return folder


@pytest.fixture(autouse=True)
def _place(data: Path) -> None:
    """Each test has a data folder of its own."""


@GUIDES
@LANGUAGES
@pytest.mark.parametrize("form", sorted(set(FORMS) - {"pdf"}))
def test_every_form_of_report(guide: Guide, language: str, form: str, tmp_path: Path) -> None:
    _stored(guide)
    path = tmp_path / "report"

    done = run("report", "last", "--format", form, "--lang", language, "--yes", "--output", path)

    assert done.code == ExitCode.OK, done.err
    made = path.read_text("utf-8")
    assert not _DANGLING.search(made)
    assert "0 of 0" not in made
    assert "0 sur 0" not in made


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The guide lists nothing to listen for here."),
        ("fr", "Le guide ne liste rien à relever ici."),
    ],
)
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_says_where_nothing_was_listened_for(
    language: str, told: str, form: str, tmp_path: Path
) -> None:
    _stored(BARE)
    path = tmp_path / "report"

    run("report", "last", "--format", form, "--lang", language, "--yes", "--output", path)

    assert path.read_text("utf-8").count(told) == 2


@GUIDES
@LANGUAGES
def test_a_recap(guide: Guide, language: str) -> None:
    _stored(guide)

    for form in ("--text", "--json"):
        done = run("recap", "last", "--no-llm", "--language", language, form)
        assert done.code == ExitCode.OK, done.err
        assert not _DANGLING.search(done.out)


@GUIDES
@LANGUAGES
@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "json"])
def test_candidates_side_by_side(guide: Guide, language: str, form: str) -> None:
    _stored(guide)
    _stored(guide, "20260303-090000-abcd")

    done = run("compare", "porter", "--format", form, "--lang", language)

    assert done.code == ExitCode.OK, done.err
    assert not _DANGLING.search(done.out)


@GUIDES
def test_the_candidates_copy(guide: Guide, tmp_path: Path) -> None:
    folder = _stored(guide)

    done = run("sessions", "export", "last", "--for-candidate", "--output", tmp_path / "copy")

    assert done.code == ExitCode.OK, done.err
    written = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert written
    for path in written:
        assert not _DANGLING.search(path.read_text("utf-8", "replace"))
        # What it expects of answers is the employer's, and says nothing of the candidate.
        assert path.name != "guide.jsonl"
    assert (folder.path / "guide.jsonl").is_file()


@GUIDES
@pytest.mark.parametrize("name", ["follow_up", "judge_points", "judge_flags", "recap"])
def test_what_a_language_model_would_be_asked(guide: Guide, name: str) -> None:
    _stored(guide)

    done = run("prompts", "render", name, "--session", "last", "--question", "alone", "--json")
    if name == "recap":
        done = run("prompts", "render", name, "--session", "last", "--json")

    assert done.code == ExitCode.OK, done.err
    for line in done.lines:
        assert "Harmless reading: \n" not in str(line["messages"])
        assert not re.search(r"(?:reading|bénigne) ?: *(?:\\n|\"|\|)", json.dumps(line["messages"]))
