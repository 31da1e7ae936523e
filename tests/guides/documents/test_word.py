"""Word files: styles, lists, tables, boxes and notes; a file made to do harm does none."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from copilot.guides.documents.reading import read_document
from copilot.guides.documents.trouble import DocumentError
from tests.guides.documents.making import shown, written


def _guide() -> "docx.document.Document":
    made = docx.Document()
    made.add_heading("Ward manager", 0)
    made.add_paragraph("We hire somebody who keeps a team of twelve safe and well.")
    made.add_heading("Questions", 1)
    made.add_paragraph("How do you plan the rota?", style="List Number")
    made.add_paragraph("asks the team", style="List Bullet")
    made.add_paragraph("swaps", style="List Bullet 2")
    made.add_paragraph("Tell me about a night with too few people.", style="List Number")
    made.add_paragraph("")
    made.add_paragraph().add_run("Warning signs").bold = True
    made.add_paragraph("• typed bullet")
    table = made.add_table(rows=2, cols=3)
    for row, texts in zip(
        table.rows, [("1", "Poor", "No example"), ("4", "Strong", "Many")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.sections[0].header.paragraphs[0].text = "Confidential"
    return made


def _saved(folder: Path, made: "docx.document.Document") -> Path:
    path = folder / "ward.docx"
    made.save(str(path))
    return path


def test_a_guide_in_word(tmp_path: Path) -> None:
    document = read_document(_saved(tmp_path, _guide()))
    assert shown(document) == [
        "heading 1 - Ward manager",
        "paragraph 0 - We hire somebody who keeps a team of twelve safe and well.",
        "heading 2 - Questions",
        "heading 3 1 How do you plan the rota?",
        "item 0 - asks the team",
        "item 1 - swaps",
        "heading 3 2 Tell me about a night with too few people.",
        "heading 3 - Warning signs",
        "item 0 - typed bullet",
        "item 0 1 Poor",
        "item 1 - No example",
        "item 0 4 Strong",
        "item 1 - Many",
    ]
    assert [block.line for block in document.blocks[:9]] == [1, 2, 3, 4, 5, 6, 7, 9, 10]
    assert [(left.block.text, left.why) for left in document.left_out] == [
        ("Confidential", "running head or foot")
    ]


_INSERTED = '<w:ins %s w:id="1" w:author="a"><w:r><w:t> put in</w:t></w:r></w:ins>'
_DELETED = '<w:del %s w:id="2" w:author="a"><w:r><w:delText> struck out</w:delText></w:r></w:del>'
_LINK = '<w:hyperlink %s w:anchor="x"><w:r><w:t> and linked</w:t></w:r></w:hyperlink>'
_CONTROL = (
    "<w:sdt %s><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


def test_tracked_changes_links_and_forms_are_read_as_word_shows_them(tmp_path: Path) -> None:
    made = _guide()
    paragraph = made.add_paragraph("This was")
    for each in (_INSERTED, _DELETED, _LINK):
        paragraph._p.append(parse_xml(each % nsdecls("w")))
    paragraph._p.addnext(parse_xml(_CONTROL % nsdecls("w")))
    texts = [block.text for block in read_document(_saved(tmp_path, made)).blocks]
    assert texts[-2:] == ["This was put in and linked", "In a form."]


def _with(folder: Path, name: str, content: bytes) -> Path:
    """A Word file with one part put in another's place."""
    whole = io.BytesIO()
    _guide().save(whole)
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return written(folder, "ward.docx", made.getvalue())


_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/document.xml", _ENTITIES, "entities"),
        ("word/styles.xml", _ENTITIES, "entities"),
        ("word/styles.xml", _ENTITIES.decode().encode("utf-16-le"), "entities"),
        ("word/styles.xml", _ENTITIES.decode().encode("utf-16-be"), "entities"),
        ("word/document.xml", b" " * 70_000_000, "far too large"),
        ("word/settings.xml", b" " * 70_000_000, "far too large"),
        ("word/document.xml", b"<w:document", "broken"),
        ("word/document.xml", b"<a/>", "broken"),
        ("word/numbering.xml", b"nothing", "broken"),
        ("[Content_Types].xml", b"<Types/>", "broken"),
    ],
)
def test_a_broken_or_harmful_file_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(DocumentError, match=said):
        read_document(_with(tmp_path, name, content))


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path, _guide())
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(DocumentError, match="broken"):
        read_document(path)


def test_a_file_of_countless_parts_is_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path, _guide())
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(5_001):
            archive.writestr(f"word/part{number}.xml", b"")
    with pytest.raises(DocumentError, match="far too large"):
        read_document(path)
