"""Documents made for the tests: PDF files byte by byte, and what they hold as short lines."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.guides.documents.model import Document


@dataclass(frozen=True)
class Put:
    """A line on a page of a PDF file, in points from its lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def shown(document: Document) -> list[str]:
    """Each block as ``kind level number text``."""
    return [
        f"{block.kind.value} {block.level} {block.number or '-'} {block.text}"
        for block in document.blocks
    ]


def pdf(pages: Sequence[Sequence[Put]], *, picture: bool = False, encrypt: bool = False) -> bytes:
    """A PDF file of 595 by 842 points with these lines on its pages."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    def stream(content: bytes, entries: bytes = b"") -> bytes:
        packed = zlib.compress(content)
        return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (
            len(packed),
            entries,
            packed,
        )

    catalog, tree = add(b"<< /Type /Catalog /Pages 2 0 R >>"), add(b"")
    fonts = [
        add(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name)
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    image = add(
        stream(
            b"\0" * 12,
            b"/Type /XObject /Subtype /Image /Width 2 /Height 2 "
            b"/ColorSpace /DeviceRGB /BitsPerComponent 8",
        )
    )
    kids = []
    for page in pages:
        drawn = b"".join(
            b"BT /F%d %g Tf %g %g Td (%s) Tj ET\n"
            % (1 + put.bold, put.size, put.x, put.y, _escaped(put.text))
            for put in page
        )
        if picture:
            drawn += b"q 500 0 0 700 40 40 cm /Im Do Q\n"
        content = add(stream(drawn))
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
                b"<< /Font << /F1 %d 0 R /F2 %d 0 R >> /XObject << /Im %d 0 R >> >> >>"
                % (content, *fonts, image)
            )
        )
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    trailer = b"/Root %d 0 R" % catalog
    if encrypt:
        key = b"<" + b"ab" * 32 + b">"
        lock = add(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >>" % (key, key))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % lock
    made = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            trailer,
            len(made),
        )
    )


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
