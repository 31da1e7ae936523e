"""A moment of a stored session becomes a case: what was said, and what the human said of it."""

import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from copilot.errors import UsageError
from copilot.events import Channel, Evidence, FindingKind, FindingState, SuggestionFate
from copilot.lab.errors import SuiteError
from copilot.lab.folders import cases_folder
from copilot.lab.moments import Said
from copilot.lab.promoting import Promoted, Wish, fitting_tasks, promote
from copilot.lab.suite.loading import load_suite
from copilot.paths import config_folder
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from tests.builders import write_guide
from tests.lab.suite.written import write
from tests.review.stored import keep
from tests.story import Story, a_probe

_ID = "20260302-090000-abcd"
_SUITE = "task: {task}\ntests: ['cases:promoted']\n{more}"


def _interview() -> Story:
    """One question answered in three utterances, with two suggestions between them."""
    story = Story()
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER, length_s=4)
    story.ask("rollout", since_s=0, at_s=4)
    story.say("We had a way back to the old oven.", start_s=5, length_s=6)
    story.offer(a_probe(id="s1", text="Who was trained?", target="training"), at_s=12)
    story.close("s1", SuggestionFate.DISMISSED)
    story.say("There was no training whatsoever.", start_s=20, length_s=3)
    story.offer(a_probe(id="s2", text="What was tried first?", target="pilot"), at_s=24)
    story.close("s2", SuggestionFate.TAKEN)
    story.say("And what did you try first?", channel=Channel.INTERVIEWER, start_s=26, length_s=3)
    story.say("One oven in Leeds, for a month.", start_s=30, length_s=4)
    story.end(at_s=40)
    return story


@pytest.fixture
def session() -> SessionFolder:
    write_guide(config_folder() / "knowledge")
    return keep(_interview().events, _ID)


@pytest.fixture
def judged(session: SessionFolder) -> SessionFolder:
    """With three findings by hand: one in the first utterance, one in the last, one nowhere."""
    review = Review(session, by="ada")
    heard = review.reviewed.interview
    review.set_finding(
        "rollout", FindingKind.POINT, "rollback", FindingState.EVIDENCED,
        (_evidence(heard, "u2", "a way back to the old oven"),),
    )  # fmt: skip
    review.set_finding(
        "rollout", FindingKind.POINT, "pilot", FindingState.EVIDENCED,
        (_evidence(heard, "u5", "One oven in Leeds"),),
    )  # fmt: skip
    review.set_finding("rollout", FindingKind.POINT, "training", FindingState.NOT_HEARD)
    review.set_finding("rollout", FindingKind.FLAG, "blame", FindingState.NOT_RAISED)
    review.close()
    return session


def _evidence(interview: Any, utterance: str, quote: str) -> Evidence:
    said = interview.utterances[utterance]
    assert quote in said.text
    return Evidence(utterance_ids=(utterance,), quote=quote, start_s=said.start_s, end_s=said.end_s)


def _test_of(made: Promoted) -> dict[str, Any]:
    [test] = yaml.safe_load(made.text)
    assert isinstance(test, dict)
    return test


def _draft(folder: SessionFolder, utterance: str, task: str = "", **said: Any) -> dict[str, Any]:
    wish = Wish(task=task, said=Said(**said))
    return _test_of(promote(folder, utterance, wish, keep=False))


# -- what a case holds ----------------------------------------------------------------------------


def test_the_answer_goes_up_to_the_moment_and_no_further(judged: SessionFolder) -> None:
    test = _draft(judged, "u3")

    assert [said["id"] for said in test["vars"]["utterances"]] == ["u2", "u3"]
    assert (test["vars"]["role"], test["vars"]["question"]) == ("baker", "rollout")
    assert "over" not in test["vars"]
    assert test["session"] == _ID


def test_only_what_the_human_said_is_right(session: SessionFolder) -> None:
    assert "expected" not in _draft(session, "u5")


def test_what_is_said_later_is_no_label_of_what_came_before(judged: SessionFolder) -> None:
    early = promote(judged, "u3", keep=False)
    late = _draft(judged, "u5")

    assert set(_test_of(early)["expected"]["points"]) == {"rollback", "training"}
    assert early.notices == ("point pilot is left out: its words come later.",)
    assert late["expected"] == {
        "points": {
            "rollback": {"state": "explicit", "quote": "a way back to the old oven"},
            "pilot": {"state": "explicit", "quote": "One oven in Leeds"},
            "training": {"state": "absent", "quote": None},
        },
        "flags": {"blame": None},
    }
    assert late["vars"]["over"] is True


def test_corrected_words_are_what_was_said(judged: SessionFolder) -> None:
    review = Review(judged, by="ada")
    review.correct("u2", "We had no way back to the old oven.")
    review.correct_speaker("u3", Channel.INTERVIEWER)
    review.close()

    test = _draft(judged, "u5")

    said = {each["id"]: each["text"] for each in test["vars"]["utterances"]}
    assert said == {
        "u2": "We had no way back to the old oven.", "u5": "One oven in Leeds, for a month.",
    }  # fmt: skip
    assert test["expected"]["points"]["rollback"] == {"state": "explicit", "quote": None}


def test_a_suggestion_that_was_dismissed_must_not_come(session: SessionFolder) -> None:
    test = _draft(session, "u2", "follow_up")

    assert test["expected"] == {"silent": True}
    assert test["vars"]["targets"] == ["training"]
    assert (test["vars"]["ended_s"], test["vars"]["useful_until_s"]) == (11.0, 20.0)


def test_a_suggestion_that_was_taken_names_its_target_and_what_was_asked(
    session: SessionFolder,
) -> None:
    test = _draft(session, "u3", "follow_up")

    assert test["expected"] == {"target": ["pilot"], "asked": "And what did you try first?"}
    assert test["vars"]["asked"] == ["Who was trained?", "How would you bring in a new oven?"]


def test_whoever_makes_the_case_may_say_that_nothing_must_be_asked(session: SessionFolder) -> None:
    assert _draft(session, "u3", "follow_up", silent=True)["expected"] == {"silent": True}


def test_a_question_set_by_hand_is_the_label_of_the_turn(session: SessionFolder) -> None:
    turns = _draft(session, "u1")["vars"]["turns"]

    assert turns == [
        {
            "speaker": "interviewer",
            "text": "How would you bring in a new oven?",
            "question": "rollout",
        }
    ]


def test_a_question_that_nobody_set_has_to_be_said(session: SessionFolder) -> None:
    with pytest.raises(UsageError, match="nobody has said by hand which question u4 asks"):
        promote(session, "u4", keep=False)

    test = _draft(session, "u4", question="none")

    assert test["vars"]["turns"][-1]["question"] is None
    assert [turn["known"] for turn in test["vars"]["turns"][:-1]] == [False] * 3


def test_a_whole_interview_is_replayed_from_its_session(judged: SessionFolder) -> None:
    test = _draft(judged, "")

    assert test["vars"] == {"session": _ID}
    assert set(test["expected"]["points"]["rollout"]) == {"rollback", "pilot", "training"}


def test_names_can_be_replaced_and_the_session_is_still_known(judged: SessionFolder) -> None:
    made = promote(judged, "u5", Wish(anonymised=True, names=("Leeds",)), keep=False)

    test = _test_of(made)
    assert "Leeds" not in made.text
    assert test["session"] == _ID
    assert any("Leeds" in each.originals for each in made.replaced)
    quote = test["expected"]["points"]["pilot"]["quote"]
    assert quote in test["vars"]["utterances"][-1]["text"]


@pytest.mark.parametrize(
    ("utterance", "tasks"),
    [("u1", ("recognise",)), ("u2", ("match", "judge_points", "judge_flags", "follow_up"))],
)
def test_what_can_be_made_of_an_utterance(
    session: SessionFolder, utterance: str, tasks: tuple[str, ...]
) -> None:
    assert fitting_tasks(read_reviewed(session), utterance) == tasks


@pytest.mark.parametrize(
    ("utterance", "task", "said"),
    [
        ("u9", "", "no utterance 'u9'.*"),
        ("u1", "match", "u1 is the interviewer's"),
        ("u2", "recognise", "u2 is the candidate's"),
        ("u2", "recap", "no case of the task 'recap'"),
        ("u2", "interview", "a whole interview is no moment"),
        ("", "match", "is made of a moment"),
    ],
)
def test_what_cannot_be_made_is_told(
    session: SessionFolder, utterance: str, task: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        promote(session, utterance, Wish(task=task), keep=False)


# -- the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("utterance", "task", "more"),
    [
        ("u3", "match", ""),
        ("u1", "recognise", ""),
        ("", "interview", ""),
        ("u3", "follow_up", "providers: smollm2\n"),
        ("u3", "judge_points", "providers: smollm2\n"),
        ("u3", "judge_flags", "providers: smollm2\n"),
    ],
)
def test_a_suite_takes_it_in(
    tmp_path: Path, judged: SessionFolder, utterance: str, task: str, more: str
) -> None:
    made = promote(judged, utterance, Wish(task=task))

    [case] = load_suite(write(tmp_path, _SUITE.format(task=task, more=more))).cases

    assert (case.id, case.session) == (made.id, _ID)
    assert case.origin == f"session {_ID}#{utterance}".rstrip("#")


def test_the_file_is_its_owners_alone_and_keeps_what_stands_in_it(judged: SessionFolder) -> None:
    path = promote(judged, "u2").path
    path.write_text(path.read_text("utf-8") + "# looked at by Ada", "utf-8")

    promote(judged, "u3")

    text = path.read_text("utf-8")
    assert "# looked at by Ada\n- id: " in text
    assert [test["metadata"]["utterance"] for test in yaml.safe_load(text)] == ["u2", "u3"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(cases_folder().stat().st_mode) == 0o700


def test_the_same_id_twice_is_refused_with_its_place(judged: SessionFolder) -> None:
    path = promote(judged, "u2").path

    with pytest.raises(UsageError, match=rf"already, at {path}:4") as caught:
        promote(judged, "u2")
    assert "--id" in caught.value.remedy
    promote(judged, "u2", Wish(case_id="another"))
    with pytest.raises(UsageError, match="no id for a case"):
        promote(judged, "u2", Wish(case_id="An Other"))

    assert [test["id"] for test in yaml.safe_load(path.read_text("utf-8"))][1:] == ["another"]


@pytest.mark.parametrize("broken", ["[", "a: b\n", "[]\n"])
def test_a_file_that_cannot_be_added_to_is_left_as_it_is(
    judged: SessionFolder, broken: str
) -> None:
    path = write(cases_folder(), broken, "match.yaml")

    with pytest.raises(SuiteError):
        promote(judged, "u2")

    assert path.read_text("utf-8") == broken
