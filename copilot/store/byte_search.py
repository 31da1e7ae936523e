"""Searching every byte of a folder for texts: the proof that something is gone."""

import html
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ByteSearch:
    """What a search came to.

    Attributes:
        files: How many files were read.
        bytes: How many bytes they hold.
        found: For each text that was looked for, the files it stands in, relative to the folder.
        unread: The files that could not be read, relative to the folder.
    """

    files: int
    bytes: int
    found: dict[str, tuple[str, ...]]
    unread: tuple[str, ...]


def search_bytes(
    folder: Path, texts: Iterable[str], *, chunk_bytes: int = _CHUNK_BYTES
) -> ByteSearch:
    """Look for ``texts`` in every file under ``folder``, links followed.

    Each text is looked for as UTF-8, as JSON may escape it, and as HTML may; files are read a
    chunk at a time, so that their size does not matter.

    Args:
        folder: Where to look.
        texts: What to look for; each is only found in one piece.
        chunk_bytes: How much is read at a time.
    """
    needles = {text: _forms(text) for text in texts}
    longest = max((len(form) for forms in needles.values() for form in forms), default=1)
    read = size = 0
    found: dict[str, list[str]] = {text: [] for text in needles}
    unread: list[str] = []
    for path in sorted(_files(folder)):
        try:
            length, hits = _look(path, needles, longest - 1, chunk_bytes)
        except FileNotFoundError:
            continue  # gone meanwhile: another program's passing file
        except OSError:
            unread.append(str(path.relative_to(folder)))
            continue
        read, size = read + 1, size + length
        for text in hits:
            found[text].append(str(path.relative_to(folder)))
    places = {text: tuple(files) for text, files in found.items()}
    return ByteSearch(read, size, places, tuple(unread))


def _forms(text: str) -> set[bytes]:
    written = {text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    written |= {html.escape(text), html.escape(text, quote=False)}
    return {form.encode("utf-8", "surrogatepass") for form in written if form}


def _files(folder: Path) -> Iterator[Path]:
    seen: set[str] = set()  # folders by their real place, so that links in a circle come to an end
    for parent, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in names:
            path = Path(parent, name)
            if path.is_file():
                yield path


def _look(
    path: Path, needles: dict[str, set[bytes]], overlap: int, chunk_bytes: int
) -> tuple[int, set[str]]:
    """How long a file is, and which texts stand in it."""
    length = 0
    tail = b""
    hits: set[str] = set()
    with path.open("rb") as file:
        while chunk := file.read(chunk_bytes):
            length += len(chunk)
            piece = tail + chunk
            for text, forms in needles.items():
                if text not in hits and any(form in piece for form in forms):
                    hits.add(text)
            tail = piece[-overlap:] if overlap else b""
    return length, hits
