"""What a session needs beside the sound: models, room on the disk, and a machine with time."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from copilot.audio.capture.report import Problem
from copilot.engine.speed import SPARE_MEMORY, Advice, Speed, advise, cores, speeds
from copilot.errors import CopilotError, ModelError, StorageError
from copilot.matching.embedding import E5Embedder
from copilot.matching.rules_file import rules_in_use
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
        name: What, in a word: ``models``, ``thresholds``, ``disk``, ``machine``, ``speed`` or
            ``server``.
        text: How it stands, in words for people, in one line or a few.
        problem: What is to be mended; None where all is well.
        advice: What was measured of the speech models, where that was looked at.
    """

    name: str
    text: str
    problem: Problem | None = None
    advice: Advice | None = None


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


def check_thresholds() -> Finding:
    """Which thresholds make findings, and whether a file of the user's own can be used."""
    in_use = rules_in_use()
    if in_use.problem is not None:
        text = "The thresholds that ship are used instead."
        problem = Problem(f"{in_use.problem.message} {text}", in_use.problem.remedy, grave=False)
        return Finding("thresholds", problem.text, problem)
    return Finding("thresholds", in_use.described)


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


def check_machine(model: str | None = None) -> Finding:
    """Whether there are cores and memory enough, as far as the system tells.

    Args:
        model: The speech model in use, by name or folder; one that does not take more memory
            than the usual ones where None.

    Raises:
        UsageError: There is no such speech model.
    """
    needed = _MEMORY if model is None else max(_MEMORY, _memory_with(model))
    count = cores()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    free = _free_memory()
    text = f"{count} processor core{'s' if count > 1 else ''}"
    if free is not None:
        text += f", {_size(free)} of memory free"
    if free is not None and free < needed:
        problem = Problem(
            f"Only {_size(free)} of memory is free; a session takes up to {_size(needed)}.",
            "Close programs that are not needed for the call, or take a smaller speech model.",
        )
    elif count < _CORES:
        problem = Problem(
            "There is one processor core; the text will lag behind the speech.",
            "Use a machine with two cores or more.",
            grave=False,
        )
    elif load > 2 * count:
        problem = Problem(
            f"The machine is busy (load {load:.1f} on {count} cores); the text may lag.",
            "Close programs that are not needed for the call.",
            grave=False,
        )
    else:
        return Finding("machine", text)
    return Finding("machine", text, problem)


def _memory_with(model: str) -> int:
    """Bytes that a session with this model may take; 0 where nobody knows."""
    try:
        shape = speech_model(model).shape
    except (ModelError, StorageError):
        return 0  # told where the models are looked at
    return 0 if shape is None else shape.memory + SPARE_MEMORY


def check_speed(
    language: str,
    model: str,
    *,
    again: bool = False,
    telling: Callable[[str], None] = lambda _: None,
) -> Finding:
    """How fast the speech models here are, and the largest that keeps up; never a problem.

    Args:
        language: Language of the interview.
        model: The speech model in use, by name or folder.
        again: Measure also what was measured before.
        telling: Told the name of each model that is measured.

    Raises:
        UsageError: There is no such speech model.
    """
    try:
        measured = speeds(speech_model(model), model, again=again, telling=telling)
    except (ModelError, StorageError) as error:
        return Finding("speed", f"not measured: {error.message}")
    advice = advise(measured, language, _free_memory())
    return Finding("speed", _speed_text(model, advice), advice=advice)


def _speed_text(model: str, advice: Advice) -> str:
    lines = [_pace(speed) for speed in advice.measured]
    best = advice.best
    if best is None:
        lines.append("no speech model is known to keep up here")
    elif best.model == model:
        lines.append(f"{model} is in use and is the largest that keeps up here")
    else:
        lines.append(_recommended(best, expected=advice.expected))
    if any(speed.busy for speed in advice.measured):
        lines.append("the machine was busy meanwhile, so this will be measured again")
    return "\n".join(lines)


def _pace(speed: Speed) -> str:
    """One measured model; both figures count the silence that ends a sentence, or both sides."""
    return (
        f"{speed.model}: text {speed.final_s:.1f} s after the end of a sentence, "
        f"{speed.load:.0%} busy while both speak"
    )


def _recommended(best: Speed, *, expected: bool) -> str:
    if not expected:
        return (
            f"{best.model} is the largest that keeps up: interview-copilot models use {best.model}"
        )
    return (
        f"{best.model} is the largest that should keep up ({best.final_s:.1f} s, "
        f"{best.load:.0%}, expected): interview-copilot models fetch {best.model}"
    )


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
