"""PDF files: fonts, columns, running heads; what cannot be read is refused with what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from copilot.guides.documents.pdf import reading as reader
from copilot.guides.documents.reading import read_document
from copilot.guides.documents.trouble import DocumentError
from tests.guides.documents.making import Put, pdf, shown, written

GUIDE = [
    Put(60, 780, "Ferry captain", 20, bold=True),
    Put(60, 740, "We look for somebody who brings the people of the islands over in every"),
    Put(60, 728, "weather, and who knows when to stay in port with all of them."),
    Put(60, 690, "Questions", 14, bold=True),
    Put(
        60, 665, "1. Tell me about a day on which you stayed in port. What did you say to the peo-"
    ),
    Put(72, 653, "ple who waited?"),
    Put(60, 635, "\u2022 Says it early"),
    Put(60, 617, "\u2022 Stays calm"),
    Put(60, 590, "Red flags", bold=True),
    Put(60, 570, "\u2022 Always sails"),
]


def test_a_guide_in_pdf(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "ferry.pdf", pdf([GUIDE])))
    assert shown(document) == [
        "heading 1 - Ferry captain",
        (
            "paragraph 0 - We look for somebody who brings the people of the islands over in every "
            "weather, and who knows when to stay in port with all of them."
        ),
        "heading 2 - Questions",
        (
            "heading 3 1 Tell me about a day on which you stayed in port. What did you say to the "
            "people who waited?"
        ),
        "item 0 - Says it early",
        "item 0 - Stays calm",
        "heading 3 - Red flags",
        "item 0 - Always sails",
    ]
    assert [(block.page, block.line) for block in document.blocks] == [
        (1, 1), (1, 2), (1, 4), (1, 5), (1, 7), (1, 8), (1, 9), (1, 10)
    ]  # fmt: skip
    assert document.origin(document.blocks[2]) == "ferry.pdf:p1:4"


LEFT = [
    "What we look for in a captain is",
    "somebody who knows the waters of",
    "our islands and the people there,",
    "and who has been out at night and",
    "in fog more often than they can",
    "count. They must be able to say",
]
RIGHT = [
    "no to a full deck of people when",
    "the sea is too high for the boat.",
    "They must also be able to mend an",
    "engine with what is on board, and",
    "to write a report that the office",
    "understands on the first reading.",
]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = [Put(60, 780, "The captain of our ferry, and what we ask of her or him today", 16)]
    page += [Put(60, 740 - 12 * at, text) for at, text in enumerate(LEFT)]
    page += [Put(310, 740 - 12 * at, text) for at, text in enumerate(RIGHT)]
    document = read_document(written(tmp_path, "two.pdf", pdf([page])))
    assert [block.text for block in document.blocks] == [
        "The captain of our ferry, and what we ask of her or him today",
        " ".join([*LEFT, *RIGHT]),
    ]


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [
            Put(60, 815, "Island Ferries, confidential"),
            Put(60, 700, f"This is what we ask on {day} of all who want to work here with us."),
            Put(290, 30, f"{number}"),
        ]
        for number, day in enumerate(("Monday", "Tuesday", "Wednesday"), start=1)
    ]
    document = read_document(written(tmp_path, "ferry.pdf", pdf(pages)))
    assert [(block.page, block.line, block.text[23:29]) for block in document.blocks] == [
        (1, 2, "Monday"),
        (2, 2, "Tuesda"),
        (3, 2, "Wednes"),
    ]
    assert [(left.block.page, left.why) for left in document.left_out] == [
        (1, "running head or foot"),
        (1, "page number"),
        (2, "running head or foot"),
        (2, "page number"),
        (3, "running head or foot"),
        (3, "page number"),
    ]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    pages = [
        [
            Put(
                60,
                100,
                "We ask this of everyone who wants to take the people of the islands over to",
            )
        ],
        [Put(60, 780, "the harbour in the night.")],
    ]
    (block,) = read_document(written(tmp_path, "ferry.pdf", pdf(pages))).blocks
    assert block.text.endswith("over to the harbour in the night.")


def test_rows_of_a_table_are_cells(tmp_path: Path) -> None:
    page = [
        Put(60, 780, "This is how we judge what the people who come to us say:"),
        Put(60, 750, "Score"), Put(200, 750, "Meaning"),
        Put(60, 730, "1"), Put(200, 730, "No example"),
        Put(60, 710, "4"), Put(200, 710, "Many examples"),
    ]  # fmt: skip
    assert shown(read_document(written(tmp_path, "table.pdf", pdf([page]))))[1:] == [
        "item 0 - Score",
        "item 1 - Meaning",
        "item 0 1 No example",
        "item 0 4 Many examples",
    ]


def _refused(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.remedy
    return caught.value


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    error = _refused(written(tmp_path, "scan.pdf", pdf([[], []], picture=True)))
    assert "pictures" in error.message
    assert "text recognition" in error.remedy


def test_a_page_that_is_a_picture_is_said(tmp_path: Path) -> None:
    # The picture is on both pages; one has text besides.
    document = read_document(written(tmp_path, "half.pdf", pdf([GUIDE, []], picture=True)))
    assert [(left.block.page, left.why) for left in document.left_out] == [
        (2, "a page that is a picture, without text")
    ]


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    assert (
        "password" in _refused(written(tmp_path, "locked.pdf", pdf([GUIDE], encrypt=True))).message
    )


def test_three_hundred_pages_are_refused(tmp_path: Path) -> None:
    assert "300 pages" in _refused(written(tmp_path, "long.pdf", pdf([GUIDE] * 300))).message


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    whole = pdf([GUIDE])
    for end in (300, 900):
        assert "broken" in _refused(written(tmp_path, "half.pdf", whole[:end])).message


def test_a_file_that_never_ends_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = written(tmp_path, "endless.py", "import time\nwhile True:\n    time.sleep(60)\n")
    monkeypatch.setattr(reader, "_SCRIPT", script)
    monkeypatch.setattr(reader, "_PATIENCE_S", 0.2)
    error = _refused(written(tmp_path, "ferry.pdf", pdf([GUIDE])))
    assert "does not come to an end" in error.message


def test_the_reader_of_pdf_files_loads_nothing_of_the_app(tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.pdf", pdf([GUIDE]))
    script = reader._SCRIPT
    code = (
        f"import runpy, sys; sys.argv = ['x', {str(path)!r}, '100']; "
        f"runpy.run_path({str(script)!r}, run_name='__main__'); "
        "print([name for name in sys.modules if name.startswith('copilot')])"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, check=True)
    assert done.stdout.endswith(b"[]\n")


def test_a_table_of_two_columns_above_short_lines_is_no_second_column_of_text(
    tmp_path: Path,
) -> None:
    stages = [("Greeting", "5 min"), ("Walk round", "20 min"), ("Talk", "30 min"), ("End", "5 min")]
    page = [Put(50, 780, "Plan of the visit to the mill", size=16)]
    page += [Put(50, 750 - 20 * at, left) for at, (left, _) in enumerate(stages)]
    page += [Put(450, 750 - 20 * at, right) for at, (_, right) in enumerate(stages)]
    page += [Put(50, 640 - 14 * at, f"The miller tells of wheel number {at}") for at in range(12)]
    made = read_document(written(tmp_path, "mill.pdf", pdf([page])))
    texts = [block.text for block in made.blocks]
    at = texts.index("Walk round")
    assert texts[at + 1] == "20 min"
