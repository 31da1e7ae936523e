"""Writing encoders as the product loads them: ONNX, 8 bits, one vocabulary for all."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnx.external_data_helper import set_external_data
from tokenizers import Tokenizer
from torch import nn

from copilot.matching.encoders import HASHES, TOKENIZER, WORDS
from training.encoder import SCALE, Encoder, Layer, Reader
from training.graph import graph_of

#: Files are mapped into memory by pages; these are the largest of any system.
_PAGE_BYTES = 64 * 1024
_TABLES = ("words", "word_scales")


def write_vocabulary(encoder: Encoder, tokenizer: Tokenizer, folder: Path) -> None:
    """Write the pieces and their vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    # Written beside it first: whoever has the old file mapped goes on with that.
    draft = folder / f"{WORDS}.new"
    with draft.open("wb") as file:
        for name in _TABLES:
            file.write(b"\0" * (-file.tell() % _PAGE_BYTES))
            file.write(_table(encoder, name).tobytes())
    draft.replace(folder / WORDS)
    _note(folder, (TOKENIZER, WORDS))


def write_encoder(model: Encoder | Reader, name: str, folder: Path) -> None:
    """Write ``model`` as ``name``; the vocabulary must be there.

    Raises:
        ValueError: The vocabulary in ``folder`` is not the encoder's.
    """
    encoder = model.encoder if isinstance(model, Reader) else model
    size_bytes = sum(_table(encoder, table).nbytes for table in _TABLES)
    if (folder / WORDS).stat().st_size not in range(size_bytes, size_bytes + _PAGE_BYTES):
        raise ValueError(f"{folder / WORDS} holds another vocabulary")
    made = graph_of(model)
    _share_tables(made, encoder)
    draft = folder / f"{name}.new"
    draft.write_bytes(made.SerializeToString())
    draft.replace(folder / f"{name}.onnx")
    _note(folder, (f"{name}.onnx",))


def read_back(model: Reader, name: str, folder: Path) -> None:
    """Give ``model`` the weights that were written as ``name``, as far as 8 bits have kept them.

    Raises:
        KeyError: The file has fewer layers than the model.
    """
    made = onnx.load(str(folder / f"{name}.onnx"), load_external_data=False)
    kept = {one.name: one for one in made.graph.initializer if one.name not in _TABLES}

    def number(key: str) -> np.ndarray:
        return np.asarray(numpy_helper.to_array(kept[key]), np.float32)

    def fill(module: nn.Linear | nn.LayerNorm, weight: np.ndarray, bias: np.ndarray) -> None:
        module.weight.copy_(torch.tensor(weight))
        module.bias.copy_(torch.tensor(bias))

    def matrix(key: str) -> np.ndarray:
        return np.ascontiguousarray((number(f"{key}.whole") * number(f"{key}.scale")).T)

    with torch.no_grad():
        fill(model.encoder.norm, number("norm.norm"), number("norm.shift"))
        fill(model.head, number("head").T / SCALE, number("head.bias"))
        for index, layer in enumerate(model.encoder.layers):
            assert isinstance(layer, Layer)
            at = f"l{index}"
            thirds = np.split(matrix(f"{at}.qkv"), 3)
            biases = np.split(number(f"{at}.qkv.bias"), 3)
            for part, weight, bias in zip((layer.q, layer.k, layer.v), thirds, biases, strict=True):
                fill(part, weight, bias)
            fill(layer.ao, matrix(f"{at}.ao"), number(f"{at}.aln.bias"))
            fill(layer.fi, matrix(f"{at}.fi"), number(f"{at}.fi.bias"))
            fill(layer.fo, matrix(f"{at}.fo"), number(f"{at}.oln.bias"))
            fill(layer.aln, number(f"{at}.aln.norm"), number(f"{at}.aln.shift"))
            fill(layer.oln, number(f"{at}.oln.norm"), number(f"{at}.oln.shift"))


def _table(encoder: Encoder, name: str) -> np.ndarray:
    return np.asarray(encoder.get_buffer(name).numpy())


def _share_tables(made: onnx.ModelProto, encoder: Encoder) -> None:
    """Let the vocabulary's vectors be read from their own file."""
    end = 0
    for name in _TABLES:
        table = _table(encoder, name)
        begin = end + -end % _PAGE_BYTES
        end = begin + table.nbytes
        tensor = made.graph.initializer.add(name=name, dims=table.shape)
        tensor.data_type = helper.np_dtype_to_tensor_dtype(table.dtype)
        tensor.raw_data = b""  # there to be set aside; the numbers are in the file already
        set_external_data(tensor, location=WORDS, offset=begin, length=table.nbytes)
        tensor.ClearField("raw_data")


def _note(folder: Path, names: Sequence[str]) -> None:
    """Keep the list of hashes up to date."""
    path = folder / HASHES
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    known = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in names:
        content = (folder / name).read_bytes()
        known[name] = hashlib.sha256(content).hexdigest()
        print(f"{folder / name}: {len(content) / 1e6:.1f} MB")
    text = "".join(f"{known[name]}  {name}\n" for name in sorted(known))
    path.write_text(text, encoding="ascii")
