"""An encoder as an ONNX graph, in 8 bits, laid out for one text at a time on one processor core.

Written by hand rather than exported: a text alone needs no mask, the three matrices of attention
are one, and numbers are rounded with a scale a token, so that a token whose numbers are large does
not cost the others their precision. Whatever multiplies two rounded numbers must fit older
processors as well, which add pairs of products in 16 bits: 8 bits times 7, or 7 times 8.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper
from torch import nn

from training.encoder import SCALE, Encoder, Layer, Reader

Array = npt.NDArray[np.float32]
#: Whole numbers, and the scale of each column.
Rounded = tuple[npt.NDArray[np.int8], Array]

OPSET = 17
_IR_VERSION = 9  # what onnxruntime 1.18 reads
_MICROSOFT = "com.microsoft"
#: The least of the activation function, with its sign turned: what it gives is positive with it.
_LIFT = 0.17


class Graph:
    """Nodes and constants so far; every method adds some and returns the name of what they give."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, TensorProto] = {}

    def constant(self, name: str, value: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        """A constant, kept once under its name."""
        if name not in self.constants:
            array = np.ascontiguousarray(value, dtype)
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """What a node with one output gives."""
        [output] = self.nodes_outputs(kind, inputs, 1, **attributes)
        return output

    def nodes_outputs(
        self, kind: str, inputs: tuple[str, ...], count: int, **attributes: Any
    ) -> list[str]:
        """What a node with several outputs gives."""
        domain, _, name = kind.rpartition(":")
        outputs = [f"{name}{len(self.nodes)}.{number}" for number in range(count)]
        self.nodes.append(
            helper.make_node(name, list(inputs), outputs, outputs[0], domain=domain, **attributes)
        )
        return outputs


class _Writer:
    """Writes an encoder into a graph. What runs between nodes has shape (tokens, width)."""

    def __init__(self, graph: Graph, encoder: Encoder) -> None:
        self._graph = graph
        self._encoder = encoder
        self._hidden = encoder.norm.normalized_shape[0]
        self._tokens = ""  # how many, as the graph knows it
        self._middle = ""  # the zero of numbers that were rounded around it, one a token

    def encode(self, ids: str) -> str:
        """The unit vector of a text; shape (1, width)."""
        graph = self._graph
        flat = graph.node("Reshape", ids, graph.constant("all", [-1], np.int64))
        self._tokens = graph.node("Shape", flat)
        self._middle = graph.node("Expand", graph.constant("middle", [128], np.uint8), self._tokens)
        words = graph.node("Cast", graph.node("Gather", "words", flat), to=TensorProto.FLOAT)
        scaled = graph.node("Mul", words, graph.node("Gather", "word_scales", flat))
        first = graph.constant("first", [0], np.int64)
        places = graph.constant("places", _array(self._encoder.get_buffer("places")))
        here = graph.node("Slice", places, first, self._tokens)
        tokens = self._normed("norm", graph.node("Add", scaled, here), self._encoder.norm)
        for number, layer in enumerate(self._encoder.layers):
            assert isinstance(layer, Layer)
            tokens = self._layer(f"l{number}", tokens, layer)
        mean = graph.node("ReduceMean", tokens, axes=[0], keepdims=1)
        return graph.node("LpNormalization", mean, axis=-1, p=2)

    def _layer(self, name: str, tokens: str, layer: Layer) -> str:
        seen = self._attention(name, tokens, layer)
        tokens = self._added(f"{name}.aln", seen, tokens, layer.ao, layer.aln)
        inner = self._product(f"{name}.fi", tokens, _matrix(layer.fi))
        bias = self._graph.constant(f"{name}.fi.bias", _array(layer.fi.bias))
        inner = self._graph.node(f"{_MICROSOFT}:BiasGelu", inner, bias)
        inner = self._lifted_product(f"{name}.fo", inner, _matrix(layer.fo))
        return self._added(f"{name}.oln", inner, tokens, layer.fo, layer.oln)

    def _attention(self, name: str, tokens: str, layer: Layer) -> str:
        graph, parts = self._graph, (layer.q, layer.k, layer.v)
        weights = np.concatenate([_matrix(part) for part in parts], axis=1)
        biases = np.concatenate([_array(part.bias) for part in parts])
        sizes = graph.constant("thirds", [self._hidden] * 3, np.int64)
        together = self._product(f"{name}.qkv", tokens, weights)
        batch = graph.constant("batch", [1, -1, self._hidden], np.int64)
        split = graph.nodes_outputs("Split", (together, sizes), 3, axis=1)
        seen = graph.node(
            f"{_MICROSOFT}:MultiHeadAttention",
            *(graph.node("Reshape", part, batch) for part in split),
            graph.constant(f"{name}.qkv.bias", biases),
            num_heads=layer.heads,
        )
        flat = graph.constant("flat", [-1, self._hidden], np.int64)
        return self._product(f"{name}.ao", graph.node("Reshape", seen, flat), _matrix(layer.ao))

    def _added(
        self, name: str, product: str, tokens: str, linear: nn.Linear, norm: nn.LayerNorm
    ) -> str:
        """Tokens with what a part of a layer adds, normed; one node for all of it takes longer."""
        graph = self._graph
        bias = graph.constant(f"{name}.bias", _array(linear.bias))
        whole = graph.node("Add", graph.node("Add", product, bias), tokens)
        return self._normed(name, whole, norm)

    def _normed(self, name: str, tokens: str, norm: nn.LayerNorm) -> str:
        graph = self._graph
        weight = graph.constant(f"{name}.norm", _array(norm.weight))
        shift = graph.constant(f"{name}.shift", _array(norm.bias))
        return graph.node("LayerNormalization", tokens, weight, shift, axis=-1, epsilon=norm.eps)

    def _product(self, name: str, tokens: str, weights: Array) -> str:
        """Tokens in 8 bits times weights in 7."""
        graph = self._graph
        highest = graph.node("ReduceMax", tokens, axes=[1], keepdims=0)
        lowest = graph.node("ReduceMin", tokens, axes=[1], keepdims=0)
        largest = graph.node("Max", highest, graph.node("Neg", lowest))
        scales = graph.node("Mul", largest, graph.constant("1/127", 1 / 127))
        rounded = graph.node("QuantizeLinear", tokens, scales, self._middle, axis=0)
        zero = graph.constant("128", 128, np.uint8)
        product = self._multiplied(name, rounded, zero, _rounded(weights, 64))
        return graph.node("Mul", product, self._column(scales))

    def _lifted_product(self, name: str, tokens: str, weights: Array) -> str:
        """The same for what the activation function gives, which is hardly ever negative.

        Rounded from its least number up, in 7 bits, times weights in 8: these vary more than others
        from token to token.
        """
        graph = self._graph
        whole, weight_scales = _rounded(weights, 127)
        lifted = graph.node("Add", tokens, graph.constant("lift", _LIFT))
        highest = graph.node("ReduceMax", lifted, axes=[1], keepdims=0)
        scales = graph.node("Mul", highest, graph.constant("1/127", 1 / 127))
        nothing = graph.node("Sub", self._middle, self._middle)
        rounded = graph.node("QuantizeLinear", lifted, scales, nothing, axis=0)
        zero = graph.constant("0", 0, np.uint8)
        product = self._multiplied(name, rounded, zero, (whole, weight_scales))
        product = graph.node("Mul", product, self._column(scales))
        too_much = _LIFT * whole.sum(axis=0, dtype=np.float32) * weight_scales
        return graph.node("Sub", product, graph.constant(f"{name}.lift", too_much))

    def _multiplied(self, name: str, rounded: str, zero: str, weights: Rounded) -> str:
        graph, (whole, scales) = self._graph, weights
        return graph.node(
            f"{_MICROSOFT}:MatMulIntegerToFloat",
            rounded,
            graph.constant(f"{name}.whole", whole, np.int8),
            graph.constant("1", 1),
            graph.constant(f"{name}.scale", scales),
            zero,
        )

    def _column(self, scales: str) -> str:
        graph = self._graph
        return graph.node("Unsqueeze", scales, graph.constant("column", [1], np.int64))


def graph_of(model: Encoder | Reader) -> ModelProto:
    """The graph from ``ids``, int64 of shape (1, length), to ``rows``, float32 of shape (1, n).

    The tables ``words`` and ``word_scales`` are named but left out.
    """
    graph = Graph()
    if isinstance(model, Reader):
        vector = _Writer(graph, model.encoder).encode("ids")
        weights = graph.constant("head", SCALE * _matrix(model.head))
        bias = graph.constant("head.bias", _array(model.head.bias))
        rows, width = graph.node("Gemm", vector, weights, bias), model.head.out_features
    else:
        rows, width = _Writer(graph, model).encode("ids"), model.norm.normalized_shape[0]
    graph.nodes.append(helper.make_node("Identity", [rows], ["rows"]))
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "length"])],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [1, width])],
        list(graph.constants.values()),
    )
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=_IR_VERSION)


def _rounded(weights: Array, most: int) -> Rounded:
    """Weights as whole numbers from ``-most`` to ``most``, and the scale of each column."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / most
    return np.round(weights / scale).astype(np.int8), np.asarray(scale, np.float32)


def _matrix(linear: nn.Linear) -> Array:
    return np.ascontiguousarray(_array(linear.weight).T)


def _array(tensor: Any) -> Array:
    return np.asarray(tensor.detach().numpy(), np.float32)
