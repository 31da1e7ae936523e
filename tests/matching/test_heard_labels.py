"""Quotes of written answers are found again in what was heard of them, word for word."""

from typing import Any

import pytest

from training.heard_labels import heard_row, quotes_of
from training.pairs import ANSWERS, HERE, read_rows

FILES = sorted((HERE / "data" / "recognised").glob("*.jsonl"))

SAID = (
    "So we mapped it, um, with sticky notes. There were nineteen steps for one refund, and I took "
    "forty of them out. I reconcile the run rate with Orla. Nobody measured anything."
)


def answer(text: str = SAID, *, flag: str | None = None, **points: str) -> dict[str, Any]:
    labels: dict[str, Any] = {
        point: {"state": "explicit", "quote": quote} for point, quote in points.items()
    }
    flags = {"no-metrics": flag}
    about = {"role": "r", "question": "q", "language": "en", "style": "plain"}
    return {"id": "x-1", **about, "answer": text, "labels": labels, "red_flags": flags}


def heard(*texts: str, **points: str) -> dict[str, Any]:
    return heard_row(answer(**points), texts, "x-1~base")


def test_a_quote_becomes_the_words_heard_of_it() -> None:
    row = heard(
        "so we map it, with sticky note.",
        "There were 19 steps for one refund. And I took 40 of them out",
        "I reconcile the run rate with or la, nobody measured anything.",
        mapped="we mapped it, um, with sticky notes",
        steps="There were nineteen steps for one refund, and I took forty of them out.",
    )
    assert row["labels"]["mapped"]["quote"] == "we map it, with sticky note."
    steps = "There were 19 steps for one refund. And I took 40 of them out"
    assert row["labels"]["steps"] == {"state": "explicit", "quote": steps}


def test_a_quote_that_was_cut_apart_stands_in_the_joined_utterances() -> None:
    row = heard(
        "So we mapped it",
        "with sticky notes. There were",
        "19 steps",
        mapped="we mapped it, um, with",
    )
    assert row["answer"] == "So we mapped it with sticky notes. There were 19 steps"
    assert row["utterances"][0] == "So we mapped it"
    assert row["labels"]["mapped"]["quote"] == "we mapped it with"


def test_a_last_word_heard_as_two_is_kept_whole() -> None:
    row = heard(
        "I reconcile the run rate with or la. Nobody measured anything.",
        run="I reconcile the run rate with Orla.",
    )
    assert row["labels"]["run"]["quote"] == "I reconcile the run rate with or la."


def test_what_was_lost_is_no_longer_labelled() -> None:
    written = answer(flag="Nobody measured anything.", run="I reconcile the run rate with Orla.")
    written["labels"]["run"]["near"] = "There were nineteen steps"
    row = heard_row(written, ["There were nineteen steps for one refund"], "x-1~base")
    assert row["labels"]["run"] == {
        "state": "absent",
        "quote": None,
        "near": "There were nineteen steps",
    }
    assert row["red_flags"] == {"no-metrics": None}


def test_what_still_stands_of_a_mangled_quote_is_kept() -> None:
    row = heard(
        "There were nineteen stairs, foreign we found, at a cook for teeth oven doubt.",
        steps="There were nineteen steps for one refund, and I took forty of them out.",
    )
    assert row["labels"]["steps"]["quote"].startswith("There were nineteen")


def test_a_quote_said_twice_is_found_where_it_was_labelled() -> None:
    said = "We tried it twice and then it worked for good. Later on, we tried it twice (it failed)."
    row = heard_row(answer(said, again="it failed"), [said.replace("(", "").replace(")", "")], "y")
    assert row["labels"]["again"]["quote"] == "it failed."
    row = heard_row(answer(said, again="Later on, we tried it twice"), [said], "y")
    assert row["labels"]["again"]["quote"] == "Later on, we tried it twice"
    short = "we did it. Then they left and we did it"
    row = heard_row(answer(short, again="left and we did it"), [short], "y")
    assert row["labels"]["again"]["quote"] == "left and we did it"


def test_of_silence_nothing_stands() -> None:
    row = heard(mapped="we mapped it")
    assert row["answer"] == ""
    assert not quotes_of(row)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_ships_belongs_to_written_answers(path: Any) -> None:
    written = {row["id"]: row for row in read_rows(sorted(ANSWERS.glob("*.jsonl")))}
    rows = read_rows([path])
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        one, _, model = row["id"].partition("~")
        assert model == path.stem
        assert row["answer"] == " ".join(row["utterances"])
        assert all(quote in row["answer"] for quote in quotes_of(row)), row["id"]
        for kind in ("labels", "red_flags"):
            assert set(row[kind]) == set(written[one][kind]), row["id"]
        for label in row["labels"].values():
            assert (label["quote"] is None) == (label["state"] == "absent"), row["id"]
