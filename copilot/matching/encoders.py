"""The two small text encoders that ship, in 8 bits, and the vocabulary they share.

Both start from multilingual-e5-small (Wang et al., "Multilingual E5 Text Embeddings", 2024,
arXiv:2402.05672, MIT). One turns a sentence into a vector, the other reads a passage and a target
together. Of the 250,000 word pieces those are kept that English and French use; a word that is not
among them is read in smaller pieces. ``python -m training.ship_sentence_encoder`` makes the first,
``python -m training.fit_cross_encoder`` the second.
"""

import hashlib
import threading
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from copilot.errors import ModelError
from copilot.events import ModelRef

#: The encoders by their file names without suffix.
SENTENCE_ENCODER, CROSS_ENCODER = "sentence_encoder", "cross_encoder"
#: What both of them need: the pieces, and a vector for each.
TOKENIZER, WORDS = "tokenizer.json", "words.bin"
#: SHA-256 and name of every file, a line each.
HASHES = "files.sha256"

BEGIN, PADDING, END = 0, 1, 2
#: Longer texts are cut.
LONGEST = 256  # tokens
_INPUT = "ids"
_KEPT_TEXTS = 1024
_REMEDY = "Install Interview Copilot again."


def models_folder() -> Path:
    """Where the encoders are."""
    return Path(str(resources.files("copilot.matching"))) / "models"


class TextEncoder:
    """One of the encoders, loaded."""

    def __init__(self, name: str, folder: Path | None = None, *, threads: int = 1) -> None:
        """Verify and load it.

        Args:
            name: Which one.
            folder: Where its files are; by default in this package.
            threads: Processor threads. One by default: more of them wait for each other while
                the transcriber uses the same cores, which costs more than it gains.

        Raises:
            ModelError: A file is missing or damaged.
        """
        folder = folder or models_folder()
        hashes = _hashes(folder)
        for file in (f"{name}.onnx", WORDS, TOKENIZER):
            _verify(folder / file, hashes.get(file))
        import onnxruntime  # noqa: PLC0415 - slow to import
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        # A passage is read with several targets, a target with many passages.
        self._pieces = lru_cache(_KEPT_TEXTS)(partial(_pieces, tokenizer))
        self._lock = threading.Lock()  # two callers at once would only wait for the same cores

    def run(self, *parts: str) -> npt.NDArray[np.float32]:
        """The encoder's output for one text, or for several with its separator between them.

        One by one: the files are made for that.
        """
        ids = np.array([_framed(map(self._pieces, parts))], np.int64)
        with self._lock:
            [[row]] = self._session.run(None, {_INPUT: ids})
        return np.asarray(row, np.float32)


def token_ids(tokenizer: object, *parts: str) -> list[int]:
    """The ids of texts between begin and end, a separator between each two."""
    return _framed(_pieces(tokenizer, part) for part in parts)


def _pieces(tokenizer: object, text: str) -> list[int]:
    found: list[int] = tokenizer.encode(text, add_special_tokens=False).ids  # type: ignore[attr-defined]
    return found


def _framed(parts: Iterable[list[int]]) -> list[int]:
    together = [piece for part in parts for piece in (*part, END)]
    return [BEGIN, *together[:-1][:LONGEST], END]


def model_ref(name: str, folder: Path | None = None) -> ModelRef:
    """What the journal says of an encoder; its hash is that of its file.

    Raises:
        ModelError: The list of hashes is missing or damaged.
    """
    folder = folder or models_folder()
    digest = _hashes(folder).get(f"{name}.onnx")
    if digest is None:
        raise ModelError(f"{folder / HASHES} does not name {name}.onnx.", _REMEDY)
    return ModelRef(
        purpose="matching",
        name=f"{name.replace('_', ' ')} (8-bit)",
        version=digest[:8],
        sha256=digest,
    )


@cache
def _hashes(folder: Path) -> dict[str, str]:
    path = folder / HASHES
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}.", _REMEDY) from error
    except UnicodeDecodeError as error:
        raise ModelError(f"{path} is damaged.", _REMEDY) from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


@cache  # both encoders need the words, which take a while to read
def _verify(path: Path, expected: str | None) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}.", _REMEDY) from error
    if found != expected:
        raise ModelError(f"{path} is not the file it should be.", _REMEDY)
