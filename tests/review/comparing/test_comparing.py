"""Candidates side by side: what was not asked comes first, and the machine puts nobody first."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from copilot.errors import SessionError, UsageError
from copilot.events import Channel, Event, FindingState, GapCause, Unrated
from copilot.review.comparing.gathering import named as gather_named
from copilot.review.comparing.gathering import of_role
from copilot.review.comparing.making import compare
from copilot.review.comparing.model import Comparison, Order, comparison_to_json
from copilot.review.comparing.reader import Reader
from copilot.review.reviewing import Review
from copilot.store import SessionStore
from copilot.store.index import Filters
from tests.review.candidates import (
    FIRST,
    SECOND,
    THIRD,
    badly_heard,
    in_french,
    judge,
    named,
    well_heard,
)
from tests.review.stored import keep
from tests.review.story import an_interview

#: What would order or sum people up; no key of the data may be called so.
_VERDICTS = {"score", "total", "mean", "average", "rank", "fit", "verdict", "sum", "best"}


def _compared(
    *,
    login: str = "ada",
    name: str | None = None,
    rates: bool = True,
    order: Order = "date",
    language: str = "en",
) -> Comparison:
    gathered = of_role(SessionStore(), "baker", Filters())
    return compare(
        gathered.sources,
        role="baker",
        language=language,
        reader=Reader(login, name, rates=rates),
        order=order,
        left_out=gathered.left_out,
    )


def _cell(compared: Comparison, question: str, session_id: str):
    found = next(each for each in compared.questions if each.id == question)
    return next(cell for cell in found.cells if cell.session_id == session_id)


# -- fairness -------------------------------------------------------------------------------------


def test_a_question_says_who_was_not_asked_it() -> None:
    well_heard()
    badly_heard()

    compared = _compared()

    assert {each.id: each.not_asked for each in compared.questions} == {
        "rollout": (SECOND,),
        "metrics": (),
        "team": (FIRST,),
    }


def test_a_session_whose_plan_lacks_a_question_is_told_from_one_that_skipped_it() -> None:
    well_heard()
    events = an_interview().events
    started = events[0]
    plan = tuple(each for each in started.plan if each.id != "team")  # type: ignore[union-attr]
    object.__setattr__(started, "plan", plan)
    keep(events, SECOND)

    compared = _compared()

    assert not _cell(compared, "team", SECOND).planned
    assert _cell(compared, "team", FIRST).planned
    assert not _cell(compared, "team", FIRST).asked


def test_follow_ups_say_who_had_them_and_who_did_not_among_those_asked() -> None:
    well_heard(FIRST)
    well_heard(SECOND)
    unprobed = an_interview()
    unprobed.events[:] = [e for e in unprobed.events if not e.type.startswith("suggestion")]
    keep(_numbered(unprobed.events), THIRD)

    rollout = next(each for each in _compared().questions if each.id == "rollout")

    [probed] = rollout.probed
    assert (probed.label, probed.asked, probed.not_asked) == ("Way back", (FIRST, SECOND), (THIRD,))
    assert [probe.text for probe in rollout.cells[0].probes] == ["What if it fails?"]


def _numbered(events: list[Event]) -> list[Event]:
    for number, event in enumerate(events, 1):
        object.__setattr__(event, "seq", number)
    return events


def test_suggestions_that_were_not_put_to_the_candidate_are_no_follow_ups() -> None:
    well_heard()

    assert _cell(_compared(), "metrics", FIRST).probes == ()  # one skipped, one open at the end


def test_what_was_not_heard_is_told_with_the_answer_it_concerns() -> None:
    badly_heard()

    compared = _compared()
    team = _cell(compared, "team", SECOND).heard

    assert (team.lost_s, team.causes, team.doubtful) == (12.0, (GapCause.DEVICE,), 1)
    assert team.discarded_s == 5.0
    assert not _cell(compared, "metrics", SECOND).heard.is_troubled


def test_a_gap_on_the_interviewers_side_takes_nothing_from_the_candidate() -> None:
    badly_heard(lost=Channel.INTERVIEWER)

    assert _compared().columns[0].heard.lost_s == 0.0


def test_guides_and_languages_that_differ_are_told() -> None:
    well_heard()
    keep(an_interview(in_french()).events, SECOND)

    compared = _compared(language="fr")

    assert [each.value for each in compared.languages] == ["en", "fr"]
    assert len(compared.guides) == 2
    assert compared.title == "Chef boulanger"


# -- nobody is put first --------------------------------------------------------------------------


def test_ratings_do_not_change_the_order() -> None:
    for session_id, rating in ((FIRST, 1), (SECOND, 4), (THIRD, 2)):
        judge(well_heard(session_id), "ada", rollout=rating)

    assert [column.session_id for column in _compared().columns] == [FIRST, SECOND, THIRD]


def test_sessions_of_one_alias_stand_beside_each_other_as_columns_of_their_own() -> None:
    well_heard(FIRST, alias="B-2")
    well_heard(SECOND, alias="B-1")
    well_heard(THIRD, alias="b-2")

    by_date, by_alias = _compared(), _compared(order="alias")

    assert [column.session_id for column in by_date.columns] == [FIRST, THIRD, SECOND]
    assert [column.session_id for column in by_alias.columns] == [SECOND, FIRST, THIRD]
    assert len({column.name.casefold() for column in by_date.columns}) == 3


def test_those_without_an_alias_come_last_by_alias_and_have_a_name_all_the_same() -> None:
    well_heard(FIRST)
    well_heard(SECOND, alias="Zoe")

    columns = _compared(order="alias").columns

    assert [column.name for column in columns] == ["Zoe", "2026-03-02 aaaa"]


def test_the_data_has_no_word_for_a_verdict() -> None:
    judge(well_heard(), "ada", rollout=3, craft=2, whole="yes")
    data = json.loads(comparison_to_json(_compared()))

    def keys(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from value
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from keys(each)

    assert not _VERDICTS & {part for key in keys(data) for part in key.split("_")}


# -- rate first -----------------------------------------------------------------------------------


def test_findings_are_hidden_until_a_human_has_rated_the_answer() -> None:
    folder = well_heard()

    before = _cell(_compared(), "rollout", FIRST)
    judge(folder, "ada", rollout=3)
    after = _cell(_compared(), "rollout", FIRST)

    assert before.hidden
    assert (before.points, before.flags) == ((), ())
    assert not after.hidden
    states = {point.id: point.state for point in after.points}
    assert states["rollback"] is FindingState.EVIDENCED
    assert [item.quote for point in after.points for item in point.evidence] == [
        "a way back to the old oven",
        "There was no training whatsoever.",
    ]
    assert [flag.label for flag in after.flags] == ["Works alone"]


def test_nothing_hidden_is_in_any_form_of_it() -> None:
    well_heard()

    data = comparison_to_json(_compared()).decode()

    assert "a way back" not in data
    assert "Works alone" not in data


def test_what_others_rated_is_shown_once_the_reader_has_rated_it_too() -> None:
    folder = well_heard()
    judge(folder, "bob", rollout=4)

    cell = _cell(_compared(), "rollout", FIRST)
    before = cell.judged
    judge(folder, "ada", rollout=2)
    after = _cell(_compared(), "rollout", FIRST).judged

    assert (before.opinions, before.withheld) == ((), 1)
    assert (cell.hidden, cell.points) == (True, ())  # what was found would lead them as well
    assert [(each.by, each.rating, each.reason) for each in after.opinions] == [
        ("ada", 2, "ada on rollout"),
        ("bob", 4, "bob on rollout"),
    ]
    assert after.withheld == 0


def test_whoever_rates_none_of_them_sees_what_everyone_judged() -> None:
    judge(well_heard(), "bob", rollout=4, whole="no")

    compared = _compared(rates=False)

    assert [each.rating for each in _cell(compared, "rollout", FIRST).judged.opinions] == [4]
    assert [each.by for each in compared.recommendations[0].opinions] == ["bob"]


def test_a_rating_given_during_the_talk_is_the_readers_own_unless_they_say_otherwise() -> None:
    badly_heard()

    mine = _cell(_compared(), "metrics", SECOND).judged
    anothers = _cell(_compared(name="Carl"), "metrics", SECOND).judged

    assert [each.by for each in mine.opinions] == ["Ada"]
    assert (anothers.opinions, anothers.withheld) == ((), 1)


def test_a_judgement_that_was_taken_back_is_not_shown() -> None:
    folder = well_heard()
    with Review(folder, by="ada") as review:
        review.rate("rollout", 3)
        review.rate("rollout", None)
        review.rate("metrics", None, Unrated.NOT_ENOUGH)

    compared = _compared()

    assert _cell(compared, "rollout", FIRST).judged.opinions == ()
    [stands] = _cell(compared, "metrics", FIRST).judged.opinions
    assert stands.unrated is Unrated.NOT_ENOUGH


def test_words_that_turned_out_not_to_be_the_candidates_are_no_evidence() -> None:
    folder = well_heard()
    with Review(folder, by="ada") as review:
        review.rate("rollout", 3)
        review.correct_speaker("u2", Channel.INTERVIEWER)

    points = {point.id: point for point in _cell(_compared(), "rollout", FIRST).points}

    assert points["rollback"].state is FindingState.UNCLEAR
    assert points["rollback"].evidence == ()


# -- which sessions -------------------------------------------------------------------------------


def test_an_interrupted_session_is_compared_and_a_damaged_one_told() -> None:
    events = an_interview().events[:-1]
    keep(events, FIRST)
    damaged = well_heard(SECOND)
    data = damaged.journal_path.read_bytes()
    damaged.journal_path.write_bytes(data.replace(b"a way back", b"no way back", 1))

    compared = _compared()

    assert [(c.session_id, c.ended) for c in compared.columns] == [(FIRST, "interrupted")]
    assert [left.session_id for left in compared.left_out] == [SECOND]


def test_a_role_that_nobody_was_interviewed_for_names_the_nearest() -> None:
    well_heard()

    with pytest.raises(SessionError) as refused:
        of_role(SessionStore(), "bakre", Filters())
    assert "baker" in str(refused.value)


def test_a_session_of_another_role_is_refused() -> None:
    folder = well_heard()
    other = named(folder, "X").record().model_copy(update={"role": "cook"})
    folder.write_record(other)

    with pytest.raises(UsageError, match="cook"):
        gather_named([folder], "baker")
