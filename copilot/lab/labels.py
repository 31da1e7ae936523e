"""Human labels on outputs: whether somebody found what came out good or bad.

A label belongs to a case and to what came out, not to a run: where a later run brings the same
output, whatever the prompt or the model, it holds there too. They stand in one file of JSON lines
that is only added to; of several on the same output the last one wins.
"""

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from copilot.errors import StorageError, UsageError
from copilot.lab.cases import LabModel
from copilot.lab.folders import lab_folder
from copilot.lab.held_file import held
from copilot.lab.results import Result
from copilot.lab.running.run import Run
from copilot.private_file import write_all
from copilot.review.reviewing import user_name

#: What a person can say of an output; ``clear`` takes back what was said.
Verdict = Literal["good", "bad", "clear"]
#: An output of a case: the case's id and the hash of the output.
LabelKey = tuple[str, str]

_NAME = "labels.jsonl"


class Label(LabModel):
    """One line of ``labels.jsonl``.

    Attributes:
        session: Id of the stored session the case was taken from, empty where it is none's; what
            deletes a session finds the line by it.
        case: The case's id.
        output_sha256: Hash of the output, see ``output_hash``.
        verdict: What was said of it.
        note: Why, in a line; may be empty.
        by: Who said so.
        at: When, ISO 8601 in UTC.
    """

    session: str = ""
    case: str
    output_sha256: str
    verdict: Verdict
    note: str = ""
    by: str = ""
    at: str

    @property
    def key(self) -> LabelKey:
        """What it is about."""
        return self.case, self.output_sha256


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels that stand.

    Attributes:
        by_key: The one that stands of each output; what was taken back is not there.
        unreadable: How many lines could not be read, such as one that was half written.
    """

    by_key: Mapping[LabelKey, Label]
    unreadable: int = 0

    def of(self, result: Result) -> Label | None:
        """The label of a result's output; None where there is none."""
        if result.produced.failed:
            return None
        return self.by_key.get((result.case, output_hash(result.produced.output)))


def labels_path() -> Path:
    """The file they stand in."""
    return lab_folder() / _NAME


def output_hash(output: Any) -> str:
    """SHA-256 of an output's canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(output, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_labels() -> Labels:
    """The labels that stand; lines that cannot be read are passed over.

    Raises:
        StorageError: The file is there and cannot be read.
    """
    lines = list(_lines())
    by_key: dict[LabelKey, Label] = {}
    for label in lines:
        if label is None:
            continue
        if label.verdict == "clear":
            by_key.pop(label.key, None)
        else:
            by_key[label.key] = label
    return Labels(by_key, lines.count(None))


def labels_for(run: Run) -> Mapping[str, Label]:
    """The labels of a run's outputs, by ``Result.item``; items without one are left out.

    Raises:
        StorageError: The file of the labels cannot be read.
    """
    labels = read_labels()
    if not labels.by_key:
        return {}
    found = ((result.item, labels.of(result)) for result in run.results)
    return {item: label for item, label in found if label is not None}


def label_result(
    run: Run,
    result: Result,
    verdict: Verdict,
    *,
    note: str = "",
    by: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Label:
    """Say what one thinks of an output; safe while other programs do the same.

    Args:
        run: Where it was seen.
        result: One of the run's.
        verdict: ``clear`` takes back what was said before.
        note: Why; line breaks become spaces.
        by: Who says so; by default whoever is logged in.
        clock: The time now.

    Raises:
        UsageError: There is no output, because of an error.
        StorageError: The disk refused, or another program holds the file for too long.
    """
    if result.produced.failed:
        raise UsageError(
            f"{result.item} has no output to be labelled: {result.produced.error_kind}.",
            "Label what came out; run the suite again where it failed.",
        )
    case = run.cases.get(result.case)
    label = Label(
        session="" if case is None else case.session,
        case=result.case,
        output_sha256=output_hash(result.produced.output),
        verdict=verdict,
        note=" ".join(note.split()),
        by=user_name() if by is None else by,
        at=clock().astimezone(UTC).isoformat(timespec="seconds"),
    )
    _append(label)
    return label


def _append(label: Label) -> None:
    line = label.model_dump_json().encode("utf-8") + b"\n"
    path = labels_path()
    with held(path, "writing labels"):
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "r+b", buffering=0) as file:
                write_all(file, line if _ends_whole(file) else b"\n" + line)
                os.fsync(file.fileno())
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error


def _ends_whole(file: io.FileIO) -> bool:
    """Whether the last line is whole; one that was cut off must not spoil the next."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _lines() -> Iterator[Label | None]:
    """The label of each line; None where it is none."""
    path = labels_path()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    for text in data.split(b"\n"):
        if text.strip():
            yield _label(text)


def _label(text: bytes) -> Label | None:
    try:
        return Label.model_validate_json(text)
    except ValidationError:
        return None
