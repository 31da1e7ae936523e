"""A closer look: a small model that reads a passage and a target together.

Similarity cannot tell "we tested the way back" from "we meant to test the way back". This model
reads the passage, the target's label and description, and the sentence of the guide that is most
like the passage, all at once, and says which of four things the passage does. It is the first
layers of multilingual-e5-small with most of its vocabulary left out, trained further on examples
written for this project (``python -m training.fit_cross_encoder``), in 8 bits.
"""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copilot.errors import ModelError
from copilot.events import ModelRef

#: float32, shape (n, 4).
LogProbabilities = npt.NDArray[np.float32]

#: What a passage does to a target, in the order of the columns.
CLASSES = ("nothing", "says", "denies", "near")

WEIGHTS, TOKENIZER, HASHES = (
    "cross_encoder.onnx",
    "cross_encoder.tokenizer.json",
    "cross_encoder.sha256",
)
BEGIN, PADDING, END = 0, 1, 2
#: Longer texts are cut: the passage comes first, so that it is never what is lost.
LONGEST = 112  # tokens
#: The model's sign for the end of a text.
_SEPARATOR = "</s>"
_REMEDY = "Install Interview Copilot again."


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and what it may say.

    Attributes:
        passage: Without fillers.
        target: Label and description, as ``target_text`` puts them.
        example: The guide's sentence for the target that is most like the passage, or "".
    """

    passage: str
    target: str
    example: str

    def text(self) -> str:
        """As the model reads it."""
        parts = (self.passage, self.target, self.example)
        plain = (part.replace(_SEPARATOR, " ") for part in parts if part)
        # The encoder was first trained with this word before every text.
        return "query: " + f"{_SEPARATOR} ".join(plain)


class PassageReader(Protocol):
    """Tells what passages do to targets."""

    @property
    def model(self) -> ModelRef:
        """Which model does it."""

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        """For each pair the logarithms of the probabilities of ``CLASSES``."""


def target_text(label: str, description: str) -> str:
    """What of a target the model reads."""
    return f"{label}: {description}"


class CrossEncoder:
    """The model that ships."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Verify and load it.

        Args:
            folder: Where its files are; by default in this package.
            threads: Processor threads. One by default, as for the embedder.

        Raises:
            ModelError: A file is missing or damaged.
        """
        folder = folder or Path(str(resources.files("copilot.matching")))
        self._sha256 = _verified(folder)
        import onnxruntime  # noqa: PLC0415 - slow to import
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._lock = threading.Lock()  # two callers at once would only wait for the same cores

    @property
    def model(self) -> ModelRef:
        """The model's name and hash."""
        return ModelRef(
            purpose="matching",
            name="passage reader (8-bit)",
            version=self._sha256[:8],
            sha256=self._sha256,
        )

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        """As ``PassageReader.read``; about 10 ms a pair on one core."""
        if not pairs:
            return np.zeros((0, len(CLASSES)), np.float32)
        # One by one: in 8 bits, what else is in a batch changes how numbers are rounded.
        logits = np.concatenate([self._logits(pair) for pair in pairs])
        peak = logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits - peak).sum(axis=1, keepdims=True)) + peak
        return np.asarray(logits - total, np.float32)

    def _logits(self, pair: Pair) -> npt.NDArray[np.float32]:
        ids = np.array([token_ids(self._tokenizer, pair.text())], np.int64)
        with self._lock:
            [logits] = self._session.run(None, {"ids": ids})
        return np.asarray(logits, np.float32)


def token_ids(tokenizer: object, text: str) -> list[int]:
    """The ids of a text between begin and end."""
    found: list[int] = tokenizer.encode(text, add_special_tokens=False).ids  # type: ignore[attr-defined]
    return [BEGIN, *found[:LONGEST], END]


def _verified(folder: Path) -> str:
    """The hash of the weights, once both files are what they should be."""
    expected: dict[str, str] = {}
    try:
        for line in (folder / HASHES).read_text(encoding="ascii").splitlines():
            digest, _, name = line.partition("  ")
            expected[name] = digest
        for name in (WEIGHTS, TOKENIZER):
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != expected.get(name):
                raise ModelError(f"{folder / name} is not the file it should be.", _REMEDY)
    except OSError as error:
        raise ModelError(f"{error.filename}: {error.strerror}.", _REMEDY) from error
    except UnicodeDecodeError as error:
        raise ModelError(f"{folder / HASHES} is damaged.", _REMEDY) from error
    return expected[WEIGHTS]


@cache
def load_cross_encoder() -> CrossEncoder:
    """The model that ships, loaded once.

    Raises:
        ModelError: A file is missing or damaged.
    """
    return CrossEncoder()
