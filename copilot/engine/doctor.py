"""What a session needs beside the sound: models, room on the disk, and a machine with time."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from copilot.audio.capture.report import Problem
from copilot.errors import CopilotError, ModelError, StorageError
from copilot.matching.embedding import E5Embedder
from copilot.paths import data_folder, is_folder
from copilot.speech.models import check_knows, speech_model, verified_folder
from copilot.speech.voice import load_voice_model

#: Two channels of 16-bit samples at 16 kHz.
BYTES_PER_S = 64_000
#: Room for the journal, reports, and a disk that others write to as well, in bytes.
MARGIN = 200_000_000
_MEMORY = 900_000_000  # bytes a session may take
_CORES = 2
_MEMINFO = Path("/proc/meminfo")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: What, in a word: ``models``, ``disk`` or ``machine``.
        text: How it stands, in words for people.
        problem: What is to be mended; None where all is well.
    """

    name: str
    text: str
    problem: Problem | None = None


def check_models(language: str, model: str) -> Finding:
    """Whether every model that a session needs is here and genuine.

    Args:
        language: Language of the interview.
        model: The speech model's name.

    Raises:
        UsageError: There is no such speech model, or it does not know the language.
    """
    wanted = speech_model(model)
    check_knows(wanted, language)
    try:
        verified_folder(wanted)
        load_voice_model()
        E5Embedder()
    except (ModelError, StorageError) as error:
        return _failed("models", error)
    return Finding("models", f"speech ({model}), voice activity and matching: here and verified")


def check_disk(minutes: float, folder: Path | None = None) -> Finding:
    """Whether the data folder can be written and has room for a session of ``minutes``.

    Args:
        minutes: Planned length of the interview.
        folder: Where sessions are kept; the data folder where None.
    """
    folder = folder or data_folder()
    existing = next((place for place in (folder, *folder.parents) if is_folder(place)), folder)
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
        free = shutil.disk_usage(existing).free
    except OSError as error:
        return _failed("disk", StorageError.from_os_error(error, folder))
    needed = round(minutes * 60 * BYTES_PER_S) + MARGIN
    text = f"{_size(free)} free in {folder}, {_size(needed)} needed for {minutes:g} minutes"
    if free >= needed:
        return Finding("disk", text)
    problem = Problem(
        f"The disk has too little room: {text}.",
        f"Free {_size(needed - free)}, or name another place in INTERVIEW_COPILOT_DATA.",
    )
    return Finding("disk", text, problem)


def check_machine() -> Finding:
    """Whether there are cores and memory enough, as far as the system tells."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cores = cores or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    free = _free_memory()
    text = f"{cores} processor core{'s' if cores > 1 else ''}"
    if free is not None:
        text += f", {_size(free)} of memory free"
    if free is not None and free < _MEMORY:
        problem = Problem(
            f"Only {_size(free)} of memory is free; a session takes up to {_size(_MEMORY)}.",
            "Close programs that are not needed for the call.",
        )
    elif cores < _CORES:
        problem = Problem(
            "There is one processor core; the text will lag behind the speech.",
            "Use a machine with two cores or more.",
            grave=False,
        )
    elif load > 2 * cores:
        problem = Problem(
            f"The machine is busy (load {load:.1f} on {cores} cores); the text may lag.",
            "Close programs that are not needed for the call.",
            grave=False,
        )
    else:
        return Finding("machine", text)
    return Finding("machine", text, problem)


def _failed(name: str, error: CopilotError) -> Finding:
    text = f"{error.message[:1].upper()}{error.message[1:]}"
    return Finding(name, text, Problem(text, error.remedy))


def _free_memory() -> int | None:
    """Bytes that can be had without swapping; None where the system does not tell."""
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    available = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    return next((int(kilobytes) * 1024 for kilobytes in available), None)


def _size(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
