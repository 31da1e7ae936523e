"""A worksheet goes out, is filled in by people, and comes back, whatever they did to it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from copilot.guides.editing.edits import Action
from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.worksheets.file import WorksheetError, sheet_of
from copilot.guides.enriching.worksheets.lines import Entry, parts_of
from copilot.guides.enriching.worksheets.reading import Filled, read_worksheet
from copilot.guides.enriching.worksheets.sheet import worksheet
from copilot.knowledge.loading import load_guide
from tests.guides.enriching.bare import ROLE, SAYS, WEIGHED, YAML, write_bare

_DAY = date(2026, 11, 23)
_SAID = "Well, we put a scale by the bin for two weeks."
_HEADING = "## Waste: Waste weighed [questions.waste.points.weighed]"
_HEARD = "### What people say who did it [says]"

Send = Callable[[str], Filled]


@pytest.fixture
def sheet() -> str:
    write_bare()
    waiting = Waiting(ROLE)
    return worksheet(waiting.guide, waiting.gaps())


@pytest.fixture
def send(tmp_path: Path, sheet: str) -> Send:
    """Reads a worksheet that came back."""

    def read(text: str) -> Filled:
        path = tmp_path / "back.md"
        path.write_text(text, "utf-8")
        return read_worksheet(path, Waiting(ROLE), _DAY)

    return read


def _filled(sheet: str, text: str = _SAID) -> str:
    """With the first dash of the first point written behind."""
    return sheet.replace("- \n", f"- {text}\n", 1)


def test_an_empty_worksheet_comes_back_without_a_word(sheet: str, send: Send) -> None:
    assert send(sheet) == Filled()
    assert send(sheet.replace("- \n", "-\n").replace("\n", "\r\n")) == Filled()


def test_it_says_what_why_and_what_to_set_apart_but_no_content(sheet: str) -> None:
    section = sheet[sheet.index(_HEADING) : sheet.index("## Waste [questions.waste]")]

    assert "Weighed what was thrown away before changing anything." in section
    assert "Not to be taken for: Shops brought in" in section
    assert "Tell me about a time you had to bring waste down." in section
    assert section.count("\n- \n") + section.count("\n- \n- \n") >= 2
    assert "Without about ten of these" in section


def test_what_is_written_becomes_a_proposal_with_its_place_and_day(sheet: str, send: Send) -> None:
    [proposal] = send(_filled(sheet)).proposals

    assert proposal.edit.action is Action.ADD
    assert (proposal.edit.place, proposal.edit.value) == (SAYS, _SAID)
    assert proposal.origin == "worksheet:2026-11-23"
    assert proposal.doubt == ""
    assert proposal.why


@pytest.mark.parametrize(
    "written",
    [
        f"* {_SAID}",
        f"  - {_SAID}",
        f"1. {_SAID}",
        f"• “{_SAID}”",
        f"- [x] {_SAID}",
        "- Well, we put a scale\n  by the bin\n  for two weeks.",
        "- Well, we put a scale\nby the bin for two weeks.",
    ],
)
def test_dashes_of_every_form_and_wrapped_lines_are_read(
    sheet: str, send: Send, written: str
) -> None:
    filled = send(sheet.replace("- \n", f"{written}\n", 1))

    assert [proposal.edit.value for proposal in filled.proposals] == [_SAID]
    assert filled.problems == []


def test_moved_sections_and_headings_without_brackets_find_their_place(
    sheet: str, send: Send
) -> None:
    begin, end = sheet.index(_HEADING), sheet.index("## Waste [questions.waste]")
    moved = sheet[:begin] + sheet[end:] + "\n" + _filled(sheet[begin:end])
    bare = moved.replace(_HEADING, "## Waste: Waste weighed").replace(_HEARD, _HEARD[:-7])

    for text in (moved, bare):
        [proposal] = send(text).proposals
        assert proposal.edit.place == SAYS


def test_what_finds_no_place_is_named_with_its_line_and_nothing_else_is_lost(
    sheet: str, send: Send
) -> None:
    text = _filled(sheet).replace("[red_flags.no-figures]", "[red_flags.no-figure]")
    flag = text.index("[red_flags.no-figure]")
    text = text[:flag] + text[flag:].replace("- \n", "- I never measure.\n", 1)
    text += "\nA thought of mine.\n> and one here\n"

    filled = send(text)

    lines = text.splitlines()
    told = "\n".join(filled.problems)
    assert len(filled.proposals) == 1
    assert f":{lines.index('- I never measure.') + 1}: 'I never measure.' is not taken" in told
    assert "Did you mean 'red_flags.no-figures'?" in told
    assert (
        f":{lines.index('A thought of mine.') + 1}: 'A thought of mine.' stands behind no" in told
    )
    assert f":{lines.index('> and one here') + 1}: 'and one here' stands on a line" in told
    assert filled.problems == sorted(filled.problems, key=lambda each: int(each.split(":")[1]))


def test_a_guide_changed_since_still_takes_what_fits_by_id(sheet: str, send: Send) -> None:
    changed = YAML.replace("Waste weighed", "Weighing").replace("four shops", "five shops")
    write_bare(changed.replace("id: shops", "id: shop-talk"))

    filled = send(_filled(sheet))

    assert [proposal.edit.place for proposal in filled.proposals] == [SAYS]
    assert [problem for problem in filled.problems if "points.shops'" in problem]


def test_what_stands_in_the_guide_or_was_refused_is_counted(sheet: str, send: Send) -> None:
    waiting = Waiting(ROLE)
    first = send(_filled(sheet)).proposals[0]
    waiting.accept([(first, None)])
    assert send(_filled(sheet)).known == 1

    other = send(_filled(sheet, "I counted trays every evening.")).proposals[0]
    waiting.refuse(other)
    assert send(_filled(sheet, "I counted trays every evening.")).known == 1


def test_anchors_come_as_four_or_are_told(sheet: str, send: Send) -> None:
    texts = {1: "Bakes.", 2: "Has a plan.", 3: "Changes it.", 4: "Shows it."}
    for number, text in texts.items():
        sheet = sheet.replace(f"- {number}: \n", f"- {number}: {text}\n")
    [proposal] = send(sheet).proposals
    assert proposal.edit.value == texts
    assert proposal.edit.action is Action.SET

    three = send(sheet.replace("- 4: Shows it.\n", ""))
    assert three.proposals == []
    assert (
        "'Bakes.' is not taken over: anchors need all four, and 4 is missing" in three.problems[0]
    )


def test_what_is_too_long_or_one_too_many_is_told(sheet: str, send: Send) -> None:
    why = sheet.index("### Why it matters for the job [why]")
    two = sheet[:why] + sheet[why:].replace("- \n", "- Because.\n- Also because.\n", 1)

    filled = send(_filled(two, "scale " * 120))

    assert [proposal.edit.value for proposal in filled.proposals] == ["Because."]
    assert "719 characters" in filled.problems[0]
    assert "'Also because.' is one too many" in filled.problems[1]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("We did.", "very short"),
        ("Sophie and I weighed it all, every day.", "name somebody"),
        ("We used to … and then we weighed.", "left open"),
        ("Call 0171 555 0199 22, they know how we weighed.", "contact data"),
    ],
)
def test_plain_rules_say_what_speaks_against_a_sentence(
    sheet: str, send: Send, text: str, doubt: str
) -> None:
    [proposal] = send(_filled(sheet, text)).proposals

    assert doubt in proposal.doubt


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("You did weigh it, right?", "leading"),
        ("How was your waste weighed?", "gives the answer away"),
        ("How old are you?", "off-limits"),
    ],
)
def test_probes_are_held_to_their_rules(sheet: str, send: Send, text: str, doubt: str) -> None:
    at = sheet.index("[probes]")
    [proposal] = send(sheet[:at] + sheet[at:].replace("- \n", f"- {text}\n", 1)).proposals

    assert proposal.edit.place == (*WEIGHED, "probes")
    assert doubt in proposal.doubt


def test_a_translation_is_asked_for_beside_its_original_and_comes_back(tmp_path: Path) -> None:
    write_bare()
    waiting = Waiting(ROLE, "fr")
    text = worksheet(waiting.guide, waiting.gaps(), waiting.overlay)
    path = tmp_path / "fiche.md"
    at = text.index("[label]", text.index("[questions.waste.points.weighed]"))
    path.write_text(text[:at] + text[at:].replace("- \n", "- Pertes pesées\n", 1), "utf-8")

    filled = read_worksheet(path, waiting, _DAY)
    waiting.accept([(proposal, None) for proposal in filled.proposals])

    assert "Dans l'original\u00a0: «\u00a0Waste weighed\u00a0»" in text
    assert sheet_of(path) == (ROLE, "fr")
    assert load_guide(ROLE, "fr").questions[0].points[1].label == "Pertes pesées"
    with pytest.raises(WorksheetError, match=r"head-baker\.fr"):
        read_worksheet(path, Waiting(ROLE), _DAY)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"# Minutes of a meeting\n\n- tea\n", "no worksheet"),
        (b"", "no worksheet"),
        (b"\xff\xfe\x00b\x00a", "no text in UTF-8"),
        (None, "No such file"),
    ],
)
def test_what_is_no_worksheet_is_refused(tmp_path: Path, data: bytes | None, said: str) -> None:
    write_bare()
    path = tmp_path / "x.md"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(WorksheetError, match=said):
        read_worksheet(path, Waiting(ROLE), _DAY)


@pytest.mark.parametrize(
    "line",
    [
        "# a" + " " * 20_000 + "[b",
        "# " + " " * 20_000 + "a",
        "# " + "[ \\" * 10_000,
        "- a\n" + "b\n" * 20_000,
    ],
)
def test_lines_made_to_keep_a_reader_busy_are_read_at_once(line: str) -> None:
    # A pattern that tries every way to part the spaces takes hours.
    assert len(list(parts_of(line))) == 1


def test_what_a_terminal_would_obey_stands_in_no_text() -> None:
    [entry] = parts_of("- We put\x1b]0;x\x07 a scale\n  by\u2028the bin.")

    assert isinstance(entry, Entry)
    assert entry.text == "We put]0;x a scale by the bin."
