"""However a guide's file is laid out, a change touches the lines it is about and no other."""

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from copilot.errors import GuideError
from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.guide_file import GuideFile
from copilot.knowledge.sentence import Sentence

SAYS: Place = ("questions", "waste", "points", "trays", "says")


def opened(tmp_path: Path, text: str, *, newline: str = "\n", bom: str = "") -> GuideFile:
    path = tmp_path / "cook.yaml"
    written = bom + textwrap.dedent(text).lstrip("\n").replace("\n", newline)
    path.write_bytes(written.encode())
    return GuideFile(path)


def lines(text: str) -> list[str]:
    return textwrap.dedent(text).lstrip("\n").splitlines()


WASTE = """
    # A kitchen's guide.
    title: Cook   # as on the notice

    questions:
      # The first one matters most.
      - id: waste
        text: What did you do about waste?
        points:
          - id: trays
            says:
              # weighed
              - We weighed every tray.
              # counted, and not weighed
              - We counted what was left.  # each night
                # a note on counting

              # asked
              - We asked the guests.
            # nothing is denied yet
          - id: menu
      # The second.
      - id: team
        text: 'Who''s the team?'
"""


def changed(tmp_path: Path, *edits: Edit, text: str = WASTE) -> list[str]:
    file = opened(tmp_path, text)
    file.apply(edits)
    return file.text().splitlines()


def test_a_removed_item_takes_its_comments_along_and_no_other(tmp_path: Path) -> None:
    after = changed(tmp_path, Edit(Action.REMOVE, (*SAYS, 1)))

    gone = [line for line in lines(WASTE) if line not in after]
    assert [line.strip() for line in gone] == [
        "# counted, and not weighed",
        "- We counted what was left.  # each night",
        "# a note on counting",
    ]
    assert after.index("          # asked") == after.index("          - We weighed every tray.") + 1


def test_a_removed_question_takes_its_comment_along(tmp_path: Path) -> None:
    after = changed(tmp_path, Edit(Action.REMOVE, ("questions", "team")))

    assert after == lines(WASTE)[:-3]


def test_a_text_is_added_behind_the_last_with_what_stands_about_it(tmp_path: Path) -> None:
    after = changed(tmp_path, Edit(Action.ADD, SAYS, "We froze it."))

    place = after.index("          - We froze it.")
    assert after[place - 1] == "          - We asked the guests."
    assert [*after[:place], *after[place + 1 :]] == lines(WASTE)


def test_a_text_is_added_at_its_index_above_the_comment_of_the_next(tmp_path: Path) -> None:
    after = changed(tmp_path, Edit(Action.ADD, SAYS, "We froze it.", at=1))

    place = after.index("          - We froze it.")
    assert after[place - 1 : place + 2] == [
        "          - We weighed every tray.",
        "          - We froze it.",
        "          # counted, and not weighed",
    ]


def test_a_moved_item_takes_its_comments_along(tmp_path: Path) -> None:
    after = changed(tmp_path, Edit(Action.MOVE, (*SAYS, 2), 0))

    begin = after.index("        says:") + 1
    assert [line.strip() for line in after[begin : begin + 8]] == [
        "# asked",
        "- We asked the guests.",
        "# weighed",
        "- We weighed every tray.",
        "",
        "# counted, and not weighed",
        "- We counted what was left.  # each night",
        "# a note on counting",
    ]


def test_the_last_text_removed_leaves_an_empty_list_that_can_be_added_to(tmp_path: Path) -> None:
    file = opened(tmp_path, WASTE)

    file.apply([Edit(Action.REMOVE, (*SAYS, 0)) for _each in range(3)])
    assert "        says: []" in file.text().splitlines()
    file.apply([Edit(Action.ADD, SAYS, "Once more.")])

    assert file.get(SAYS) == ["Once more."]
    assert "        says:\n          - Once more.\n" in file.text()


@pytest.mark.parametrize("empty", ["", " []", "  # none yet", " []  # none yet", " null"])
def test_the_first_text_of_a_list_that_has_none(tmp_path: Path, empty: str) -> None:
    file = opened(tmp_path, f"title: Cook\nterms:{empty}\nsummary: Cooks.\n")

    if empty == " null":
        with pytest.raises(KeyError):
            file.apply([Edit(Action.ADD, ("terms",), "HACCP")])
        return
    file.apply([Edit(Action.ADD, ("terms",), "HACCP")])

    comment = "  # none yet" if "#" in empty else ""
    assert file.text() == f"title: Cook\nterms:{comment}\n  - HACCP\nsummary: Cooks.\n"


def test_a_missing_list_is_put_where_guides_have_it(tmp_path: Path) -> None:
    file = opened(
        tmp_path, "questions:\n  - id: a\n    text: A?\n    origin: project\n    tips: []\n"
    )

    file.apply([Edit(Action.ADD, ("questions", "a", "phrasings"), "Why A?")])

    assert file.text() == (
        "questions:\n  - id: a\n    text: A?\n    origin: project\n    phrasings:\n"
        "      - Why A?\n    tips: []\n"
    )


def test_a_file_that_indents_otherwise_is_gone_on_with_as_it_is(tmp_path: Path) -> None:
    text = "questions:\n-   id: a\n    points:\n    -   id: p\n        says:\n        -   One.\n"
    file = opened(tmp_path, text)

    file.apply(
        [
            Edit(Action.ADD, ("questions", "a", "points", "p", "says"), "Two."),
            Edit(Action.ADD, ("questions", "a", "points"), {"id": "q", "says": ["Three."]}),
        ]
    )

    assert file.text() == (
        text + "        -   Two.\n    -   id: q\n        says:\n        -   Three.\n"
    )


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    file = opened(tmp_path, WASTE, newline="\r\n", bom="\ufeff")
    before = file.path.read_bytes()

    file.apply([Edit(Action.ADD, SAYS, "We froze it."), Edit(Action.SET, ("title",), "Chef")])
    file.write()

    after = file.path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# A kitchen")
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\r\n") + 1
    assert b"title: Chef   # as on the notice\r\n" in after


def test_a_file_without_a_last_line_end_gets_one_only_where_something_is_added(
    tmp_path: Path,
) -> None:
    file = opened(tmp_path, "terms:\n  - a")
    file.apply([Edit(Action.SET, ("terms", 0), "b")])
    assert file.text() == "terms:\n  - b"

    file.apply([Edit(Action.ADD, ("terms",), "c")])
    assert file.text() == "terms:\n  - b\n  - c\n"


def test_lists_on_one_line_stay_there(tmp_path: Path) -> None:
    file = opened(tmp_path, "a: [one, 'two', {text: three, origin: project}]  # why\n")

    file.apply(
        [
            Edit(Action.ADD, ("a",), "four, and more"),
            Edit(Action.SET, ("a", 1), "it's two"),
            Edit(Action.SET, ("a", 2), Sentence("three: done", "project")),
            Edit(Action.REMOVE, ("a", 0)),
            Edit(Action.MOVE, ("a", 2), 0),
        ]
    )

    assert file.text() == (
        "a: ['four, and more', 'it''s two', {text: 'three: done', origin: project}]  # why\n"
    )


def test_a_folded_text_stays_folded_and_keeps_its_comment(tmp_path: Path) -> None:
    file = opened(tmp_path, "summary: >-  # long\n    One two\n    three.\ntitle: Cook\n")

    file.apply([Edit(Action.SET, ("summary",), "word " * 40 + "end: #1")])

    text = file.text()
    assert text.startswith("summary: >- # long\n    word word")
    assert text.endswith("\ntitle: Cook\n")
    assert max(map(len, text.splitlines())) <= 120
    assert file.get(("summary",)) == "word " * 40 + "end: #1"


def test_a_long_new_text_is_folded(tmp_path: Path) -> None:
    file = opened(tmp_path, "terms: []\n")
    long = "We did it: " + "every tray was weighed " * 12 + "and noted"

    file.apply([Edit(Action.ADD, ("terms",), long), Edit(Action.ADD, ("terms",), "x")])
    file.apply([Edit(Action.ADD, ("terms",), Sentence(long, "model:small"))])

    assert "  - >-\n    We did it:" in file.text()
    assert "  - text: >-\n      We did it:" in file.text()
    assert max(map(len, file.text().splitlines())) <= 120


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "1:30",
        "2026-11-23",
        "- dash",
        "# hash",
        "a # b",
        "a: b",
        "'quoted'",
        '"',
        "it's",
        "{curly}",
        "[x",
        "*star",
        "&and",
        "!tag",
        "%x",
        "@at",
        "`tick",
        "? x",
        "null",
        "~",
        "1e3",
        "« L'été : enfin ! »",
        "a\u00a0b\u202f!",
        "tab\there",
        "two  spaces " * 15 + "end",
        "line\nbreak",
        "\U0001f600 é",
        "x" * 500,
        "\u0085",
        "trailing:",
        "---",
        "...",
    ],
)
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    for begin in (
        "a: x\nb:\n  - y\n",
        "a: 'x'\nb: [y]\n",
        'a: "x"\nb: []\n',
        "a: >-\n  x\nb:\n- y\n",
    ):
        file = opened(tmp_path, begin)

        file.apply([Edit(Action.SET, ("a",), text), Edit(Action.ADD, ("b",), text)])
        file.apply([Edit(Action.ADD, ("b",), Sentence(text, "project"))])

        data: Any = yaml.safe_load(file.text())
        assert data["a"].strip() == text.strip()
        assert data["b"][-2].strip() == text.strip()
        assert data["b"][-1]["text"].strip() == text.strip()


def test_what_is_used_elsewhere_by_an_alias_is_not_changed(tmp_path: Path) -> None:
    text = "terms: &them\n  - a\noff_limits: *them\ntips:\n  - &one x\n  - *one\n"
    file = opened(tmp_path, text)

    for edit in (
        Edit(Action.ADD, ("off_limits",), "b"),
        Edit(Action.SET, ("off_limits", 0), "b"),
        Edit(Action.ADD, ("terms",), "b"),
        Edit(Action.REMOVE, ("tips", 0)),
        Edit(Action.SET, ("tips", 0), "b"),
    ):
        with pytest.raises(GuideError, match="cannot be changed in place"):
            file.apply([edit])
        assert file.text() == text
    file.apply([Edit(Action.SET, ("tips", 1), "y"), Edit(Action.SET, ("off_limits",), ["c"])])

    assert file.text().endswith("off_limits:\n  - c\ntips:\n  - &one x\n  - y\n")


def test_a_refusal_names_the_line(tmp_path: Path) -> None:
    file = opened(tmp_path, "title: x\nterms: &them\n  - a\noff_limits: *them\n")

    with pytest.raises(GuideError, match=r"cook\.yaml:4: .*alias \*them"):
        file.apply([Edit(Action.ADD, ("off_limits",), "b")])


def test_of_several_changes_all_are_made_or_none(tmp_path: Path) -> None:
    file = opened(tmp_path, WASTE)
    before = file.text()

    with pytest.raises(KeyError):
        file.apply([Edit(Action.SET, ("title",), "x"), Edit(Action.REMOVE, ("questions", "gone"))])

    assert file.text() == before


def test_tabs_in_place_of_spaces_are_refused_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match=r"cook\.yaml:2"):
        opened(tmp_path, "terms:\n\t- a\n")


def test_a_missing_key_is_made_with_all_that_leads_to_it(tmp_path: Path) -> None:
    file = opened(tmp_path, "guide: cook\nlanguage: fr\n")
    place = ("questions", "no", "points", "1", "not_says", "denials")

    file.apply([Edit(Action.ADD, place, "Non.")])
    file.apply([Edit(Action.SET, ("competencies", "lead", "anchors"), {"1": "a", "2": "b"})])

    assert yaml.safe_load(file.text())["questions"]["no"]["points"]["1"]["not_says"] == {
        "denials": ["Non."]
    }
    assert "    anchors:\n      1: a\n      2: b\n" in file.text()


def test_a_written_file_keeps_its_permissions_and_a_link_still_leads_there(tmp_path: Path) -> None:
    file = opened(tmp_path, "title: x\n")
    file.path.chmod(0o600)
    link = tmp_path / "link.yaml"
    link.symlink_to(file.path)
    linked = GuideFile(link)

    linked.apply([Edit(Action.SET, ("title",), "y")])
    linked.write()

    assert link.is_symlink()
    assert file.path.read_text() == "title: y\n"
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
