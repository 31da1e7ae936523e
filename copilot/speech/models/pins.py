"""Hashes taken when a model first came here, against which it is checked ever after.

The catalogue pins what it can. The rest is pinned at the first fetch, in a file beside the
model; a folder of the user's own is pinned when it is first used, in the settings folder, so
that whoever can change the model cannot change its pin along with it.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from copilot.errors import ModelError
from copilot.private_file import write_private
from copilot.speech.models.model import ModelFile, SpeechModel

PINS = "pinned.json"


def with_pins(model: SpeechModel, path: Path, remedy: str) -> SpeechModel:
    """The model with every hash, those that the catalogue lacks taken from the pins at ``path``.

    Args:
        model: Any model.
        path: Its file of pins; not looked at where the catalogue knows every hash.
        remedy: What to do about pins that cannot be used.

    Raises:
        ModelError: The pins are missing or broken, or are those of something else.
    """
    if model.pinned:
        return model
    revision, files = read_pins(path, remedy)
    if revision != model.revision or not _agree(model.files, files):
        raise ModelError(f"{path} holds the hashes of other files.", remedy)
    return replace(model, files=files)


def read_pins(path: Path, remedy: str) -> tuple[str, tuple[ModelFile, ...]]:
    """The revision and the files that ``path`` pins.

    Raises:
        ModelError: It is missing or broken.
    """
    try:
        kept = json.loads(path.read_bytes())
        return str(kept["revision"]), tuple(_file(entry) for entry in kept["files"])
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}.", remedy) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged.", remedy) from error


def write_pins(path: Path, model: SpeechModel) -> None:
    """Keep the hashes of ``model``, all of which must be known.

    Raises:
        StorageError: The disk refused.
    """
    kept = {
        "model": model.name if model.folder is None else str(model.folder),
        "repository": model.repository,
        "revision": model.revision,
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in model.files
        ],
    }
    write_private(path, json.dumps(kept, indent=1).encode() + b"\n")


def _file(entry: dict[str, Any]) -> ModelFile:
    sha256 = str(entry["sha256"])
    if len(sha256) != 64:
        raise ValueError(sha256)
    return ModelFile(str(entry["name"]), sha256, int(entry["size"]))


def _agree(known: tuple[ModelFile, ...], kept: tuple[ModelFile, ...]) -> bool:
    """Whether the pins are of the same files and contradict no hash of the catalogue."""
    hashes = {file.name: file.sha256 for file in kept}
    return {file.name for file in known} == set(hashes) and all(
        file.sha256 in (None, hashes[file.name]) for file in known
    )
