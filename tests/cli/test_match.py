"""``match``: one answer or many, each with every point and flag and verbatim quotes."""

import json
from pathlib import Path
from typing import Any

import pytest

from copilot.knowledge.loading import load_guide
from copilot.matching.rules import NEVER, Rules, StateRule
from copilot.matching.rules_file import LearnedFrom, rules_path, write_rules
from tests.builders import write_guide
from tests.cli.command import ROLE, run
from tests.engine.parts import ANSWERS

ONE = ("match", "--role", ROLE, "--question", "underperformance")
ANSWER = f"{ANSWERS} Then we wrote down four goals together, with a date for each one."
FRENCH = "J'ai fermé la porte, juste lui et moi, et je lui ai demandé ce qui se passait."


def _line(**changes: Any) -> str:
    values = {
        "id": "a", "role": ROLE, "question": "underperformance", "language": "en", "answer": ANSWER,
    }  # fmt: skip
    return json.dumps({**values, **changes}) + "\n"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


def test_one_answer_is_read_from_stdin(tmp_path: Path) -> None:
    done = run(*ONE, stdin=ANSWER)

    [result] = done.lines
    guide = load_guide(ROLE)
    assert (done.code, done.err) == (0, "")
    assert list(result) == ["id", "points", "flags"]
    assert set(result["points"]) == {p.id for p in guide.points_for("underperformance")}
    assert set(result["flags"]) == {flag.id for flag in guide.red_flags}
    assert result["points"]["one-to-one"]["state"] == "evidenced"
    for found in (*result["points"].values(), *result["flags"].values()):
        assert set(found) == {"state", "confidence", "quote"}
        assert 0 <= found["confidence"] <= 1
        assert found["quote"] is None or found["quote"] in ANSWER
        assert (found["quote"] is not None) == (found["state"] in {"evidenced", "denied", "raised"})


def test_an_answer_without_words_evidences_nothing(batch: Path) -> None:
    answers = ["", "\n", " \t ", "\ufeff", "…", "!?", "💥"]
    batch.write_text("".join(_line(answer=answer) for answer in answers), "utf-8")

    done = run("match", "--batch", batch)

    assert done.code == 0, done.err
    assert len(done.lines) == len(answers)
    for line in done.lines:
        assert {p["state"] for p in line["points"].values()} <= {"not_heard", "unclear"}


def test_a_batch_gives_one_object_an_answer_in_order_and_ignores_other_keys(batch: Path) -> None:
    first = _line(id="first", labels={"anything": 1})
    batch.write_text(first + "\n" + _line(id="second", language="fr", answer=FRENCH), "utf-8")

    done = run("match", "--batch", batch)

    assert (done.code, done.err) == (0, "")
    assert [line["id"] for line in done.lines] == ["first", "second"]
    assert done.lines[0]["points"] == run(*ONE, stdin=ANSWER).lines[0]["points"]
    quotes = [point["quote"] for point in done.lines[1]["points"].values() if point["quote"]]
    assert all(quote in FRENCH for quote in quotes)


def test_an_empty_batch_gives_nothing(batch: Path) -> None:
    batch.write_text("\n \n")

    done = run("match", "--batch", batch)

    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_guide_of_ones_own(tmp_path: Path) -> None:
    guide = write_guide(tmp_path)
    answer = "We always take care of the waste."

    done = run("match", "--role", guide, "--question", "metrics", stdin=answer)

    assert done.lines[0]["points"]["waste"]["state"] == "evidenced"


# -- bad lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("not json\n", "json"),
        ("[]\n", "object"),
        ('{"id": "b"}\n', "role"),
        (_line(answer=None), "answer"),
        (_line(answer=7), "answer"),
        (_line(id=7), "id"),
        (_line(language="de"), "language"),
        ('{"id": "b", "answer": "cut of', "json"),
    ],
)
def test_a_bad_line_names_file_line_and_key(batch: Path, bad: str, says: str) -> None:
    batch.write_text("\n" + bad)

    done = run("match", "--batch", batch)

    assert (done.code, done.out) == (3, "")
    assert f"{batch}:2: " in done.message
    assert says in done.message.splitlines()[0].lower()


def test_what_stands_before_a_bad_line_is_answered(batch: Path) -> None:
    batch.write_text(_line(id="good") + "bad\n")

    done = run("match", "--batch", batch)

    assert done.code == 3
    assert [line["id"] for line in done.lines] == ["good"]
    assert f"{batch}:2: " in done.message


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role": "director-it-operation"}, f"Did you mean '{ROLE}'?"),
        ({"question": "metrix"}, "Did you mean 'metrics'?"),
    ],
)
def test_an_unknown_name_in_a_line_names_file_line_and_the_nearest(
    batch: Path, changes: dict[str, str], says: str
) -> None:
    batch.write_text(_line(**changes))

    done = run("match", "--batch", batch)

    assert (done.code, done.out) == (2, "")
    assert f"{batch}:1: " in done.message
    assert says in done.message


def test_a_batch_that_is_not_utf8(batch: Path) -> None:
    batch.write_bytes(b'{"id": "caf\xe9"}\n')

    done = run("match", "--batch", batch)

    assert (done.code, done.out) == (3, "")
    assert "UTF-8" in done.message


def test_a_batch_that_is_missing_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path):
        done = run("match", "--batch", path)
        assert (done.code, done.out) == (3, "")
        assert str(path) in done.message


# -- bad arguments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--role and --question are missing"),
        (["--role", ROLE], "--question"),
        (["--question", "metrics"], "--role"),
        (["--role", "directer-it-operations", "--question", "metrics"], ROLE),
        (["--role", ROLE, "--question", "metrix"], "'metrics'"),
        (["--role", ROLE, "--question", "metrics", "--language", "de"], "'de'"),
        (["--role", ROLE, "--question", "metrics", "--language", "frr"], "'fr'"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(arguments: list[str], says: str) -> None:
    done = run("match", *arguments, stdin="Well.")

    assert (done.code, done.out) == (2, "")
    assert says in done.message


def test_a_guide_without_texts_in_the_language(tmp_path: Path) -> None:
    guide = write_guide(tmp_path)

    done = run("match", "--role", guide, "--question", "metrics", "--language", "fr", stdin="Oui.")

    assert (done.code, done.out) == (2, "")
    assert "baker.fr.yaml" in done.message


def test_no_answer_is_no_answer() -> None:
    done = run("match", "--role", ROLE, "--question", "metrics", stdin=" \n")

    assert (done.code, done.out) == (3, "")
    assert "no answer" in done.message


def test_a_batch_names_its_own_roles(tmp_path: Path) -> None:
    done = run("match", "--batch", tmp_path / "a.jsonl", "--role", ROLE)

    assert (done.code, done.out) == (2, "")
    assert "--batch" in done.message


def test_a_finding_is_explained_for_people() -> None:
    done = run(*ONE, "--explain", stdin=ANSWER)

    assert (done.code, done.err) == (0, "")
    blocks = done.out.split("\n\n")
    guide = load_guide(ROLE)
    assert blocks[0] == "thresholds: those that ship"
    assert len(blocks) == 2 + len(guide.points_for("underperformance")) + len(guide.red_flags)
    block = next(block for block in blocks if block.startswith("point one-to-one: evidenced"))
    assert "because said with" in block
    assert "closer look: says" in block
    assert max(map(len, done.out.splitlines())) <= 100


def test_thresholds_of_ones_own_make_the_states() -> None:
    shipped = json.loads(run(*ONE, stdin=ANSWER).out)["points"]["one-to-one"]
    rules = Rules(point=StateRule(says=1.0, denies=NEVER, doubt=0.3))
    write_rules(rules_path(), rules, LearnedFrom("our answers", "ab" * 32, "2026-11-23"))
    done = run(*ONE, stdin=ANSWER)

    assert shipped["state"] == "evidenced"
    assert (done.code, json.loads(done.out)["points"]["one-to-one"]["state"]) == (0, "unclear")
    explained = run(*ONE, "--explain", stdin=ANSWER).out
    assert "learned from our answers (abababab) on 2026-11-23" in explained


def test_broken_thresholds_are_told_and_those_that_ship_are_used() -> None:
    shipped = run(*ONE, stdin=ANSWER)
    rules_path().parent.mkdir(parents=True, exist_ok=True)
    rules_path().write_text("{")
    done = run(*ONE, stdin=ANSWER)

    assert (done.code, done.out) == (0, shipped.out)
    assert f"{rules_path()}:1: no JSON" in done.err
    assert "The thresholds that ship are used." in done.err
