"""Reading a PDF as Chromium writes it, no further than tests need: its pages and their text."""

import re
import zlib

_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj$", re.DOTALL | re.MULTILINE)
_STREAM = re.compile(rb">> stream\n(.*?)\nendstream", re.DOTALL)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without the spaces that are only places on it."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    return [_text(page, objects) for page in pages]


def _text(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {
        name: _letters(objects[int(number)], objects)
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)
    }
    content = re.search(rb"/Contents (\d+) 0 R", page)
    assert content
    text = ""
    letters: dict[int, str] = {}
    for font, shown in re.findall(
        rb"/(F\d+) [\d.]+ Tf|((?:<[0-9A-Fa-f]+>[^<]*?)+)T[jJ]", _inflated(objects[int(content[1])])
    ):
        letters = fonts[font] if font else letters
        for codes in re.findall(rb"<([0-9A-Fa-f]+)>", shown):
            each = (int(codes[at : at + 4], 16) for at in range(0, len(codes), 4))
            text += "".join(letters.get(code, "") for code in each)
    return text


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Which letter each code of a font stands for."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not found:
        return {}
    table = _inflated(objects[int(found[1])])
    letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(rb"<(\w+)> <(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                letters[code] = chr(int(letter, 16) + code - int(first, 16))
    return letters


def _inflated(stream: bytes) -> bytes:
    found = _STREAM.search(stream)
    assert found
    return zlib.decompress(found[1])
