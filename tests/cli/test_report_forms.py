"""The report command: which form, where to, what is asked and noted first."""

import json
import os
import stat
from pathlib import Path

import pytest
import soundfile

from copilot.events import BlindingLifted
from copilot.review.forms.registry import FORMS
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder, SessionStore
from copilot.store.exports import known_exports
from tests.cli.command import names, run
from tests.engine.parts import CANDIDATE, INTERVIEWER, demo_extract
from tests.review.stored import keep
from tests.review.story import an_interview


@pytest.fixture
def folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFolder:
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path / "config"))
    return keep(an_interview().events)


@pytest.fixture
def rated(folder: SessionFolder) -> SessionFolder:
    with Review(folder, by="ada") as review:
        for question in ("rollout", "metrics", "team"):
            review.rate(question, 3)
    return folder


def _lifted(folder: SessionFolder) -> list[BlindingLifted]:
    return read_reviewed(folder).lifted


# -- which form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("md", "# Interview report: Head Baker"),
        ("json", '{\n  "type": "report"'),
        ("csv", '\ufeff"Row","Question"'),
        ("txt", "Transcript: Head Baker"),
        ("srt", "1\n00:00:00,000 --> "),
        ("vtt", "WEBVTT\n"),
        ("scorecard", '{\n  "interview": "Head Baker"'),
    ],
)
def test_forms_of_text_go_to_stdout(rated: SessionFolder, form: str, begins: str) -> None:
    done = run("report", "last", "--format", form)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(begins)


@pytest.mark.parametrize("name", ["a.md", "a.json", "a.csv", "a.txt", "a.srt", "a.vtt", "a.html"])
def test_the_form_is_guessed_from_the_files_name(
    rated: SessionFolder, tmp_path: Path, name: str
) -> None:
    form = name.partition(".")[2]

    done = run("report", "last", "--output", tmp_path / name)

    assert (done.code, done.err) == (0, f"Wrote {tmp_path / name}\n")
    if FORMS[form].is_text:
        assert (tmp_path / name).read_bytes().decode() == run(
            "report", "last", "--format", form
        ).out


def test_an_ending_that_no_form_has_is_refused(rated: SessionFolder, tmp_path: Path) -> None:
    done = run("report", "last", "--output", tmp_path / "a.docx")

    assert done.code == 2
    assert "no form of report ends in .docx" in done.message
    assert not (tmp_path / "a.docx").exists()


def test_html_goes_into_the_sessions_folder_unless_told(rated: SessionFolder) -> None:
    done = run("report", "last", "--format", "html")

    path = rated.reports_path / "report.html"
    assert (done.code, done.out, done.err) == (0, "", f"Wrote {path}\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert known_exports(rated.path) == ()


@pytest.mark.parametrize("form", ["md", "txt", "csv", "vtt"])
def test_it_can_be_in_the_other_language(rated: SessionFolder, form: str) -> None:
    text = run("report", "last", "--format", form, "--lang", "fr").out

    assert "andidat" in text
    assert "candidate" not in text.lower()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--audio"], "--audio goes with --format html"),
        (["--format", "txt", "--transcript"], "--transcript goes with --format md"),
        (["--semicolons"], "--semicolons goes with --format csv"),
        (["--mapping", "x.yaml"], "--mapping goes with --format scorecard"),
        (["--all", "--format", "md"], "--all writes every form"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    folder: SessionFolder, arguments: list[str], says: str
) -> None:
    done = run("report", "last", *arguments)

    assert done.code == 2
    assert says in done.message
    assert _lifted(folder) == []


def test_the_transcript_is_put_into_markdown(rated: SessionFolder) -> None:
    assert "## Transcript" in run("report", "last", "--transcript").out
    assert "## Transcript" not in run("report", "last").out


def test_semicolons_separate_what_commas_do(rated: SessionFolder) -> None:
    assert '"Row";"Question"' in run("report", "last", "--format", "csv", "--semicolons").out


# -- rating first ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["md", "json", "csv"])
def test_showing_findings_before_all_is_rated_is_said_and_noted(
    folder: SessionFolder, form: str
) -> None:
    done = run("report", "last", "--format", form)

    assert done.code == 0
    assert done.err.startswith("3 questions are not judged yet, and this shows what was found")
    assert [(event.question, event.why) for event in _lifted(folder)] == [(None, "report")]
    assert run("report", "last", "--format", form).err == ""
    assert len(_lifted(folder)) == 1


@pytest.mark.parametrize("form", ["txt", "srt", "vtt", "scorecard"])
def test_what_shows_no_findings_needs_no_note(folder: SessionFolder, form: str) -> None:
    assert run("report", "last", "--format", form).err == ""
    assert _lifted(folder) == []
    assert not folder.review_path.exists()


def test_where_all_is_rated_nothing_is_noted(rated: SessionFolder) -> None:
    assert run("report", "last").err == ""
    assert _lifted(rated) == []


@pytest.mark.parametrize(("answer", "written"), [("n\n", False), ("", False), ("y\n", True)])
def test_a_person_is_asked(folder: SessionFolder, answer: str, written: bool) -> None:
    ours, theirs = os.openpty()
    os.write(ours, answer.encode() or b"\x04")
    with os.fdopen(theirs) as terminal:
        done = run("report", "last", stdin=terminal)
    os.close(ours)

    assert done.code == 0
    assert "[y/N]" in done.err
    assert bool(done.out) is written
    assert bool(_lifted(folder)) is written


def test_a_person_is_not_asked_where_they_said_yes(folder: SessionFolder) -> None:
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as terminal:
        done = run("report", "last", "--yes", stdin=terminal)
    os.close(ours)

    assert done.out.startswith("# ")
    assert "[y/N]" not in done.err
    assert len(_lifted(folder)) == 1


def test_where_the_review_is_open_elsewhere_it_says_that_it_could_not_be_noted(
    folder: SessionFolder,
) -> None:
    with Review(folder, by="ada"):
        done = run("report", "last")

    assert done.code == 0
    assert done.out.startswith("# ")
    assert "could not be noted in the review" in done.err
    assert _lifted(folder) == []


def test_a_running_session_is_reported_until_now(data: Path) -> None:
    folder = keep(an_interview().events[:-1])
    with folder.locked():
        done = run("report", "last")

    assert done.code == 0
    assert "could not be noted in the review" in done.err
    assert "still running; this is its report until now" in done.err


def test_a_place_that_cannot_be_written_is_told_before_anything_is_noted(
    folder: SessionFolder, tmp_path: Path
) -> None:
    done = run("report", "last", "--output", tmp_path / "missing" / "a.md")

    assert done.code == 6
    assert "No such file or directory" in done.message
    assert _lifted(folder) == []


# -- where to -------------------------------------------------------------------------------------


def test_copies_outside_the_data_folder_are_remembered(
    rated: SessionFolder, tmp_path: Path
) -> None:
    for name in ("a.md", "b.srt", "scorecard.json"):
        run("report", "last", "--output", tmp_path / name)

    assert [(each.path, each.kind) for each in known_exports(rated.path)] == [
        (str(tmp_path / "a.md"), "report"),
        (str(tmp_path / "b.srt"), "transcript"),
        (str(tmp_path / "scorecard.json"), "scorecard"),
    ]


def test_everything_goes_into_one_folder(
    rated: SessionFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no browser, so that no PDF can be made
    place = tmp_path / "for-my-colleague"

    done = run("report", "last", "--all", "--output", place)

    assert done.code == 0
    assert "No PDF: " in done.err
    assert names(place) == sorted(form.file_name for form in FORMS.values() if form.name != "pdf")
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}
    assert {each.path for each in known_exports(rated.path)} == {
        str(path) for path in place.iterdir()
    }


@pytest.mark.parametrize("where", ["missing/place", "file"])
def test_a_folder_that_cannot_be_made_is_told(
    rated: SessionFolder, tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").write_text("no folder")

    done = run("report", "last", "--all", "--output", tmp_path / where)

    assert done.code == 6
    assert str(tmp_path / where) in done.message


def test_the_sound_goes_beside_the_page_and_plays_the_same(
    rated: SessionFolder, tmp_path: Path
) -> None:
    sound = demo_extract(0, 3)
    soundfile.write(rated.path / "interviewer.wav", sound[INTERVIEWER], 16_000, subtype="PCM_16")
    soundfile.write(rated.path / "candidate.wav", sound[CANDIDATE], 16_000, subtype="PCM_16")
    soundfile.write(rated.path / "candidate.flac", sound[CANDIDATE], 16_000, subtype="PCM_16")
    (rated.path / "candidate.wav").unlink()

    done = run("report", "last", "--audio", "--output", tmp_path / "page.html")

    assert done.code == 0
    assert "what the text leaves out can be heard in it" in done.err
    for side in ("interviewer", "candidate"):
        path = tmp_path / f"page-{side}.flac"
        kept = rated.path / ("candidate.flac" if side == "candidate" else "interviewer.wav")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert (soundfile.read(path)[0] == soundfile.read(kept)[0]).all()
        assert path.name in (tmp_path / "page.html").read_text("utf-8")
    assert [each.kind for each in known_exports(rated.path)] == ["sound", "sound", "report"]


def test_without_any_sound_it_says_so(rated: SessionFolder, tmp_path: Path) -> None:
    done = run("report", "last", "--audio", "--output", tmp_path / "page.html")

    assert done.code == 0
    assert "No sound of this session was kept." in done.err


def test_a_damaged_recording_is_told(rated: SessionFolder, tmp_path: Path) -> None:
    (rated.path / "candidate.wav").write_bytes(b"no sound at all")

    done = run("report", "last", "--audio", "--output", tmp_path / "page.html")

    assert done.code == 3
    assert "candidate.wav" in done.message
    assert not (tmp_path / "page.html").exists()


# -- the scorecard --------------------------------------------------------------------------------


def test_the_scorecards_words_come_from_the_settings_or_a_file(
    rated: SessionFolder, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "scorecard.yaml").write_text("ratings: {3: mixed}\n")
    (tmp_path / "other.yaml").write_text("ratings: {3: strong_yes}\n")

    own = json.loads(run("report", "last", "--format", "scorecard").out)
    named = json.loads(
        run("report", "last", "--format", "scorecard", "--mapping", tmp_path / "other.yaml").out
    )

    assert {each["rating"] for each in own["attributes"]} == {"mixed"}
    assert {each["rating"] for each in named["attributes"]} == {"strong_yes"}


def test_a_broken_mapping_is_told_with_its_line(rated: SessionFolder, tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("ratings:\n  1: nope\n")

    done = run("report", "last", "--format", "scorecard", "--mapping", path)

    assert done.code == 3
    assert f"{path}:2" in done.message


# -- encrypted ------------------------------------------------------------------------------------


def test_an_encrypted_session_can_be_reported_and_says_where_a_page_must_go(
    rated: SessionFolder, tmp_path: Path
) -> None:
    pytest.importorskip("cryptography")
    key = tmp_path / "key"
    run("sessions", "key", "new", key)
    done = run("sessions", "encrypt", "last", "--key-file", key)
    assert done.code == 0, done.err

    text = run("report", "last", "--format", "txt", "--key-file", key)
    page = run("report", "last", "--format", "html", "--key-file", key)
    told = run(
        *("report", "last", "--key-file", key, "--format", "html"),
        *("--output", tmp_path / "page.html"),
    )

    assert text.out.startswith("Transcript: ")
    assert page.code == 2
    assert "is encrypted" in page.message
    assert told.code == 0
    assert (tmp_path / "page.html").exists()
    assert SessionStore().folders()[0].is_encrypted
