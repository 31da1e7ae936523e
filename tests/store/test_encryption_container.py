"""One encrypted file: given back whole, or not at all."""

import io
import tracemalloc
from pathlib import Path

import pytest

from copilot.store.encryption.container import Damaged, seal, unseal

KEY = b"s" * 32
CHUNK = 64
HEADER = 45
TAG = 16


def _sealed(text: bytes, purpose: str = "file a", key: bytes = KEY) -> bytes:
    written = io.BytesIO()
    assert seal(io.BytesIO(text), written.write, key, purpose, chunk_bytes=CHUNK) == len(text)
    return written.getvalue()


def _unsealed(sealed: bytes, purpose: str = "file a", key: bytes = KEY) -> bytes:
    return b"".join(unseal(io.BytesIO(sealed), key, purpose))


def _text(length: int) -> bytes:
    return bytes(number % 251 for number in range(length))


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_what_was_encrypted_is_given_back(length: int) -> None:
    assert _unsealed(_sealed(_text(length))) == _text(length)


def test_the_same_text_never_looks_the_same() -> None:
    first, second = _sealed(_text(CHUNK)), _sealed(_text(CHUNK))

    assert first[HEADER:] != second[HEADER:]
    assert first[HEADER : HEADER + CHUNK] != _text(CHUNK)


def test_a_bit_that_flips_anywhere_is_found() -> None:
    sealed = _sealed(_text(2 * CHUNK + 7))

    for place in range(len(sealed)):
        for bit in (0, 7):
            changed = bytearray(sealed)
            changed[place] ^= 1 << bit
            with pytest.raises(Damaged):
                _unsealed(bytes(changed))


def test_it_is_said_which_chunk_was_changed() -> None:
    changed = bytearray(_sealed(_text(3 * CHUNK)))
    changed[HEADER + CHUNK + TAG + 3] ^= 1

    with pytest.raises(Damaged) as damaged:
        _unsealed(bytes(changed))

    assert damaged.value.chunk == 2


@pytest.mark.parametrize("length", [0, CHUNK, 2 * CHUNK + 7])
def test_a_file_that_is_cut_off_anywhere_or_longer_is_found(length: int) -> None:
    sealed = _sealed(_text(length))

    for wrong in [sealed[:cut] for cut in range(len(sealed))] + [sealed + b"x", sealed * 2]:
        with pytest.raises(Damaged):
            _unsealed(wrong)


def test_chunks_that_change_places_or_repeat_are_found() -> None:
    sealed = _sealed(_text(3 * CHUNK))
    head, size = sealed[:HEADER], CHUNK + TAG
    first, second, third = (sealed[HEADER + at * size :][:size] for at in range(3))

    assert _unsealed(head + first + second + third) == _text(3 * CHUNK)
    for wrong in (
        second + first + third,
        first + first + third,
        first + second,
        first + second + third + third,
        first + third,
    ):
        with pytest.raises(Damaged):
            _unsealed(head + wrong)


def test_chunks_of_another_file_are_found() -> None:
    one, other = _sealed(_text(2 * CHUNK)), _sealed(_text(2 * CHUNK))
    size = HEADER + CHUNK + TAG

    with pytest.raises(Damaged):
        _unsealed(one[:size] + other[size:])
    with pytest.raises(Damaged):
        _unsealed(other[:HEADER] + one[HEADER:])


def test_a_file_opens_neither_for_another_purpose_nor_with_another_key() -> None:
    sealed = _sealed(_text(10))

    for wrong in ({"purpose": "file b"}, {"purpose": ""}, {"key": b"t" * 32}):
        with pytest.raises(Damaged):
            _unsealed(sealed, **wrong)


def test_what_is_no_encrypted_file_is_refused() -> None:
    for wrong in (b"", b"RIFF", b"x" * 200, b"ICSEALED\x01\xff\xff\xff\xff" + bytes(60)):
        with pytest.raises(Damaged):
            _unsealed(wrong)


class _Hour(io.BytesIO):
    """An hour of sound at 16 kHz and 16 bits, which nowhere lies whole."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 3600 * 16_000 * 2

    def read(self, size: int | None = -1) -> bytes:
        taken = min(size or 0, self.left)
        self.left -= taken
        return bytes(taken)


def test_an_hour_of_sound_takes_the_memory_of_a_few_chunks(tmp_path: Path) -> None:
    path = tmp_path / "sealed"
    tracemalloc.start()
    try:
        with path.open("wb") as file:
            assert seal(_Hour(), file.write, KEY, "sound") == _Hour().left
        with path.open("rb") as file:
            assert sum(len(chunk) for chunk in unseal(file, KEY, "sound")) == _Hour().left
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 8 << 20
