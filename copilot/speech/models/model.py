"""What is known of a speech model: its files, its languages, and the sizes of its layers."""

from dataclasses import dataclass
from pathlib import Path

from copilot.errors import ModelError
from copilot.i18n import _

_FRAMES = 1500  # what the encoder makes of a window of 30 s
_MEL_FRAMES = 3000
_CONTEXT = 448  # tokens the decoder has places for


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: Its name in the model's folder.
        sha256: What it must hash to, hexadecimal; None where the catalogue does not know it and
            the first download pins it.
        size: In bytes; 0 where the catalogue does not know it.
        parts: Where the offline packages keep it: ``package/path`` each, joined in this order.
    """

    name: str
    sha256: str | None
    size: int = 0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a Whisper model's layers (https://arxiv.org/abs/2212.04356, table 1).

    Attributes:
        width: Numbers a position is described by.
        encoder_layers: Layers that listen.
        decoder_layers: Layers that write.
        mels: Bands of the spectrogram.
        vocabulary: Tokens it can write.
    """

    width: int
    encoder_layers: int
    decoder_layers: int
    mels: int = 80
    vocabulary: int = 51_865

    @property
    def parameters(self) -> int:
        """Weights, but for the biases and norms, which are under one in a hundred."""
        square = self.width**2
        ears = 3 * self.mels * self.width + 3 * square + _FRAMES * self.width
        words = (self.vocabulary + _CONTEXT) * self.width
        return ears + words + square * (12 * self.encoder_layers + 16 * self.decoder_layers)

    @property
    def memory(self) -> int:
        """Bytes that a transcriber with int8 weights takes at most, about.

        From the peaks of tiny.en (268 MB) and base (348 MB), measured over loading and decoding:
        the libraries, and while it loads the weights twice, as they are stored and as they run.
        """
        return 180_000_000 + round(2.3 * self.parameters)

    @property
    def encoder_operations(self) -> int:
        """Multiplications for one window of 30 s, the decoder's view of it included.

        Convolutions; four projections and two layers of four times the width, 12 width² a frame
        and layer; attention of every frame to every frame; and the keys and values that each
        decoder layer takes from the result, once a window.
        """
        d, frames = self.width, _FRAMES
        convolutions = 3 * self.mels * d * _MEL_FRAMES + 3 * d * d * frames
        layers = self.encoder_layers * (12 * d * d * frames + 2 * frames * frames * d)
        return convolutions + layers + self.decoder_layers * 2 * d * d * frames

    @property
    def token_operations(self) -> int:
        """Multiplications for one token of one hypothesis.

        Four projections of its own, two for the sound, and 8 width² more, 14 width² a layer;
        attention to every frame; and the choice among the vocabulary.
        """
        d = self.width
        return self.decoder_layers * (14 * d * d + 2 * _FRAMES * d) + self.vocabulary * d

    @property
    def cost(self) -> float:
        """What a final text costs, in a unit that only serves to compare models.

        One encoder pass and 20 steps of a search over 5 hypotheses, as for five seconds of
        speech. A multiplication of the decoder takes 2.5 times as long as one of the encoder,
        because its matrices are thin: 0.046 and 0.021 ns measured with tiny.en, 0.049 and
        0.018 ns with base (int8, one thread).
        """
        return self.encoder_operations + 2.5 * 20 * 5 * self.token_operations


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A transcription model in CTranslate2 format.

    Attributes:
        name: What the user calls it.
        languages: The languages it can transcribe.
        repository: Where it lives on the model hub; None where only packages carry it.
        revision: The commit there, or the package, whose files have the hashes below.
        files: Its files.
        licence: SPDX id; empty where nobody said.
        shape: The sizes of its layers; None where nobody knows.
        within: The folder inside the repository that holds the files.
        folder: Where the user keeps it, if it is a folder of the user's own.
    """

    name: str
    languages: tuple[str, ...]
    repository: str | None
    revision: str
    files: tuple[ModelFile, ...]
    licence: str = "MIT"
    shape: Shape | None = None
    within: str = ""
    folder: Path | None = None

    @property
    def sha256(self) -> str:
        """Hash of the weights.

        Raises:
            ModelError: Its first download is to pin it, and there was none yet.
        """
        known = next(file.sha256 for file in self.files if file.name == "model.bin")
        if known is None:
            raise ModelError(
                _("the speech model {model!r} is not on this machine.", model=self.name),
                fetch_remedy(self),
            )
        return known

    @property
    def pinned(self) -> bool:
        """Whether every hash is known."""
        return all(file.sha256 is not None for file in self.files)

    @property
    def size(self) -> int:
        """Bytes on the disk; from the layers where the catalogue does not know every file."""
        if self.shape is not None and not all(file.size for file in self.files):
            return 2 * self.shape.parameters
        return sum(file.size for file in self.files)


def fetch_remedy(model: SpeechModel) -> str:
    """What to do where a model is not on this machine."""
    return _("Fetch it once: interview-copilot models fetch {model}", model=model.name)
