"""A review changes nothing of the original, loses nothing, and says who changed what and when."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import EventError, SessionError, StorageError
from copilot.events import (
    Actor,
    BlindingLifted,
    Event,
    FindingKind,
    FindingState,
    QuestionRated,
    ReviewOpened,
    TextCorrected,
)
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder, read_journal
from tests.builders import run_python, start_python
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story, evidence_of

POINT, FLAG = FindingKind.POINT, FindingKind.FLAG


class Clock:
    """Moves by a minute each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


def _review(folder: SessionFolder, by: str = "ada") -> Review:
    return Review(folder, by=by, clock=Clock())


def _changes(folder: SessionFolder) -> list[Event]:
    return list(read_journal(folder.review_path).events)


# -- the original ---------------------------------------------------------------------------------


def test_the_original_is_never_touched(folder: SessionFolder) -> None:
    before = folder.journal_path.read_bytes()
    with _review(folder) as review:
        review.rate("rollout", 3)
        review.note("Ask about the oven.", 12)
        review.mark(30)
        review.correct("u2", "We had a way back to the older oven.")
        review.set_finding("rollout", POINT, "pilot", FindingState.EVIDENCED)
        review.lift_blinding("metrics", "asked")

    assert folder.journal_path.read_bytes() == before
    folder.read_journal()


def test_looking_at_a_session_leaves_no_review_behind(folder: SessionFolder) -> None:
    with _review(folder) as review:
        assert review.problems == ()
        assert review.read_only is None

    assert not folder.review_path.exists()


def test_what_was_changed_is_there_the_next_time(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)
        review.note("  Ask about\tthe oven. ", 12)
        review.mark(30)
        review.correct("u2", "We had a way back to the older oven.")
        review.set_finding("rollout", POINT, "pilot", FindingState.EVIDENCED)
        left = review.reviewed

    again = read_reviewed(folder)
    assert again == left
    assert again.interview.rating_of("rollout") == 3
    assert [again.was_made_in_review(rated) for rated in again.interview.ratings["rollout"]] == [
        True
    ]
    assert [note.text for note in again.interview.notes] == ["Ask about the oven."]
    assert [mark.moment_s for mark in again.interview.marks] == [30]
    assert again.text_of("u2") == "We had a way back to the older oven."
    assert again.interview.utterances["u2"].text == "We had a way back to the old oven."
    assert again.interview.state_of("rollout", POINT, "pilot") is FindingState.EVIDENCED


def test_each_sitting_says_who_when_and_over_which_journal(folder: SessionFolder) -> None:
    for name in ("ada", "grace"):
        with _review(folder, by=name) as review:
            review.rate("rollout", 2 if name == "ada" else 4)

    sittings = [event for event in _changes(folder) if isinstance(event, ReviewOpened)]
    original = folder.read_journal()
    assert [sitting.by for sitting in sittings] == ["ada", "grace"]
    assert {(s.journal_events, s.journal_head) for s in sittings} == {
        (len(original.events), original.head)
    }
    ratings = read_reviewed(folder).interview.ratings["rollout"]
    assert [given.rating for given in ratings] == [2, 4]
    # The session began at nine; the clock stands at eleven and some minutes.
    assert all(7200 < given.at_s < 7800 for given in ratings)


def test_a_review_makes_the_session_no_longer(folder: SessionFolder) -> None:
    before = read_reviewed(folder).interview
    with _review(folder) as review:
        review.rate("rollout", 3)
        review.mark(30)
    after = read_reviewed(folder).interview

    assert after.now_s == before.now_s == 100
    assert after.ended == before.ended
    assert after.spans() == before.spans()


def test_the_file_is_its_owners_alone(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)

    assert stat.S_IMODE(folder.review_path.stat().st_mode) == 0o600


# -- what can be changed --------------------------------------------------------------------------


def test_what_stands_already_is_no_change(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", None)
        review.note(" \n ", 3)
        review.correct("u2", " We had a way  back to the old oven. ")
        review.correct("u2", "  ")
        review.set_finding("rollout", POINT, "pilot", None)

    assert not folder.review_path.exists()


def test_a_correction_can_be_taken_back(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.correct("u2", "Something else.")
        review.correct("u2", "We had a way back to the old oven.")
        assert review.reviewed.corrections == {}

    texts = [event.text for event in _changes(folder) if isinstance(event, TextCorrected)]
    assert texts == ["Something else.", None]
    assert read_reviewed(folder).text_of("u2") == "We had a way back to the old oven."


def test_evidence_is_known_to_rest_on_corrected_text(folder: SessionFolder) -> None:
    with _review(folder) as review:
        finding = review.reviewed.interview.findings["rollout", POINT, "rollback"]
        assert review.reviewed.corrected_in(finding.evidence[0]) == ()
        review.correct("u2", "We never had a way back.")

        assert review.reviewed.interview.findings["rollout", POINT, "rollback"] == finding
        assert review.reviewed.corrected_in(finding.evidence[0]) == ("u2",)


def test_a_finding_set_by_hand_wins_and_can_be_taken_back(folder: SessionFolder) -> None:
    key = ("rollout", POINT, "rollback")
    with _review(folder) as review:
        machine = review.reviewed.interview.findings[key]
        review.set_finding(*key, FindingState.NOT_HEARD)
        interview = review.reviewed.interview
        assert (interview.findings[key].state, interview.findings[key].by) == (
            FindingState.NOT_HEARD,
            Actor.HUMAN,
        )
        review.set_finding(*key, None)
        assert interview.findings[key] == machine
    assert read_reviewed(folder).interview.findings[key] == machine


def test_deciding_before_rating_does_not_tell_what_the_machine_found(
    folder: SessionFolder,
) -> None:
    with _review(folder) as review:
        review.set_finding("rollout", POINT, "rollback", FindingState.EVIDENCED)
        found = review.reviewed.interview.findings["rollout", POINT, "rollback"]

    assert found.evidence == ()


def test_a_confirmed_finding_keeps_its_quote(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)
        review.set_finding("rollout", POINT, "rollback", FindingState.EVIDENCED)
        found = review.reviewed.interview.findings["rollout", POINT, "rollback"]

    assert found.by is Actor.HUMAN
    assert found.evidence[0].quote == "a way back to the old oven"


def test_a_finding_can_be_given_a_quote_by_hand(folder: SessionFolder) -> None:
    with _review(folder) as review:
        said = review.reviewed.interview.utterances["u5"]
        review.set_finding("rollout", POINT, "pilot", FindingState.EVIDENCED, (evidence_of(said),))
    found = read_reviewed(folder).interview.findings["rollout", POINT, "pilot"]
    assert found.evidence[0].utterance_ids == ("u5",)


def test_a_change_that_breaks_a_rule_leaves_nothing_on_disk(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)
        with pytest.raises(EventError):
            review.rate("rollout", 5)
        with pytest.raises(EventError):
            review.rate("no such question", 3)
        review.rate("metrics", 1)

    ratings = [event.rating for event in _changes(folder) if isinstance(event, QuestionRated)]
    assert ratings == [3, 1]


def test_a_review_takes_nothing_from_the_machine() -> None:
    state = Reviewed(an_interview().interview)
    heard = an_interview().events
    for event in heard:
        with pytest.raises(EventError):
            state.apply(event)
    assert state.interview == an_interview().interview


# -- blinding -------------------------------------------------------------------------------------


def test_findings_stay_hidden_until_the_human_has_rated(folder: SessionFolder) -> None:
    with _review(folder) as review:
        state = review.reviewed
        assert state.hidden() == ("rollout", "metrics", "team")
        review.rate("rollout", 3)
        assert state.hidden() == ("metrics", "team")
        review.rate("rollout", None)
        assert state.hidden() == ("metrics", "team"), "what was seen cannot be unseen"


def test_a_rating_during_the_call_counts() -> None:
    story = Story()
    story.ask("rollout", at_s=3)
    story.rate("rollout", 2)
    story.end(at_s=9)

    with _review(keep(story.events)) as review:
        assert review.reviewed.hidden() == ("metrics", "team")
        [rated] = review.reviewed.interview.ratings["rollout"]
        assert not review.reviewed.was_made_in_review(rated)


def test_looking_before_rating_is_journalled_once(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.lift_blinding("metrics", "asked")
        review.lift_blinding("metrics", "asked")
        assert review.reviewed.hidden() == ("rollout", "team")
        review.lift_blinding(None, "setting")
        review.lift_blinding(None, "report")
        assert review.reviewed.hidden() == ()

    lifted = [event for event in _changes(folder) if isinstance(event, BlindingLifted)]
    assert [(event.question, event.why) for event in lifted] == [
        ("metrics", "asked"),
        (None, "setting"),
    ]


# -- when things go wrong -------------------------------------------------------------------------


@given(cut=st.integers(min_value=0, max_value=4000))
def test_a_kill_while_writing_loses_at_most_the_last_change(tmp_path_factory, cut: int) -> None:
    events = an_interview().events
    root = tmp_path_factory.mktemp("kill")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_DATA", str(root))
        folder = keep(events)
        with _review(folder) as review:
            for second in range(9):
                review.mark(second)
        whole = folder.review_path.read_bytes()
        kept = whole[: min(cut, len(whole))]
        folder.review_path.write_bytes(kept)

        with _review(folder) as review:
            assert review.problems == ()
            marks = [mark.moment_s for mark in review.reviewed.interview.marks]
            assert marks == list(range(max(0, kept.count(b"\n") - 1)))
            review.mark(50)
        assert read_reviewed(folder).interview.marks[-1].moment_s == 50


_HOLD = """
import sys
from pathlib import Path
from copilot.review.reviewing import Review
from copilot.store import SessionFolder

with Review(SessionFolder(Path(sys.argv[1])), by="grace"):
    print("held")
    sys.stdin.readline()
"""


@contextmanager
def _reviewed_by_another_program(folder: SessionFolder) -> Iterator[None]:
    program = start_python(_HOLD, folder.path)
    assert program.stdout is not None
    with program:
        assert program.stdout.readline() == "held\n"
        yield
        program.kill()


def test_a_second_reviewer_is_refused_until_the_first_has_left(folder: SessionFolder) -> None:
    with (
        _reviewed_by_another_program(folder),
        pytest.raises(SessionError, match="reviewed by another program") as caught,
    ):
        _review(folder)
    assert caught.value.remedy

    with _review(folder) as review:
        review.rate("rollout", 3)


def test_a_session_that_is_running_is_not_reviewed() -> None:
    story = Story()
    story.ask("rollout", at_s=3)
    folder = keep(story.events)
    with folder.locked(), pytest.raises(SessionError, match="running"):
        _review(folder)


def test_an_interrupted_session_is_reviewed_as_far_as_it_goes(folder: SessionFolder) -> None:
    story = an_interview()
    interrupted = keep(story.events[:-1], "20260302-100000-beef")
    with interrupted.journal_path.open("ab") as file:
        file.write(b'{"prev":"half a li')

    with _review(interrupted) as review:
        assert review.reviewed.interview.ended is None
        assert review.problems == ()
        review.rate("rollout", 3)
    assert read_reviewed(interrupted).interview.rating_of("rollout") == 3


def test_a_review_fits_a_session_that_was_gone_on_with_since() -> None:
    story = an_interview()
    folder = keep(story.events[:9], "20260302-100000-beef")
    with _review(folder) as review:
        review.rate("rollout", 3)
    with folder.resumed() as resumed:
        resumed.journal.append(story.events[9])

    again = read_reviewed(folder)
    assert again.interview.rating_of("rollout") == 3
    assert again.session_seq == 10


@pytest.mark.parametrize("line", [3, 8])
def test_a_damaged_session_opens_as_far_as_it_is_whole(folder: SessionFolder, line: int) -> None:
    lines = folder.journal_path.read_bytes().split(b"\n")
    lines[line] = lines[line].replace(b'"at_s":', b'"at_S":')
    folder.journal_path.write_bytes(b"\n".join(lines))

    with _review(folder) as review:
        (problem,) = review.problems
        assert f"journal.jsonl:{line + 1}" in problem.message
        assert review.reviewed.interview.seq == line
        review.rate("rollout", 2)
    with _review(folder) as review:
        assert review.reviewed.interview.rating_of("rollout") == 2


def test_a_missing_tail_and_a_broken_record_are_told(folder: SessionFolder) -> None:
    data = folder.journal_path.read_bytes()
    folder.journal_path.write_bytes(b"\n".join(data.split(b"\n")[:6]) + b"\n")
    with _review(folder) as review:
        assert "6 events" in review.problems[0].message

    (folder.path / "session.json").write_text("{")
    with _review(folder) as review:
        assert "session.json" in review.problems[0].message
        assert review.reviewed.interview.seq == 6


def test_a_review_of_another_journal_is_told_and_left_alone(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)
    other = Story()
    other.ask("metrics", at_s=2)
    other.end(at_s=100)
    stranger = keep(other.events, "20260302-100000-beef")
    stranger.review_path.write_bytes(folder.review_path.read_bytes())

    with _review(stranger) as review:
        assert "another journal" in review.problems[0].message
        assert review.reviewed.interview.ratings == {}
        with pytest.raises(SessionError, match="another journal") as caught:
            review.rate("metrics", 1)
        assert "review.jsonl" in caught.value.remedy
    assert stranger.review_path.read_bytes() == folder.review_path.read_bytes()
    with pytest.raises(SessionError, match="another journal"):
        read_reviewed(stranger)


def test_a_review_that_was_tampered_with_is_told_and_left_alone(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)
        review.rate("metrics", 1)
    lines = folder.review_path.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b'"rating":3', b'"rating":4')
    folder.review_path.write_bytes(b"\n".join(lines))

    with _review(folder) as review:
        assert "review.jsonl:3" in review.problems[0].message
        with pytest.raises(SessionError):
            review.rate("metrics", 2)


def test_where_the_review_cannot_be_written_it_says_so(folder: SessionFolder) -> None:
    folder.review_path.mkdir()  # in the way, also for those who may write anywhere
    with _review(folder) as review:
        assert review.problems
        with pytest.raises(SessionError):
            review.rate("rollout", 3)


@pytest.mark.skipif(os.geteuid() == 0, reason="running as root: permissions do not bind")
def test_a_folder_that_is_read_only_can_be_looked_at(folder: SessionFolder) -> None:
    folder.path.chmod(0o500)
    try:
        with _review(folder) as review:
            assert isinstance(review.read_only, StorageError)
            assert review.reviewed.interview.seq > 0
            with pytest.raises(StorageError):
                review.rate("rollout", 3)
    finally:
        folder.path.chmod(0o700)


_FULL_DISK = """
import json, resource, sys
from pathlib import Path
from copilot.errors import StorageError
from copilot.review.reviewing import Review
from copilot.store import SessionFolder

def at_most(size):
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))

folder = SessionFolder(Path(sys.argv[1]))
review = Review(folder, by="ada")
review.rate("rollout", 3)
at_most(folder.review_path.stat().st_size)
review.rate("metrics", 2)
review.note("Not lost.", 5)
waiting = review.waiting
if sys.argv[2] == "room":
    at_most(None)
told = ""
try:
    review.close()
except StorageError as error:
    told = error.message
at_most(None)
print(json.dumps({"waiting": waiting, "told": told}))
"""


@pytest.mark.parametrize("room", [True, False])
def test_on_a_full_disk_changes_wait_for_room_or_are_told_as_lost(
    folder: SessionFolder, room: bool
) -> None:
    result = json.loads(run_python(_FULL_DISK, folder.path, "room" if room else "none"))

    assert result["waiting"] == 2
    interview = read_reviewed(folder).interview
    assert interview.rating_of("rollout") == 3
    if room:
        assert result["told"] == ""
        assert interview.rating_of("metrics") == 2
        assert [note.text for note in interview.notes] == ["Not lost."]
    else:
        assert "2 of 4 events could not be written" in result["told"]
        assert interview.rating_of("metrics") is None
