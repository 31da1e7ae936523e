"""A guide with errors: every problem names file, line and key, what was expected and the nearest name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.errors import ExitCode, GuideError
from copilot.knowledge.loading import read_guide
from copilot.knowledge.yaml_file import MAX_BYTES, YamlFile, format_loc
from tests.builders import write_guide


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a valid guide."""
    return write_guide(tmp_path)


def _line(path: Path, beginning: str, number: int = 1) -> int:
    """The line of the ``number``th line that begins so, after spaces and dashes."""
    lines = path.read_text("utf-8").splitlines()
    found = [i for i, line in enumerate(lines, start=1) if line.lstrip(" -").startswith(beginning)]
    return found[number - 1]


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _add(path: Path, more: str) -> None:
    path.write_text(path.read_text("utf-8") + more, "utf-8")


def _problems(path: Path) -> list[str]:
    """What reading the guide complains of, a line each, without the folder."""
    with pytest.raises(GuideError) as caught:
        read_guide(path)
    error = caught.value
    assert error.exit_code is ExitCode.INPUT
    assert error.remedy
    count, *listed = error.message.splitlines()
    assert count == ("one problem:" if len(listed) == 1 else f"{len(listed)} problems:")
    return [line.strip().replace(f"{path.parent}/", "") for line in listed]


def _problem(path: Path) -> str:
    (problem,) = _problems(path)
    return problem


def test_the_guide_these_tests_break_is_valid(path: Path) -> None:
    assert read_guide(path).title == "Head Baker"


# -- keys -----------------------------------------------------------------------------------------


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_valid_one(path: Path) -> None:
    _edit(path, "    weight: 3\n", "    wieght: 3\n")

    assert _problem(path) == (
        f"baker.yaml:{_line(path, 'wieght')}: questions[0].points[1].wieght: "
        "unknown key. Did you mean 'weight'?"
    )


def test_an_unknown_key_that_is_like_no_other_comes_with_all_that_are_known(path: Path) -> None:
    _edit(path, "sources:\n- id: handbook\n", "sources:\n- id: handbook\n  xyzzy: 1\n")

    assert _problems(path) == [
        f"baker.yaml:{_line(path, 'xyzzy')}: sources[0].xyzzy: unknown key. Known: file, id, note, title."
    ]


def test_a_missing_key_is_named_at_the_item_that_lacks_it(path: Path) -> None:
    _edit(path, "    label: Way back\n", "")

    assert _problem(path) == (
        f"baker.yaml:{_line(path, 'id: rollback')}: questions[0].points[1].label: "
        "this key is missing."
    )


def test_a_misspelt_required_key_is_reported_from_both_ends(path: Path) -> None:
    _edit(path, "summary:", "sumary:")

    assert _problems(path) == [
        "baker.yaml:1: summary: this key is missing.",
        f"baker.yaml:{_line(path, 'sumary')}: sumary: unknown key. Did you mean 'summary'?",
    ]


def test_a_key_that_stands_twice_is_named_at_its_second_place(path: Path) -> None:
    _add(path, "title: Pastry Chef\n")

    assert _problems(path) == [
        f"baker.yaml:{_line(path, 'title: Pastry')}: title: this key stands twice."
    ]


def test_a_key_that_stands_twice_deep_inside_is_named_too(path: Path) -> None:
    _edit(path, "    weight: 3\n", "    weight: 3\n    weight: 1\n")

    assert _problem(path) == (
        f"baker.yaml:{_line(path, 'weight: 3') + 1}: questions[0].points[1].weight: "
        "this key stands twice."
    )


@pytest.mark.parametrize("number", [5, 0])
def test_ratings_go_from_one_to_four(path: Path, number: int) -> None:
    _edit(path, "    4: Masterly.\n", f"    4: Masterly.\n    {number}: Beyond.\n")

    assert _problem(path) == (
        f"baker.yaml:{_line(path, f'{number}: Beyond')}: competencies[0].anchors.{number}: "
        "unknown key. Known: 1, 2, 3, 4."
    )


# -- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ("minutes: 5", "minutes: soon", "questions[0].minutes", "valid number"),
        ("minutes: 5", "minutes: 0", "questions[0].minutes", "greater than 0"),
        ("minutes: 5", "minutes: 500", "questions[0].minutes", "less than or equal to 120"),
        ("minutes: 5", "minutes: .nan", "questions[0].minutes", "found nan"),
        ("weight: 3", "weight: 4", "questions[0].points[1].weight", "less than or equal to 3"),
        ("language: en", "language: de", "language", "'en' or 'fr' (found 'de')"),
        ("kind: situational", "kind: trick", "questions[0].kind", "'situational'"),
        ("title: Head Baker", "title: 7", "title", "valid string (found 7)"),
        ("title: Head Baker", "title: yes", "title", "valid string (found True)"),
        ("title: Head Baker", "title:", "title", "valid string"),
        ("title: Head Baker", "title: ' '", "title", "at least 1 character"),
        ("id: rollback", "id: Roll Back", "questions[0].points[1].id", "found 'Roll Back'"),
        ("label: Way back", f"label: {'x' * 31}", "questions[0].points[1].label", "30 characters"),
        ("- family plans", "  one: two", "off_limits", "one item a line"),
        ("kind: situational", "kind: situation", "questions[0].kind", "Did you mean 'situational'"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_what_was_expected(
    path: Path, old: str, new: str, place: str, expected: str
) -> None:
    _edit(path, old, new)
    first = new.split("\n", maxsplit=1)[0]
    line = _line(path, "off_limits" if place == "off_limits" else first)

    problem = _problem(path)

    assert problem.startswith(f"baker.yaml:{line}: {place}: ")
    assert expected in problem


def test_yes_is_no_number_of_minutes(path: Path) -> None:
    _edit(path, "minutes: 5", "minutes: yes")

    _problems(path)


def test_a_guide_without_questions_is_refused(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("questions:")] + "questions: []\n", "utf-8")

    problem = _problem(path)
    assert "questions: " in problem
    assert "at least 1 item" in problem


def test_a_list_is_not_called_empty_because_its_items_are_wrong(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("questions:")] + "questions:\n  - id: A\n", "utf-8")

    problems = _problems(path)

    assert not any("at least 1 item" in problem for problem in problems)
    lines = [int(problem.split(":")[1]) for problem in problems]
    assert lines == sorted(lines)


def test_every_problem_is_listed_at_once(path: Path) -> None:
    _edit(path, "minutes: 5", "minutes: soon")
    _edit(path, "    weight: 3\n", "    wieght: 3\n")
    _edit(path, "language: en", "language: de")

    assert len(_problems(path)) == 3


# -- references -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (
            "  competencies:\n  - craft\n",
            "  competencies:\n  - crafts\n",
            "questions[0].competencies[0]",
            "unknown id 'crafts'. Did you mean 'craft'?",
        ),
        (
            "  questions:\n  - team\n",
            "  questions:\n  - teams\n",
            "stages[0].questions[0]",
            "unknown id 'teams'. Did you mean 'team'?",
        ),
        (
            "  origin: handbook\n",
            "  origin: handbok\n",
            "questions[0].origin",
            "'handbok' is no source of this guide. Did you mean 'handbook'?",
        ),
        (
            "    origin: project\n",
            "    origin: hearsay\n",
            "questions[0].points[0].origin",
            "'hearsay' is no source of this guide. Known: handbook, project.",
        ),
        (
            "- id: metrics\n",
            "- id: rollout\n",
            "questions[1].id",
            "the id 'rollout' stands twice.",
        ),
        (
            "  - id: training\n",
            "  - id: pilot\n",
            "questions[0].points[2].id",
            "the id 'pilot' stands twice.",
        ),
        ("- id: blame\n", "- id: alone\n", "red_flags[1].id", "the id 'alone' stands twice."),
        (
            "id: baker\n",
            "id: butcher\n",
            "id",
            "expected 'baker', the file's name (found 'butcher').",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named_with_the_nearest_name(
    path: Path, old: str, new: str, place: str, message: str
) -> None:
    _edit(path, old, new)
    wrong = new.rstrip("\n").rsplit("\n", 1)[-1].lstrip(" -")
    count = 2 if "stands twice" in message else 1

    assert _problems(path) == [f"baker.yaml:{_line(path, wrong, count)}: {place}: {message}"]


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("  one: 1\n two: 2\n", "mapping values are not allowed"),
        ("\tone: 1\n", "tab|cannot start any token"),
        ("one: 'open\n", "unexpected end of stream"),
        ("one: [1, 2\n", "did not find expected|expected"),
        ("one: *nobody\n", "undefined alias"),
        ("---\nid: two\n", "another document"),
    ],
)
def test_a_syntax_error_names_its_line(path: Path, more: str, message: str) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    _add(path, more)

    with pytest.raises(GuideError, match=message) as caught:
        read_guide(path)
    line = int(caught.value.message.split(f"{path}:", 1)[1].split(":", 1)[0])
    assert lines < line <= lines + more.count("\n") + 1


def test_a_control_character_is_no_yaml(path: Path) -> None:
    _add(path, "one: \x07\n")

    assert _problem(path) == "baker.yaml: not YAML."


def _key_of_list(path: Path) -> None:
    _add(path, "? [a, b]\n: 1\n")


def _template(path: Path) -> None:
    _add(path, "{{ title }}: 1\n")


def _tag(path: Path) -> None:
    _add(path, "one: !env HOME\n")


def _merge(path: Path) -> None:
    _add(path, "one: &one {a: 1}\ntwo: {<<: *one}\n")


def _no_such_day(path: Path) -> None:
    _edit(path, "title: Head Baker", "title: 2026-02-31")


def _no_integer(path: Path) -> None:
    _edit(path, "weight: 3", "weight: !!int three")


def _knows_itself(path: Path) -> None:
    _add(path, "one: &one [*one]\n")


def _deep(path: Path) -> None:
    _add(path, f"one: {'[' * 2000}{']' * 2000}\n")


@pytest.mark.parametrize(
    "change",
    [_key_of_list, _template, _tag, _merge, _no_such_day, _no_integer, _knows_itself, _deep],
)
def test_odd_yaml_is_an_error_like_any_other(path: Path, change: Callable[[Path], None]) -> None:
    change(path)

    assert _problems(path)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a remark\n", "- a\n- b\n", "hello\n"])
def test_a_file_that_holds_no_guide_is_said_to(path: Path, text: str) -> None:
    path.write_text(text)

    problem = _problem(path)
    assert problem.startswith("baker.yaml:1: ")
    assert "YAML mapping" in problem


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_that_is_not_utf_8_is_said_to(path: Path, encoding: str) -> None:
    text = path.read_text("utf-8").replace("Head Baker", "Bäcker")
    path.write_bytes(text.encode(encoding))

    with pytest.raises(GuideError, match=r"baker\.yaml: byte \d+ is not UTF-8") as caught:
        read_guide(path)
    assert caught.value.remedy == "Save the file as UTF-8."


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(path: Path) -> None:
    expected = read_guide(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_guide(path) == expected


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match=r"gone\.yaml: no such file"):
        read_guide(tmp_path / "gone.yaml")


def test_a_folder_is_no_guide(tmp_path: Path) -> None:
    (tmp_path / "baker.yaml").mkdir()

    with pytest.raises(GuideError, match="this is a folder") as caught:
        read_guide(tmp_path / "baker.yaml")
    assert "Name the YAML file itself" in caught.value.remedy


def test_a_file_far_too_large_to_be_a_guide_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "baker.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert "too large" in _problem(path)


# -- lines ----------------------------------------------------------------------------------------


def test_places_read_like_paths() -> None:
    assert format_loc(("questions", 2, "points", "rollback", "says", 0)) == (
        "questions[2].points.rollback.says[0]"
    )
    assert format_loc(()) == ""


def test_every_part_of_a_file_has_its_line(path: Path) -> None:
    file = YamlFile(path)

    assert file.line_of(()) == 1
    assert file.line_of(("title",)) == 3
    assert file.line_of(("questions", 1)) == _line(path, "id: metrics")
    assert file.line_of(("questions", 0, "points", 2, "says", 0)) == _line(
        path, "We always take care of the training"
    )
    assert file.line_of(("competencies", 0, "anchors", "4")) == _line(path, "4: Masterly")
    assert file.line_of(("title", "nothing", "deeper")) == 3
