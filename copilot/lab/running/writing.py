"""A run's folder while it is written: made, gone on with, and closed for ever.

    runs/<time>-<hash>/
        run.json        what it was, and in the end what it came to
        cases.jsonl     a case a line
        materials.json  prompts and guides as they were
        results.jsonl   a result a line, added as they come; of an item the last line counts
        opinions.jsonl  the same for the votes of a model that gives opinions, where there is one
        lock, process   who writes it
        report.html     made in the end

A folder without ``run.json``, which is written last, is none: making it was cut off.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock

from copilot.errors import StorageError
from copilot.lab.cases import Case, LabModel
from copilot.lab.errors import RunError
from copilot.lab.folders import runs_folder
from copilot.lab.grid import Materials
from copilot.lab.results import RunRecord
from copilot.lab.running.lines import Lines
from copilot.private_file import make_private_folder, write_private

RECORD = "run.json"
CASES = "cases.jsonl"
MATERIALS = "materials.json"
RESULTS = "results.jsonl"
OPINIONS = "opinions.jsonl"
REPORT = "report.html"
LOCK = "lock"
_PROCESS = "process"


class RunFolder:
    """A run's folder that this process holds; ``close`` it in the end.

    Attributes:
        path: The folder.
        record: What it says of itself.
        results: Its results.
        opinions: The votes of a model that gives opinions.
    """

    def __init__(self, path: Path, record: RunRecord, lock: filelock.BaseFileLock) -> None:
        """For ``create`` and ``resume``."""
        self.path = path
        self.record = record
        self._lock = lock
        self.results = Lines(path / RESULTS)
        self.opinions = Lines(path / OPINIONS)

    @classmethod
    def create(
        cls,
        record: RunRecord,
        cases: Iterable[Case],
        materials: Materials,
        *,
        runs: Path | None = None,
    ) -> Self:
        """Make the folder of a run that begins.

        Args:
            record: What it is; its id is given here.
            cases: All that are run.
            materials: Prompts and guides are kept, language models are not.
            runs: Where runs lie; the lab's own folder unless given.

        Raises:
            StorageError: The disk refused.
        """
        root = runs or runs_folder()
        with contextlib.ExitStack() as undo:
            try:
                path = _new_folder(root, record)
                # Half a run is of no use to anybody, and holds what was said.
                undo.callback(shutil.rmtree, path, ignore_errors=True)
                lock = _held(path)
                undo.callback(lock.release)
                record = record.model_copy(update={"id": path.name})
                write_private(path / CASES, _lines(cases))
                write_private(path / MATERIALS, materials_to_json(materials))
                write_private(path / RECORD, _record_bytes(record))
            except OSError as error:
                raise StorageError.from_os_error(error, root) from error
            made = cls(path, record, lock)
            undo.pop_all()
        return made

    @classmethod
    def resume(cls, path: Path, record: RunRecord, plan_sha256: str) -> Self:
        """Go on with a run that was cut off or stopped.

        Args:
            path: Its folder.
            record: As it was read.
            plan_sha256: Hash of the plan that is to be gone on with.

        Raises:
            RunError: It is done, in use, damaged, or was another plan.
            StorageError: The disk refused.
        """
        check_resumable(record, plan_sha256)
        try:
            lock = _held(path)
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error
        try:
            return cls(path, record.model_copy(update={"stopped": ""}), lock)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def note(self, record: RunRecord) -> None:
        """Keep what the run says of itself while it is not done.

        Raises:
            StorageError: The disk refused.
        """
        write_private(self.path / RECORD, _record_bytes(record))
        self.record = record

    def finish(self, record: RunRecord) -> None:
        """Close it for ever: nothing of it is changed any more.

        Raises:
            StorageError: The disk refused.
        """
        self.results.close()
        self.opinions.close()
        try:
            if not (self.path / OPINIONS).stat().st_size:
                (self.path / OPINIONS).unlink()
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        self.note(record.model_copy(update={"results_sha256": results_hash(self.path)}))
        for name in (RECORD, CASES, MATERIALS, RESULTS, OPINIONS):
            seal(self.path / name)

    def close(self) -> None:
        """Let go of it; what was added is on the disk.

        Raises:
            StorageError: The disk refused.
        """
        try:
            self.results.close()
            self.opinions.close()
        finally:
            with contextlib.suppress(OSError):
                (self.path / _PROCESS).unlink()
            self._lock.release()


def check_resumable(record: RunRecord, plan_sha256: str) -> None:
    """Make sure that a run can go on with a plan.

    Raises:
        RunError: It cannot.
    """
    if record.done_at:
        raise RunError(
            f"the run {record.id} is done, and a run is never changed.",
            "Run the suite again: only what changed, or failed, is done anew.",
        )
    if record.plan_sha256 != plan_sha256:
        raise RunError(
            f"the run {record.id} was begun with other cases, prompts, guides, models or code.",
            "Run the suite anew, without --resume: what did not change comes from the cache.",
        )


def seal(path: Path) -> None:
    """Make a file that is there read-only."""
    with contextlib.suppress(OSError):
        path.chmod(0o400)


def results_hash(path: Path) -> str:
    """SHA-256 of a folder's results.

    Raises:
        OSError: They cannot be read.
    """
    with (path / RESULTS).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_held(path: Path) -> bool:
    """Whether a process is writing the run."""
    if not (path / LOCK).exists():
        return False
    lock = _lock(path)
    try:
        with lock:
            return False
    except filelock.Timeout:
        return True
    except OSError:
        return False


def materials_to_json(materials: Materials) -> bytes:
    """Prompts and guides; the language models with their addresses are left out."""
    kept: dict[str, list[LabModel]] = {
        "prompts": list(materials.prompts.values()),
        "guides": list(materials.guides.values()),
    }
    plain = {name: [each.model_dump(mode="json") for each in kept[name]] for name in kept}
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def _new_folder(root: Path, record: RunRecord) -> Path:
    make_private_folder(root)
    name = f"{datetime.fromisoformat(record.began_at):%Y%m%d-%H%M%S}-{record.plan_sha256[:8]}"
    number = 1
    while True:
        path = root / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            return path


def _held(path: Path) -> filelock.BaseFileLock:
    lock = _lock(path)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise RunError(
            f"the run {path.name} is in use by {_holder(path)}.",
            "Wait until that is done, or stop it.",
        ) from error
    write_private(path / _PROCESS, str(os.getpid()).encode())
    return lock


def _lock(path: Path) -> filelock.BaseFileLock:
    # Not bound to a thread: a screen begins a run on one and closes it on another.
    return filelock.FileLock(path / LOCK, timeout=0, mode=0o600, thread_local=False)


def _holder(path: Path) -> str:
    try:
        return f"process {int((path / _PROCESS).read_text())}"
    except (OSError, ValueError):
        return "another program"


def _lines(models: Iterable[LabModel]) -> bytes:
    return b"".join(model.model_dump_json().encode() + b"\n" for model in models)


def _record_bytes(record: RunRecord) -> bytes:
    return record.model_dump_json(indent=1).encode() + b"\n"
