"""What is no document is refused with a reason and a remedy; encodings and languages are told."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from copilot.errors import ExitCode
from copilot.guides.documents.reading import read_document
from copilot.guides.documents.trouble import DocumentError
from tests.guides.documents.making import Put, pdf, shown, written

ENGLISH = (
    "What we ask a beekeeper\n\nThese are the questions that we put to everyone who wants to keep "
    "our bees.\n\n1. How do you open a hive?\n2. What do you do when they swarm?\n"
)
FRENCH = (
    "Ce que nous demandons à un apiculteur\n\nVoici les questions que nous posons à chacun de ceux "
    "qui veulent élever nos abeilles près de l'étang.\n\n1. Comment ouvrez-vous une ruche ?\n"
    "2. Que faites-vous quand elles s'envolent où vous ne pouvez pas aller ?\n"
)


def _refused(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    error = caught.value
    assert error.exit_code is ExitCode.INPUT
    assert error.remedy
    assert str(path) in error.message
    return error


def test_text_is_read_in_its_language(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "bees.txt", ENGLISH)).language == "en"
    assert read_document(written(tmp_path, "abeilles.txt", FRENCH)).language == "fr"


def test_an_english_text_under_french_headings_is_english(tmp_path: Path) -> None:
    text = (
        "Signaux d'alerte\n\n" + ENGLISH + "\nConseils d'entretien\n\nLe processus de recrutement\n"
    )
    assert read_document(written(tmp_path, "mixed.txt", text)).language == "en"


GERMAN = (
    "Wie öffnen Sie einen Bienenstock? Was machen Sie, wenn die Bienen schwärmen und nicht "
    "zurückkommen? Wir suchen jemanden, der mit ihnen umgehen kann und das auch gern macht, denn "
    "es ist eine schöne Arbeit für alle, die die Natur lieben."
)
SPANISH = (
    "¿Cómo abre usted una colmena? ¿Qué hace cuando las abejas se van y no vuelven? Buscamos a una "
    "persona que sepa trabajar con ellas, porque es un trabajo para los que aman la naturaleza y "
    "no tienen miedo de que les piquen en el campo."
)
FINNISH = (
    "Miten avaat mehiläispesän? Mitä teet, kun mehiläiset parveilevat eivätkä palaa? Etsimme "
    "henkilöä, joka osaa hoitaa niitä ja pitää siitä, sillä työ on kaunista kaikille, jotka "
    "rakastavat luontoa eivätkä pelkää pistoja. Kerro meille, mitä olet tehnyt tähän asti ja miksi "
    "haluat juuri meille töihin ensi keväänä."
)
RUSSIAN = "Как вы открываете улей? Что вы делаете, когда пчёлы улетают?"


@pytest.mark.parametrize(
    ("text", "named"),
    [(GERMAN, "German"), (SPANISH, "Spanish"), (FINNISH, "neither"), (RUSSIAN, "neither")],
)
def test_a_third_language_is_refused_by_its_name(tmp_path: Path, text: str, named: str) -> None:
    assert named in _refused(written(tmp_path, "guide.txt", text)).message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman"]
)  # fmt: skip
def test_each_usual_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    plain = read_document(written(tmp_path, "plain.txt", FRENCH))
    other = read_document(written(tmp_path, "other.txt", FRENCH.encode(encoding)))
    assert other.blocks == plain.blocks


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(tmp_path: Path, end: str) -> None:
    document = read_document(written(tmp_path, "bees.txt", ENGLISH.replace("\n", end)))
    assert [block.line for block in document.blocks] == [1, 3, 5, 6]


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{FRENCH}</p></body></html>'
    document = read_document(written(tmp_path, "page.html", page.encode("cp1252")))
    assert "à un apiculteur" in document.blocks[0].text


def test_mixed_encodings_are_refused_by_the_line(tmp_path: Path) -> None:
    lines = [line.encode() for line in FRENCH.splitlines()]
    lines[4] = "Comment gérez-vous l'été ?".encode("cp1252")
    assert "line 5" in _refused(written(tmp_path, "mixed.txt", b"\n".join(lines))).message


def test_half_a_character_of_utf_16_is_refused_by_the_line(tmp_path: Path) -> None:
    content = b"\xff\xfe" + "One\nTwo\n".encode("utf-16-le") + b"\x00\xd8\x41\x00"
    assert "line 3" in _refused(written(tmp_path, "odd.txt", content)).message


def _zip(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "/"), content)
    return made.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n \n\t\n", "no text"),
        (b"* * *\n---\n", "no text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "an image"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "an image"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a recording"),
        (b"ID3\x04" + b"\0" * 40, "a recording"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 40, "a recording"),
        (b"\x7fELF" + b"\0" * 40, "a program"),
        (bytes(range(256)) * 20, "binary data"),
        (b"{\\rtf1 Questions}", "Rich Text"),
        (_OLE + "WordDocument".encode("utf-16-le"), "old format"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (_OLE, "old Office file"),
        (_zip(xl_workbook="<x/>"), "spreadsheet"),
        (_zip(mimetype="odt", content="") + b"", "electronic book"),
        (_zip(a="b"), "an archive"),
        (b"PK\x03\x04" + b"\1" * 60, "broken"),
        (b"%PDF-1.4\nnothing more", "broken"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", "web archive"),
    ],
)
def test_what_is_no_document_is_refused_by_what_it_is(
    tmp_path: Path, content: bytes, said: str
) -> None:
    # The name promises a text: what is in the file counts.
    assert said in _refused(written(tmp_path, "guide.txt", content)).message


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no such file" in _refused(tmp_path / "nothing.txt").message
    assert "folder" in _refused(tmp_path).message


def test_too_much_is_refused(tmp_path: Path) -> None:
    assert "1,000,000" in _refused(written(tmp_path, "long.txt", ENGLISH * 7000)).message
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(30_000_001)
    assert "30" in _refused(large).message


def test_a_pdf_file_under_another_name_is_read(tmp_path: Path) -> None:
    page = [Put(60, 700, "These are the questions that we put to you.")]
    document = read_document(written(tmp_path, "guide.doc", pdf([page])))
    assert shown(document) == ["paragraph 0 - These are the questions that we put to you."]


NAVIGATION = (
    "Home\nAbout us\nContact\nBlog\n\nWe use cookies on this site.\nAccept all\n\n© 2026 Bees Ltd\n"
)


def test_a_page_that_is_all_navigation_is_refused(tmp_path: Path) -> None:
    assert "menus" in _refused(written(tmp_path, "page.txt", NAVIGATION)).message


COPIED = (
    "Skip to content\nHome > Hiring > Bees\n\n"
    + ENGLISH
    + "\nThe 30 Best Questions for a Shepherd\n\nRelated Posts\n\nHow to hire a shepherd\n\n"
    "Leave a Comment\n\nRequired fields are marked with a star\n\n"
    "Name *\n\nSave my name, email, and website in this browser.\n\nSubscribe to our newsletter\n\n"
    "Privacy Policy\n"
)


def test_the_page_around_a_copied_text_is_left_out_and_said(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "copied.txt", COPIED))
    assert shown(document) == shown(read_document(written(tmp_path, "bees.txt", ENGLISH)))
    assert [(left.block.text[:20], left.why) for left in document.left_out] == [
        ("Skip to content", "menu"),
        ("Home > Hiring > Bees", "where the page stands in its site"),
        ("The 30 Best Question", "links to other pages"),
        ("Related Posts", "links to other pages"),
        ("How to hire a shephe", "links to other pages"),
        ("Leave a Comment", "comment form"),
        ("Required fields are ", "comment form"),
        ("Name *", "comment form"),
        ("Save my name, email,", "comment form"),
        ("Subscribe to our new", "newsletter"),
        ("Privacy Policy", "footer"),
    ]


def test_the_site_that_praises_itself_is_left_out(tmp_path: Path) -> None:
    text = (
        "Miela\nMétiers\n\n" + FRENCH + "\nL'assistant de Miela\n\nRecrutez vos apiculteurs avec "
        "notre outil.\n\nRecruter un apiculteur, le guide complet | Miela\n"
    )
    document = read_document(written(tmp_path, "page.txt", text))
    assert shown(document) == shown(read_document(written(tmp_path, "bees.txt", FRENCH)))
    assert [left.why for left in document.left_out] == [
        "name of the site",
        "where the page stands in its site",
        "advert",
        "advert",
        "title of the page",
    ]


def test_a_list_of_a_guide_is_no_menu(tmp_path: Path) -> None:
    text = (
        ENGLISH
        + "\nSkills\n\n• LinkedIn\n• Facebook\n• E-mail\n• Search\n\nTools:\n• Products\n• Team\n• Support\n"
    )
    assert read_document(written(tmp_path, "skills.txt", text)).left_out == ()


def test_a_contents_list_of_later_headings_is_left_out(tmp_path: Path) -> None:
    text = (
        "# Bees\n\nContents\n\n- Questions\n- Red flags\n\n## Questions\n\n" + ENGLISH
        + "\n## Red flags\n\n- Is afraid of bees\n"
    )  # fmt: skip
    document = read_document(written(tmp_path, "bees.md", text))
    assert {left.why for left in document.left_out} == {"table of contents"}
    assert len(document.left_out) == 3


DENSE = """Menu
Products
Pricing
Log in
Start your free trial
Blog / Animals
9 zoo keeper interview questions (with answers)
Jane Roe
March 12, 2024
8 min read
It is hard to find a keeper. In this guide we share the questions that good zoos ask.
In this article
Why it matters
The questions
Red flags
Why it matters
The animals live with your choice for years.
The questions
1
How do you feed an elephant?
Look for a plan, a scale and a second person.
2
Tell me about an animal you lost.
Look for honesty.
Red flags
Blames the animals
Share this article
Facebook
LinkedIn
You might also like
How to hire a vet
Get the newsletter
Enter your email
Subscribe
© 2024 Zoo Ltd. All rights reserved.
Terms
"""


def test_a_page_copied_without_empty_lines(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "zoo.txt", DENSE))
    assert shown(document) == [
        "heading 1 - 9 zoo keeper interview questions (with answers)",
        (
            "paragraph 0 - It is hard to find a keeper. In this guide we share the questions that good "
            "zoos ask."
        ),
        "heading 2 - Why it matters",
        "paragraph 0 - The animals live with your choice for years.",
        "heading 2 - The questions",
        "heading 3 1 How do you feed an elephant?",
        "paragraph 0 - Look for a plan, a scale and a second person.",
        "heading 3 2 Tell me about an animal you lost.",
        "paragraph 0 - Look for honesty.",
        "heading 2 - Red flags",
        "paragraph 0 - Blames the animals",
    ]
    whole = sum(1 for line in DENSE.splitlines() if not line.isdecimal())
    assert len(document.left_out) == whole - len(document.blocks)


@pytest.mark.parametrize(
    ("module", "name", "content"),
    [
        ("docx", "python-docx", _zip(**{"word_document.xml": "<x/>"})),
        ("charset_normalizer", "charset-normalizer", FRENCH.encode("cp1252")),
    ],
)
def test_a_missing_library_is_said_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, content: bytes
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DocumentError, match=name) as caught:
        read_document(written(tmp_path, "guide.docx", content))
    assert "interview-copilot[documents]" in caught.value.remedy
