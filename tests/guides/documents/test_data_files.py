"""Files of data are refused by name, with what to do instead; prose that looks like some is read."""

from pathlib import Path

import pytest

from copilot.guides.documents.reading import read_document
from copilot.guides.documents.trouble import DocumentError
from tests.guides.documents.making import written

_GUIDE = "title: Miller\nquestions:\n  - id: wind\n    text: What do you do without wind?\n"


@pytest.mark.parametrize("name", ["miller.yaml", "miller.txt"])
def test_a_guide_is_no_document_to_make_one_of(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="a guide already") as raised:
        read_document(written(tmp_path, name, _GUIDE))
    assert "knowledge check miller" in str(raised.value.remedy)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yml", "theme: dark\nwidth: 80\n", "a YAML file"),
        ("a.json", '{"asked": ["How do you mill?"]}', "a JSON file"),
        ("a.txt", '[{"asked": "How do you mill?"}]', "a JSON file"),
        ("a.csv", "question;wanted\nHow do you mill?;slowly\n", "a table of values"),
        ("a.tsv", "question\twanted\nHow do you mill?\tslowly\n", "a table of values"),
    ],
)
def test_data_is_no_document(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read_document(written(tmp_path, name, text))


def test_prose_in_brackets_and_with_front_matter_is_read(tmp_path: Path) -> None:
    text = "[Draft] Questions for the miller\n\nquestions:\n\n1. How do you mill?\n2. Why there?\n"
    assert len(read_document(written(tmp_path, "a.txt", text)).blocks) >= 3
    text = "---\ntitle: Miller\nsummary: who mills\n---\n\n# Miller\n\n1. How do you mill?\n"
    assert read_document(written(tmp_path, "a.md", text)).blocks
