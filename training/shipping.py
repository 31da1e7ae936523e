"""Writing encoders as the product loads them: ONNX, 8 bits, one vocabulary for all."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from copilot.matching.encoders import BEGIN, END, HASHES, PADDING, TOKENIZER, WORDS
from training.encoder import Encoder

#: Files are mapped into memory by pages; these are the largest of any system.
_PAGE_BYTES = 64 * 1024
_OPSET = 17
_TABLES = ("words", "word_scales")
#: What goes into these matrices varies most from token to token; it is not rounded, only they are.
_WEIGHTS_ALONE = "/fo/MatMul"


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


def write_encoder(model: nn.Module, encoder: Encoder, name: str, folder: Path) -> None:
    """Write ``model``, which runs ``encoder`` first, as ``name``; the vocabulary must be there.

    Raises:
        ValueError: The vocabulary in ``folder`` is not the encoder's.
    """
    size_bytes = sum(_table(encoder, table).nbytes for table in _TABLES)
    if (folder / WORDS).stat().st_size not in range(size_bytes, size_bytes + _PAGE_BYTES):
        raise ValueError(f"{folder / WORDS} holds another vocabulary")
    path, whole = folder / f"{name}.onnx", folder / f"{name}.whole.onnx"
    torch.onnx.export(
        model.eval(),
        (torch.tensor([[BEGIN, END, END, PADDING], [BEGIN, END, END, END]]),),
        str(whole),
        input_names=["ids"],
        output_names=["rows"],
        dynamic_axes={"ids": {0: "batch", 1: "length"}},
        opset_version=_OPSET,
        dynamo=False,
    )
    names = [node.name for node in onnx.load(str(whole)).graph.node]
    # Seven bits of the eight: older processors without VNNI instructions would overflow.
    quantize_dynamic(
        whole,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=[name for name in names if name.endswith(_WEIGHTS_ALONE)],
    )
    whole.unlink()
    model_file = onnx.load(str(path))
    _round_weights(model_file)
    _share_tables(model_file, encoder)
    path.write_bytes(model_file.SerializeToString())
    _note(folder, (path.name,))


def _table(encoder: Encoder, name: str) -> np.ndarray:
    return np.asarray(encoder.get_buffer(name).numpy())


def _round_weights(model: onnx.ModelProto) -> None:
    """Keep the matrices that are used as they are in 8 bits; they are unpacked once, at loading."""
    graph = model.graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    unpacking = []
    for node in graph.node:
        if not node.name.endswith(_WEIGHTS_ALONE):
            continue
        tensor = stored[node.input[1]]
        matrix = numpy_helper.to_array(tensor)
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9) / 127
        name = tensor.name
        graph.initializer.remove(tensor)
        whole = np.round(matrix / scale).astype(np.int8)
        graph.initializer.append(numpy_helper.from_array(whole, f"{name}.whole"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        # Not DequantizeLinear: that one would be left to every run.
        unpacking += [
            helper.make_node(
                "Cast", [f"{name}.whole"], [f"{name}.cast"], to=onnx.TensorProto.FLOAT
            ),
            helper.make_node("Mul", [f"{name}.cast", f"{name}.scale"], [name]),
        ]
    for place, node in enumerate(unpacking):
        graph.node.insert(place, node)


def _share_tables(model: onnx.ModelProto, encoder: Encoder) -> None:
    """Let the vocabulary's vectors be read from their own file."""
    begins, end = {}, 0
    for name in _TABLES:
        begins[name] = end + -end % _PAGE_BYTES
        end = begins[name] + _table(encoder, name).nbytes
    shared = set()
    for tensor in model.graph.initializer:
        name = tensor.name.rpartition(".")[2]
        if name in _TABLES:
            length = len(tensor.raw_data)
            set_external_data(tensor, location=WORDS, offset=begins[name], length=length)
            tensor.ClearField("raw_data")
            shared.add(name)
    if shared != set(_TABLES):
        raise ValueError("the word vectors were not found")


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
