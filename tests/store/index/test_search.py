"""What was said is found again: by words, by whom, under which question, when, and by findings."""

import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import UsageError
from copilot.events import FindingState
from copilot.review.reviewing import Review
from copilot.store.index import Filters, Speaker, index_path
from copilot.store.index.content import Content, Line
from copilot.store.index.database import passing_index
from copilot.store.index.matching import find
from copilot.store.index.query import Query
from copilot.store.index.rows import put_content, put_record
from copilot.store.session_folder import SessionFolder
from tests.review.test_reviewing import Clock
from tests.store.index.stored import YOU, asked, found, sessions, store, told


def test_a_hit_says_who_said_it_when_and_under_which_question() -> None:
    story = told("We moved the warehouse in March.")
    store(story)

    [session] = asked("warehouse").sessions
    [hit] = session.hits

    assert (session.id, session.role, session.title) == (
        "20260302-090000-abcd",
        "baker",
        "Head Baker",
    )
    assert (hit.line, hit.speaker, hit.at_s) == ("u1", Speaker.CANDIDATE, 0.0)
    assert (hit.question, hit.question_label) == ("rollout", "New oven")
    assert [hit.text[begin:end] for begin, end in hit.matches] == ["warehouse"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("L'équipe était prête.", "equipe"),
        ("L\u2019équipe était prête.", "ÉQUIPE"),
        ("L'équipe était prête.", "l'équipe"),
        ("Avec toute l\u2019e\u0301quipe.", "équipe"),
        ("Un vrai coup de cœur.", "coeur"),
        ("Un vrai coup de coeur.", "cœur"),
        ("The MIGRATION took long.", "migration"),
        ("He sent an e-mail.", "e-mail"),
        ("It cost 3.5 million.", "3.5"),
        ("Naïve, but it worked.", "naive"),
    ],
)
def test_accents_case_and_elisions_make_no_difference(said: str, wanted: str) -> None:
    store(told(said))

    assert found(wanted) == [said]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["store"], ["A store manager came.", "The manager of a store left."]),
        (["stor*"], ["A store manager came.", "The manager of a store left.", "Storage is full."]),
        (["store manager"], ["A store manager came."]),
        (['"store manager" came'], ["A store manager came."]),
        (['"store man"*'], ["A store manager came."]),
        (["store", "left"], ["The manager of a store left."]),
        (["stor"], []),
        (["NOT", "left"], []),
        (["store*manager"], ["A store manager came."]),
    ],
)
def test_words_phrases_and_beginnings(words: list[str], lines: list[str]) -> None:
    store(told("A store manager came.", "The manager of a store left.", "Storage is full."))

    assert found(*words) == lines


@pytest.mark.parametrize("words", [["?!"], ['"'], ["*"], ["-", "()"], [" "]])
def test_what_holds_no_word_is_refused(words: list[str]) -> None:
    with pytest.raises(UsageError, match="no word in"):
        asked(*words)


_VOCABULARY = st.sampled_from(["Ofen", "oven", "bread", "breaded", "été", "l'été", "and", "NEAR"])
_SAID = st.lists(_VOCABULARY, min_size=1, max_size=4).map(" ".join)


def _answers(lines: list[str], *words: str) -> tuple[bool, list[str]]:
    with passing_index(with_text=True) as connection:
        folder = SessionFolder(index_path().parent / "sessions" / "20260302-090000-abcd")
        put_record(connection, folder, "1")
        content = tuple(
            Line(f"u{number}", Speaker.CANDIDATE, number, None, line)
            for number, line in enumerate(lines)
        )
        put_content(connection, folder.id, Content(None, content, (), is_whole=True), "1")
        answer = find(connection, Query(words))
        return answer.is_apart, [hit.text for each in answer.sessions for hit in each.hits]


def _plain(text: str) -> set[str]:
    return set(text.lower().replace("é", "e").replace("'", " ").split())


@given(st.lists(_SAID, min_size=1, max_size=5), st.lists(_VOCABULARY, min_size=1, max_size=3))
def test_the_lines_found_are_those_that_have_all_the_words(
    lines: list[str], words: list[str]
) -> None:
    wanted = _plain(" ".join(words))
    # A word with an elision is found with it only.
    whole = [
        line
        for line in lines
        if wanted <= _plain(line) and ("l'été" not in words or "l'été" in line.split())
    ]

    is_apart, hits = _answers(lines, *words)

    if whole:
        assert (is_apart, hits) == (False, whole)
    else:
        assert is_apart or not hits


@given(st.lists(st.text(max_size=8), min_size=1, max_size=3))
def test_nothing_that_is_typed_is_taken_for_syntax(words: list[str]) -> None:
    try:
        _answers(["The oven and the bread."], *words)
    except UsageError:
        assert not any(letter.isalnum() for letter in "".join(words))


def test_where_no_line_has_all_the_words_sessions_are_found_that_do() -> None:
    store(told("We moved the warehouse.", "A migration takes a spring.", "Nothing else."))
    store(told("We moved the warehouse."), "2026-04-02")

    answer = asked("warehouse", "migration", "spring")

    assert answer.is_apart
    assert [hit.text for session in answer.sessions for hit in session.hits] == [
        "We moved the warehouse.",
        "A migration takes a spring.",
    ]
    assert not asked("warehouse", "moved").is_apart
    assert asked("warehouse", "aubergine").total == 0


def test_the_newest_come_first_whenever_they_were_stored() -> None:
    for day in ("2026-03-02", "2025-12-24", "2026-04-01"):
        store(told("Bread."), day)

    assert sessions("bread") == ["2026-04-01", "2026-03-02", "2025-12-24"]
    assert sessions("bread", limit=1) == ["2026-04-01"]
    assert asked("bread", limit=1).total == 3


def test_sessions_that_started_in_the_same_second_keep_their_lines_apart() -> None:
    for tag in ("aaaa", "bbbb", "cccc"):
        store(told(f"Bread {tag}."), tag=tag)

    assert len(sessions("bread")) == 3
    assert found("bbbb") == ["Bread bbbb."]


# -- filters --------------------------------------------------------------------------------------


def test_days_are_counted_whole() -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        store(told("Bread."), day)

    def between(since: date | None, until: date | None) -> list[str]:
        return sessions("bread", filters=Filters(since=since, until=until))

    second = date(2026, 3, 2)
    assert between(second, None) == ["2026-03-03", "2026-03-02"]
    assert between(None, second) == ["2026-03-02", "2026-03-01"]
    assert between(second, second) == ["2026-03-02"]
    assert between(date.min, date.max) == ["2026-03-03", "2026-03-02", "2026-03-01"]


def test_a_start_that_was_mended_is_what_counts() -> None:
    folder = store(told("Bread."))
    since = Filters(since=date(2026, 5, 1))
    assert sessions("bread", filters=since) == []

    record = folder.record().model_copy(update={"started_at": "2026-05-02T09:00:00+02:00"})
    folder.write_record(record)

    assert sessions("bread", filters=since) == ["2026-05-02"]
    assert sessions("bread") == ["2026-05-02"]


def test_a_role_is_named_by_its_id_or_words_of_its_title() -> None:
    store(told("Bread."))
    store(told("Bread."), "2026-04-02", role="confectioner", title="Chef pâtissier")

    for name, day in (("baker", "2026-03-02"), ("PATISSIER", "2026-04-02")):
        assert sessions("bread", filters=Filters(role=name)) == [day]
    with pytest.raises(UsageError, match="confectoner") as error:
        asked("bread", filters=Filters(role="confectoner"))
    assert "confectioner" in error.value.remedy


def test_lines_under_one_question() -> None:
    story = told("Bread under the oven.")
    story.say("And what of bread in figures?", channel=YOU)
    story.ask("metrics")
    story.say("Bread under the figures.")
    store(story)

    assert found("bread", question="metrics") == ["Bread under the figures."]
    assert found("bread", question="figures") == ["Bread under the figures."]
    assert found("bread", question="new oven")[:1] == ["Bread under the oven."]
    with pytest.raises(UsageError, match="'team'"):
        asked("bread", question="team")  # it was planned, and nobody came to it


def test_lines_of_one_speaker() -> None:
    story = told("My bread.")
    story.say("Your bread?", channel=YOU)
    story.note("Bread, again.")
    store(story)

    assert found("bread", speaker=Speaker.CANDIDATE) == ["My bread."]
    assert found("bread", speaker=Speaker.INTERVIEWER) == ["Your bread?"]
    assert found("bread", speaker=Speaker.NOTE) == ["Bread, again."]


def test_sessions_by_what_was_found_in_them() -> None:
    story = told()
    said = story.say("I did bake the bread all by myself.")
    story.raise_flag("alone", said)
    story.find("rollback", FindingState.EVIDENCED, said=said)
    story.rate("rollout", 3)
    store(story)
    other = told()
    other.find("rollback", FindingState.DENIED, said=other.say("No bread, no way back."))
    other.rate("rollout", 2)
    store(other, "2026-04-02")

    assert sessions("bread") == ["2026-04-02", "2026-03-02"]
    assert sessions("bread", flag="Works alone") == ["2026-03-02"]
    assert sessions("bread", point="rollback") == ["2026-03-02"]
    assert sessions(flag="alone") == ["2026-03-02"]
    with pytest.raises(UsageError, match="'blame' raised"):
        asked("bread", flag="blame")


def test_nothing_that_a_review_still_hides_is_found() -> None:
    story = told()
    story.raise_flag("alone", story.say("I did bake the bread all by myself."))
    folder = store(story)
    with pytest.raises(UsageError, match="'alone' raised"):
        asked(flag="alone")

    with Review(folder, by="ada", clock=Clock()) as review:
        review.rate("rollout", 3)

    assert sessions(flag="alone") == ["2026-03-02"]


# -- what stands ----------------------------------------------------------------------------------


def test_what_a_reviewer_corrected_is_what_is_found() -> None:
    story = told("We had bred in the oven.", "I asked that.")
    said = story.interview.utterances["u1"]
    story.raise_flag("alone", said)
    story.rate("rollout", 3)
    folder = store(story)
    assert found("bred") == ["We had bred in the oven."]

    review = Review(folder, by="ada", clock=Clock())
    review.correct("u1", "We had bread in the oven.")
    review.correct_speaker("u2", YOU)
    review.note("Ask about pumpernickel.", 1.0)
    review.close()

    assert found("bred") == []
    assert found("bread") == ["We had bread in the oven."]
    assert found("asked", speaker=Speaker.INTERVIEWER) == ["I asked that."]
    assert found("pumpernickel", speaker=Speaker.NOTE) == ["Ask about pumpernickel."]

    review = Review(folder, by="ada", clock=Clock())
    review.correct_speaker("u1", YOU)
    review.close()

    with pytest.raises(UsageError):
        asked(flag="alone")  # it stood on words that turned out to be the interviewer's


def test_a_running_session_is_found_as_far_as_it_is() -> None:
    folder = store(told("Bread so far."), ended=False)
    with folder.locked():
        assert found("bread") == ["Bread so far."]
        whole = folder.journal_path.read_bytes()
        folder.journal_path.write_bytes(whole + b'{"prev":"half a li')
        assert asked("bread").damaged == ()


def test_a_damaged_session_is_named_and_searched_as_far_as_it_can_be_read() -> None:
    folder = store(told("Bread one.", "Bread two.", "Bread three."))
    lines = folder.journal_path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b"three", b"drei!")
    folder.journal_path.write_bytes(b"".join(lines[:4]) + b"{}\n" + b"".join(lines[5:]))

    answer = asked("bread")

    assert answer.damaged == (folder.id,)
    assert [hit.text for hit in answer.sessions[0].hits] == ["Bread one."]


def test_a_broken_record_hides_no_text() -> None:
    folder = store(told("Bread."))
    (folder.path / "session.json").write_text("{")

    [session] = asked("bread").sessions

    assert (session.id, session.title, session.started_at) == (
        folder.id,
        "Head Baker",
        "2026-03-02T09:00:00+00:00",
    )
    assert asked("bread").damaged == (folder.id,)


@pytest.mark.parametrize("harm", ["missing", "a folder", "no text"])
def test_a_journal_that_cannot_be_read_at_all(harm: str) -> None:
    folder = store(told("Bread."))
    other = store(told("Bread."), "2026-04-02")
    folder.journal_path.unlink()
    if harm == "a folder":
        folder.journal_path.mkdir()
    elif harm == "no text":
        folder.journal_path.write_bytes(os.urandom(1000))

    answer = asked("bread")

    assert [session.id for session in answer.sessions] == [other.id]
    assert answer.damaged == (folder.id,)


def test_a_session_in_which_nothing_has_happened_is_not_damaged() -> None:
    folder = store(told("Bread."), ended=False)
    folder.journal_path.write_bytes(b"")

    answer = asked("bread")

    assert (answer.sessions, answer.damaged, answer.searched) == ((), (), 1)
