"""How fast this machine transcribes, and the largest speech model that keeps up here.

What is on this machine is measured with real speech; what is not is expected to take longer by
what its layers have more to do (``Shape.cost``).
"""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from copilot import __version__
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.recording import RecordingSource
from copilot.errors import ModelError
from copilot.events import Channel
from copilot.paths import cache_folder, demo_folder
from copilot.private_file import write_private
from copilot.speech.models import MODELS, SpeechModel, is_whole
from copilot.speech.whisper import WhisperTranscriber

#: From the end of speech to its final text, in the median.
FINAL_BUDGET_S = 1.2
#: So much of that the silence takes which says that the speech has ended.
SILENCE_S = 0.55
#: Share of the time for final texts while both speak without a pause; the rest is for the others.
LOAD_BUDGET = 0.7
#: Bytes that a session takes beside its transcriber.
SPARE_MEMORY = 500_000_000
#: Stretches of the demo interview in which the candidate says one sentence, in seconds.
_STRETCHES_S = ((44.6, 49.1), (137.3, 143.7), (191.7, 196.7))
_CPUINFO = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a model is here.

    Attributes:
        model: Its name, or its folder.
        sha256: Hash of its weights.
        decode_s: Time for the final text of one sentence, in the median.
        spoken_s: Length of the sentences, in the mean.
        busy: Whether the machine had other things to do meanwhile.
    """

    model: str
    sha256: str
    decode_s: float
    spoken_s: float
    busy: bool = False

    @property
    def final_s(self) -> float:
        """From the end of speech to its final text."""
        return SILENCE_S + self.decode_s

    @property
    def load(self) -> float:
        """Share of the time that final texts take while both speak without a pause."""
        return 2 * self.decode_s / self.spoken_s

    @property
    def keeps_up(self) -> bool:
        """Whether it keeps both budgets."""
        # Rounded as they are shown, so that what is shown as within the budget is within it.
        return round(self.final_s, 3) <= FINAL_BUDGET_S and round(self.load, 3) <= LOAD_BUDGET


@dataclass(frozen=True, slots=True)
class Advice:
    """What was measured, and what follows.

    Attributes:
        measured: The models that are here, the one in question first.
        best: The largest model that keeps up, as measured or expected; None where none does or
            nothing can be said.
        expected: Whether ``best`` is expected and was not measured.
    """

    measured: tuple[Speed, ...]
    best: Speed | None
    expected: bool


def measure(model: SpeechModel, name: str, clock: Callable[[], float] = time.perf_counter) -> Speed:
    """Let a model transcribe three sentences of the demo interview.

    Args:
        model: Which; it must be on this machine.
        name: What it is loaded by.
        clock: Seconds that pass.

    Raises:
        ModelError: It is missing, not genuine, or cannot be loaded.
        AudioFileError: The demo interview is damaged.
    """
    transcriber = WhisperTranscriber(name)
    language = "en" if "en" in model.languages else model.languages[0]
    sentences = _sentences()
    transcriber.transcribe(sentences[0], language=language)  # the first is always slow

    def timed(samples: Waveform) -> float:
        begun = clock()
        transcriber.transcribe(samples, language=language)
        return clock() - begun

    # The better of two, because whatever else happens only ever makes it slower.
    took_s = [min(timed(samples), timed(samples)) for samples in sentences]
    spoken_s = statistics.mean(len(samples) for samples in sentences) / SAMPLE_RATE_HZ
    return Speed(name, model.sha256, statistics.median(took_s), spoken_s, _busy())


def speeds(
    model: SpeechModel,
    name: str,
    *,
    again: bool = False,
    telling: Callable[[str], None] = lambda _: None,
    measuring: Callable[[SpeechModel, str], Speed] = measure,
) -> tuple[Speed, ...]:
    """How fast the model in question and the others here are.

    It is kept and not measured again, unless the machine was busy and no longer is.

    Args:
        model: The one in question; it must be on this machine.
        name: What it is loaded by.
        again: Measure also what was measured before.
        telling: Told the name of each that is measured.
        measuring: What measures.

    Raises:
        ModelError: The one in question cannot be loaded.
        StorageError: The cache folder cannot be written.
    """
    kept, quiet = {} if again else _kept(), not _busy()
    found: dict[str, Speed] = {}
    others = sorted(
        (known for known in MODELS.values() if known.name != name and is_whole(known)), key=_cost
    )
    for each, called in ((model, name), *((known, known.name) for known in others)):
        before = kept.get(called)
        if before is not None and before.sha256 == each.sha256 and not (before.busy and quiet):
            found[called] = before
            continue
        if _hopeless(each, found.values()):
            continue
        telling(called)
        try:
            found[called] = measuring(each, called)
        except ModelError:
            if each is model:
                raise
    _keep({**kept, **found})
    return tuple(found.values())


def advise(measured: Sequence[Speed], language: str, free: int | None = None) -> Advice:
    """The largest model that keeps up.

    Args:
        measured: What was measured, the model in question first.
        language: Language of the interview.
        free: Bytes of memory that can be had; None where nobody knows.
    """
    by_name = {speed.model: speed for speed in measured}
    able = [
        model
        for model in MODELS.values()
        if language in model.languages
        and model.shape is not None
        and (free is None or model.shape.memory + SPARE_MEMORY <= free or model.name in by_name)
    ]
    for model in sorted(able, key=lambda each: _rank(each, by_name), reverse=True):
        speed = by_name.get(model.name) or _expected(model, measured)
        if speed is not None and speed.keeps_up:
            return Advice(tuple(measured), speed, expected=model.name not in by_name)
    return Advice(tuple(measured), None, expected=False)


def _expected(model: SpeechModel, measured: Iterable[Speed]) -> Speed | None:
    """From the measured model that is nearest in cost, or None where none is known."""
    known = [
        (shape.cost, speed)
        for speed in measured
        if speed.model in MODELS and (shape := MODELS[speed.model].shape) is not None
    ]
    if not known or model.shape is None:
        return None
    cost = model.shape.cost
    base, speed = min(known, key=lambda entry: abs(np.log(entry[0] / cost)))
    return Speed(model.name, "", speed.decode_s * cost / base, speed.spoken_s, speed.busy)


def _hopeless(model: SpeechModel, measured: Iterable[Speed]) -> bool:
    """Whether it is larger than one that was measured, and so slow that it need not be."""
    smaller = [
        speed
        for speed in measured
        if speed.model in MODELS and _cost(MODELS[speed.model]) < _cost(model)
    ]
    expected = _expected(model, smaller)
    return expected is not None and expected.decode_s > 2 * (FINAL_BUDGET_S - SILENCE_S)


def _cost(model: SpeechModel) -> float:
    return 0.0 if model.shape is None else model.shape.cost


def _rank(model: SpeechModel, here: Container[str]) -> tuple[int, bool, int]:
    """By size; of two of a size first what is here, then what learned fewer languages better."""
    millions = 0 if model.shape is None else round(model.shape.parameters / 1e6)
    return millions, model.name in here, -len(model.languages)


def _sentences() -> list[Waveform]:
    source = RecordingSource.from_file(demo_folder() / "interview.ogg")
    heard = np.concatenate([block.samples[Channel.CANDIDATE] for block in source.blocks()])
    return [
        heard[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
        for start_s, end_s in _STRETCHES_S
    ]


# -- what is kept ---------------------------------------------------------------------------------


def _path() -> Path:
    return cache_folder() / "speed.json"


def _machine() -> dict[str, str]:
    """What the measured times hold for."""
    names = ("faster-whisper", "ctranslate2")
    return {
        "processor": _processor(),
        "cores": str(cores()),
        "interview-copilot": __version__,
        **{name: version(name) for name in names},
    }


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    try:
        lines = _CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _busy() -> bool:
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > 1.5 * cores()


def _kept() -> dict[str, Speed]:
    """What was measured on this very machine; nothing where that cannot be read."""
    try:
        kept: dict[str, Any] = json.loads(_path().read_bytes())
        if kept["machine"] != _machine():
            return {}
        return {entry["model"]: Speed(**entry) for entry in kept["speeds"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _keep(found: dict[str, Speed]) -> None:
    entries = [asdict(speed) for speed in found.values()]
    text = json.dumps({"machine": _machine(), "speeds": entries}, indent=1)
    write_private(_path(), text.encode() + b"\n")
