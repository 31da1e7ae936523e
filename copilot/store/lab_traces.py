"""What the lab made of a session, found and removed by how its files lie.

    lab/cases/TASK.yaml          a list of tests; ``session`` says whose each is
    lab/runs/*/cases.jsonl       a case a line, with ``session``
    lab/runs/*/results.jsonl     a result a line, by the ``case`` it is of; so are opinions
    lab/cache/??/*.json          an output a file, with ``session``
    lab/labels.jsonl             a label a line, with ``session``
    everything else              pages and transcripts, which can be made again

The lab stands above the store, so that nothing of it is imported here. What is in the way of a run
that is still going on is not touched: whoever deletes is told to wait for it.
"""

import contextlib
import hashlib
import json
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import filelock
import yaml

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import write_private

_FOLDER = "lab"
_RECORD, _CASES, _MATERIALS = "run.json", "cases.jsonl", "materials.json"
_RESULTS = ("results.jsonl", "opinions.jsonl")
_REPORT, _LOCK, _BATCH = "report.html", "lock", "batch.json"
#: Between a case's id and what tells an opinion on it from others.
_OPINION = " ? "
#: Another program holds these files for one line.
_PATIENCE_S = 10.0

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_lab_free(data: Path, session_ids: Iterable[str]) -> None:
    """Make sure that no run that is going on holds a case of one of the sessions.

    Args:
        data: The data folder.
        session_ids: The sessions.

    Raises:
        SessionError: One does.
        StorageError: The disk refused.
    """
    wanted = set(session_ids)
    for run in _runs(data):
        if _cases_of(run, wanted) and _held(run):
            raise SessionError(
                _("the lab's run {run} is using a case of it at the moment.", run=run.name),
                _("Wait until it is through, or stop it, then try again."),
            )


def forget_in_lab(data: Path, session_ids: Iterable[str]) -> None:
    """Remove what the lab made of sessions; a second time does nothing.

    Args:
        data: The data folder.
        session_ids: The sessions.

    Raises:
        StorageError: The disk refused, or a run that is going on holds a case of one.
    """
    lab, wanted = data / _FOLDER, set(session_ids)
    if not wanted or not lab.is_dir():
        return
    try:
        if any(_names(path, wanted) for path in _files(lab)):
            # They hold parts of several runs, and are made anew when they are looked at. They go
            # first: once the rest is gone, nothing says any more that they have to.
            for page in _files(lab / "pages"):
                page.unlink(missing_ok=True)
        _forget_cases(lab / "cases", wanted)
        _forget_lines(lab / "labels.jsonl", wanted)
        for run in _runs(data):
            _forget_in_run(run, wanted)
        _forget_others(lab, wanted)
    except OSError as error:
        raise StorageError.from_os_error(error, error.filename or lab) from error


# -- promoted cases -------------------------------------------------------------------------------


def _forget_cases(folder: Path, wanted: set[str]) -> None:
    for path in sorted(folder.glob("*.yaml")):
        if not _names(path, wanted):
            continue
        with _alone(path):
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            kept = _without_tests(text, wanted)
            if kept != text:
                write_private(path, kept.encode("utf-8", errors="surrogateescape"))


def _without_tests(text: str, wanted: set[str]) -> str:
    """The file without the tests of some sessions; comments between the others stay."""
    lines = text.splitlines(keepends=True)
    try:
        root = yaml.compose(text, Loader=_Loader)
        tests = yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError):
        return _without_chunks(lines, wanted)
    if not isinstance(root, yaml.SequenceNode):
        return _without_chunks(lines, wanted)
    starts = [node.start_mark.line for node in root.value]
    if root.flow_style or len(set(starts)) < len(starts):
        kept = [test for test in tests if not _is_of(test, wanted)]
        return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)
    gone: set[int] = set()
    for test, start, stop in zip(tests, starts, [*starts[1:], len(lines)], strict=True):
        if _is_of(test, wanted):
            gone |= set(range(start, _end(lines, start, stop)))
    return "".join(line for number, line in enumerate(lines) if number not in gone)


def _end(lines: Sequence[str], start: int, stop: int) -> int:
    """Where a test ends: comments and empty lines after it belong to the next one."""
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return stop


def _without_chunks(lines: Sequence[str], wanted: set[str]) -> str:
    """The same for a file that is no YAML: whatever stands from one ``- `` to the next."""
    chunks: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("- "):
            chunks.append([])
        chunks[-1].append(line)
    kept = (chunk for chunk in map("".join, chunks) if not any(each in chunk for each in wanted))
    return "".join(kept)


def _is_of(test: Any, wanted: set[str]) -> bool:
    if not isinstance(test, dict):
        return False
    given = test.get("vars")
    named = given.get("session") if isinstance(given, dict) else None
    return test.get("session") in wanted or named in wanted


# -- runs -----------------------------------------------------------------------------------------


def _runs(data: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path.parent for path in (data / _FOLDER / "runs").glob(f"*/{_CASES}"))
    return []


def _held(run: Path) -> bool:
    """Whether a program is writing a run.

    Raises:
        StorageError: That cannot be told.
    """
    if not (run / _LOCK).exists():
        return False
    try:
        with filelock.FileLock(run / _LOCK, timeout=0, mode=0o600):
            return False
    except filelock.Timeout:
        return True
    except OSError as error:
        raise StorageError.from_os_error(error, run / _LOCK) from error


def _cases_of(run: Path, wanted: set[str]) -> set[str]:
    """The ids of a run's cases that come from one of the sessions."""
    return {
        str(case.get("id"))
        for _line, case in _lines(run / _CASES)
        if case is not None and case.get("session") in wanted
    }


def _forget_in_run(run: Path, wanted: set[str]) -> None:
    ids = _cases_of(run, wanted)
    if not ids:
        return
    lock = filelock.FileLock(run / _LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise StorageError(
            _("the lab's run {run} is using a case of it at the moment.", run=run.name),
            _("Wait until it is through, or stop it, then try again."),
        ) from error
    try:
        gone = sum(
            _keep_lines(run / name, lambda line: not _is_result_of(line, ids)) for name in _RESULTS
        )
        (run / _REPORT).unlink(missing_ok=True)
        _note(run, gone)
        # Last, because a removal that is cut off learns from them what is left to remove.
        _keep_lines(run / _CASES, lambda line: line is None or line.get("session") not in wanted)
    finally:
        lock.release()


def _is_result_of(line: dict[str, Any] | None, ids: set[str]) -> bool:
    """Whether a line of results is of one of some cases; half a line may be."""
    return line is None or str(line.get("case")).partition(_OPINION)[0] in ids


def _note(run: Path, gone: int) -> None:
    """Say in the run's record that results were taken out, and which ones are left."""
    path = run / _RECORD
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return  # no run that anybody could read
    record["removed"] = int(record.get("removed") or 0) + gone
    if record.get("results_sha256"):
        record["results_sha256"] = hashlib.sha256((run / _RESULTS[0]).read_bytes()).hexdigest()
    _replace(path, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")


# -- labels, outputs kept, pages ------------------------------------------------------------------


def _forget_lines(path: Path, wanted: set[str]) -> None:
    """Lines of a session; what cannot be read goes as well, because it may be of one."""
    if not path.exists():
        return
    with _alone(path):
        _keep_lines(path, lambda line: line is not None and line.get("session") not in wanted)


def _forget_others(lab: Path, wanted: set[str]) -> None:
    """Outputs that are kept for later, pages, transcripts: files that name a session."""
    own = {lab / "cases", lab / "labels.jsonl"}
    for path in _files(lab):
        if own & {path, *path.parents} or path.name == _LOCK or path.suffix == ".lock":
            continue
        if path.parent.parent == lab / "runs" and path.name in (
            _RECORD,
            _CASES,
            _MATERIALS,
            *_RESULTS,
        ):
            continue
        if path.name == _BATCH and _names(path, wanted):
            _forget_in_batch(path, wanted)
        elif any(path.name.startswith(each) for each in wanted) or _names(path, wanted):
            path.unlink(missing_ok=True)


def _forget_in_batch(path: Path, wanted: set[str]) -> None:
    """The list of sessions that were transcribed anew; it says what is left to do of the others."""
    try:
        batch = json.loads(path.read_bytes())
        batch["sessions"] = [each for each in batch["sessions"] if each not in wanted]
    except (ValueError, KeyError, TypeError):
        path.unlink(missing_ok=True)
        return
    _replace(path, json.dumps(batch, ensure_ascii=False, indent=1).encode() + b"\n")


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _names(path: Path, wanted: Iterable[str]) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    return any(each.encode() in content for each in wanted)


def _lines(path: Path) -> Iterator[tuple[bytes, dict[str, Any] | None]]:
    """Each line as it is, and as JSON; None where it is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    for line in content.splitlines(keepends=True):
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        yield line, found if isinstance(found, dict) else None


def _keep_lines(path: Path, keep: Callable[[dict[str, Any] | None], bool]) -> int:
    """Keep some lines of a file; how many were not kept."""
    lines = list(_lines(path))
    kept = [line for line, found in lines if keep(found)]
    if len(kept) < len(lines):
        _replace(path, b"".join(kept))
    return len(lines) - len(kept)


def _replace(path: Path, data: bytes) -> None:
    """Put other content into a file that may be closed to its owner too."""
    mode = stat.S_IMODE(path.stat().st_mode)
    write_private(path, data)
    path.chmod(mode)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else writes a file meanwhile."""
    lock = filelock.FileLock(path.with_suffix(".lock"), timeout=_PATIENCE_S, mode=0o600)
    try:
        with lock:
            yield
    except filelock.Timeout as error:
        raise StorageError(
            _("{path}: another program is writing it.", path=path),
            _("Wait until it is through, then try again."),
        ) from error
