"""A folder of the user's own as a speech model: any Whisper in CTranslate2 format."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from copilot.errors import ModelError, StorageError, UsageError
from copilot.paths import config_folder, is_folder
from copilot.speech.models.folders import measured_file
from copilot.speech.models.model import SpeechModel
from copilot.speech.models.pins import read_pins, write_pins

#: CTranslate2 calls a Whisper with fewer tokens English-only; with one more it is a large-v3.
_MULTILINGUAL_TOKENS = 51_865
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_PREPROCESSOR = "preprocessor_config.json"
_WANTED = (
    "A folder as ct2-transformers-converter makes it with "
    "--copy_files tokenizer.json preprocessor_config.json is wanted."
)


def names_folder(name: str) -> bool:
    """Whether the user means a folder and no model of the catalogue."""
    return "/" in name or "\\" in name or name.startswith(("~", ".")) or is_folder(Path(name))


def local_model(name: str) -> SpeechModel:
    """The model in a folder, with the hashes that its files had when it was first used.

    Args:
        name: The folder's path.

    Raises:
        UsageError: There is no such folder.
        ModelError: It holds no Whisper model, or its pins are damaged.
        StorageError: It is used for the first time and its hashes cannot be kept.
    """
    folder = _folder(name)
    pins = _pins(folder)
    if not pins.exists():
        return pin(folder)
    revision, files = read_pins(pins, _again(folder))
    bare = _looked_at(folder)
    if {file.name for file in files} != set(_names(folder)):
        raise ModelError(f"{folder} holds other files than it did.", _again(folder))
    return replace(bare, revision=revision, files=files)


def pin(folder: Path) -> SpeechModel:
    """Take the hashes of a folder's files as they are now, and keep them.

    Raises:
        UsageError: There is no such folder.
        ModelError: It holds no Whisper model, or a file cannot be read.
        StorageError: The hashes cannot be kept.
    """
    folder = _folder(str(folder))
    model = _looked_at(folder)
    files = tuple(measured_file(folder / name, _WANTED) for name in _names(folder))
    model = replace(model, files=files)
    # The one name for a state of the folder that is the same on every machine.
    model = replace(model, revision=f"local folder, {model.sha256[:12]}")
    pins = _pins(folder)
    try:
        pins.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.from_os_error(error, pins.parent) from error
    write_pins(pins, model)
    return model


def _folder(name: str) -> Path:
    folder = Path(name).expanduser().absolute()
    if not is_folder(folder):
        raise UsageError(
            f"there is no folder {folder}.",
            "Name the folder of a speech model, or a model that `models list` shows.",
        )
    return folder.resolve()


def _looked_at(folder: Path) -> SpeechModel:
    tokens = _tokens(folder)
    multilingual = tokens >= _MULTILINGUAL_TOKENS
    if tokens > _MULTILINGUAL_TOKENS and not (folder / _PREPROCESSOR).is_file():
        raise ModelError(f"{folder} lacks {_PREPROCESSOR}, which a large-v3 needs.", _WANTED)
    return SpeechModel(
        name=folder.name,
        languages=("en", "fr") if multilingual else ("en",),
        repository=None,
        revision="",
        files=(),
        licence="",
        folder=folder,
    )


def _names(folder: Path) -> tuple[str, ...]:
    found = [name for name in (*_VOCABULARIES, _PREPROCESSOR) if (folder / name).is_file()]
    return (*_NEEDED, *found)


def _tokens(folder: Path) -> int:
    """How many tokens the model can write.

    Raises:
        ModelError: A file that a Whisper needs is missing or broken.
    """
    for name in _NEEDED:
        if not (folder / name).is_file():
            raise ModelError(f"{folder} is no speech model: it lacks {name}.", _WANTED)
    path = next((folder / name for name in _VOCABULARIES if (folder / name).is_file()), None)
    if path is None:
        raise ModelError(f"{folder} is no speech model: it lacks {_VOCABULARIES[0]}.", _WANTED)
    try:
        if path.suffix == ".json":
            tokens = json.loads(path.read_bytes())
            return len(tokens) if isinstance(tokens, list) else 0
        return path.read_bytes().count(b"\n")
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read.", _WANTED) from error


def _pins(folder: Path) -> Path:
    place = hashlib.sha256(str(folder).encode(errors="surrogateescape")).hexdigest()[:12]
    return config_folder() / "models" / f"{place}.json"


def _again(folder: Path) -> str:
    return f"If you changed it: interview-copilot models use {folder} --accept-changes"
