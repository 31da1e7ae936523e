"""Where items and texts come from: what counts as an origin, and texts that carry their own."""

import copy
import pickle

import pytest
from pydantic import TypeAdapter, ValidationError

from copilot.knowledge.origins import fault_of, line_origin
from copilot.knowledge.sentence import Sentence, Text, origin_of

TEXT = TypeAdapter(Text)


@pytest.mark.parametrize(
    "origin",
    [
        "project",
        "advert",
        "advert.docx:12",
        "advert.docx:p3:12",
        "interview:2026-11",
        "model:qwen3-8b",
        "worksheet:2026-11-23",
    ],
)
def test_what_counts_as_an_origin(origin: str) -> None:
    assert fault_of(origin, ["advert"], ["", "advert.docx"]) == ""


@pytest.mark.parametrize(
    ("origin", "fault"),
    [
        ("advrt", "'advrt' is no source of this guide. Did you mean 'advert'?"),
        ("other.docx:3", "'other.docx' is the file of no source"),
        ("advert.docx:0", "is no source of this guide"),
        ("interview:", "is no source of this guide"),
    ],
)
def test_what_does_not(origin: str, fault: str) -> None:
    assert fault in fault_of(origin, ["advert"], ["advert.docx"])


def test_a_line_is_named_with_its_page_where_there_are_pages() -> None:
    assert line_origin("advert.pdf", 4, 2) == "advert.pdf:p2:4"
    assert line_origin("advert.txt", 4) == "advert.txt:4"


def test_a_text_may_say_where_it_comes_from() -> None:
    said = TEXT.validate_python({"text": "We weighed it.", "origin": "interview:2026-11"})

    assert said == "We weighed it."
    assert origin_of(said) == "interview:2026-11"
    assert origin_of(TEXT.validate_python("We weighed it.")) == ""


def test_its_origin_stays_with_it() -> None:
    said = Sentence("We weighed it.", "interview:2026-11")

    for same in (copy.deepcopy(said), pickle.loads(pickle.dumps(said)), TEXT.validate_python(said)):
        assert (same, origin_of(same)) == ("We weighed it.", "interview:2026-11")


@pytest.mark.parametrize(
    "value",
    [
        "",
        3,
        {"text": "A."},
        {"text": "A.", "origin": ""},
        {"text": "A.", "origin": "project", "by": "me"},
        {"text": "", "origin": "project"},
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        TEXT.validate_python(value)
