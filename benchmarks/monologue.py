"""Speech that never pauses: what is lost or said twice where it is cut.

    python -m benchmarks.monologue FOLDER [--minutes 10]

FOLDER holds recordings and their texts as for ``benchmarks.transcription``; one language of it is
heard. Needs the extra ``benchmarks``.
"""

import difflib
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.measuring import progress, spread, this_machine
from benchmarks.reporting import FIGURE_COLUMNS, Figure, Report, Table, arguments, show
from benchmarks.streaming_run import OURS, PACES, Outcome, Setting, Sounds, hear
from benchmarks.transcription import Recording, find_clips
from benchmarks.word_errors import normaliser
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.files import probe, read_16k
from copilot.events import Channel
from copilot.knowledge.guide import LANGUAGES
from copilot.speech.models import DEFAULT_MODEL
from copilot.speech.voice import FRAME, VoiceDetector, load_voice_model

METHOD = """
Recordings are brought to one level, robbed of every pause longer than 0.3 s by the voice detector,
and joined without a gap; begun again from the first, if they are shorter than the length wanted,
and broken off after a whole recording. The result is heard as in a session, by a counted clock on
which work takes its processor time.

Words are aligned with the texts after Whisper's normalisers. A run is a place where three words or
more are missing, or too many, net. Each is listed, because a text may differ from what was read.
"""

_LEVEL = 0.08  # root mean square
_NEAR = 5  # frames around a voice that are kept: pauses of up to 0.3 s stay
_VOICE = 0.4
_RUN = 3  # words
_AROUND = 3  # words shown before and after a run


@dataclass(frozen=True, slots=True)
class Run:
    """Words lost or doubled in a row.

    Attributes:
        kind: ``lost`` or ``too many``.
        words: How many, net.
        said: What the text has there, with the words around it.
        heard: What was written down.
    """

    kind: str
    words: int
    said: str
    heard: str

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        return self.kind, str(self.words), self.said, self.heard


COLUMNS = ("", "words", "text", "heard")


def without_pauses(clip: Recording, detector: VoiceDetector) -> Waveform:
    """A recording's speech, its pauses cut out."""
    sound = np.concatenate([frames.mean(axis=1) for frames in read_16k(probe(clip.path))])
    frames = sound[: len(sound) // FRAME * FRAME].astype(np.float32).reshape(-1, FRAME)
    voice = detector.probabilities(frames.ravel()) >= _VOICE
    near = np.convolve(voice, np.ones(2 * _NEAR + 1), mode="same") > 0
    speech = frames[near].ravel()
    return speech * np.float32(_LEVEL / max(float(np.sqrt(np.mean(speech**2))), 1e-6))


def monologue(clips: Sequence[Recording], length_s: float) -> tuple[Waveform, tuple[str, ...]]:
    """Recordings joined to about ``length_s`` seconds, and what is said in them."""
    model = load_voice_model()
    spoken = [(without_pauses(clip, VoiceDetector(model)), clip.references) for clip in clips]
    parts: list[Waveform] = []
    texts: list[str] = []
    for sound, references in itertools.cycle(spoken):
        parts.append(sound)
        texts += references
        if sum(map(len, parts)) >= length_s * SAMPLE_RATE_HZ:
            return np.concatenate(parts), tuple(texts)
    raise AssertionError


def runs(said: Sequence[str], heard: Sequence[str]) -> Iterator[Run]:
    """Where words are lost or doubled in a row."""
    matcher = difflib.SequenceMatcher(None, said, heard, autojunk=False)
    for kind, begin, end, first, last in matcher.get_opcodes():
        net = (last - first) - (end - begin)
        if kind != "equal" and abs(net) >= _RUN:
            yield Run(
                "too many" if net > 0 else "lost",
                abs(net),
                " ".join(said[max(0, begin - _AROUND) : end + _AROUND]),
                " ".join(heard[max(0, first - _AROUND) : last + _AROUND]),
            )


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="length (default 10)")
    parser.add_argument("--pace", choices=PACES, default="processor")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    options = parser.parse_args()
    clips = [clip for clip in find_clips(options.folder) if clip.language == options.language]
    if not clips:
        parser.error(f"{options.folder} holds no {options.language}-….ogg with its text")
    machine = this_machine()
    sound, texts = monologue(clips, 60 * options.minutes)
    progress(f"hearing {len(sound) / SAMPLE_RATE_HZ:.0f} s made of {len(clips)} recordings")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "monologue.wav"
        soundfile.write(path, sound, SAMPLE_RATE_HZ, subtype="PCM_16")
        sounds = Sounds(path, options.language, {Channel.CANDIDATE: texts})
        outcome = hear(OURS, sounds, Setting(options.model, options.pace, workers=2))
    normal = normaliser(options.language)
    said = normal(" ".join(texts)).split()
    heard = normal(outcome.texts[Channel.CANDIDATE]).split()
    seams = list(runs(said, heard))
    counts = [
        Figure("words said", len(said), "", 0),
        Figure("words heard", len(heard), "", 0),
        Figure("runs lost or doubled", len(seams), "", 0),
    ]
    tables = [
        Table("A monologue without a pause", FIGURE_COLUMNS, [*counts, *figures(outcome)]),
        Table(f"Runs of {_RUN} words and more", COLUMNS, seams),
    ]
    show(Report("monologue", METHOD, machine, [t for t in tables if t.rows]), options)


def figures(outcome: Outcome) -> Iterator[Figure]:
    """When final texts came, and what it took."""
    assert outcome.run is not None
    length_s, finals = outcome.duration_s, outcome.run.seen.finals
    yield Figure("length", length_s, "s", 0)
    yield Figure("final texts", len(finals), "", 0)
    for name, begin, end in (
        ("all through", 0.0, 1.0),
        ("first quarter", 0.0, 0.25),
        ("last quarter", 0.75, 1.0),
    ):
        late = spread([late_s for at_s, late_s in finals if begin <= at_s / length_s < end])
        yield Figure(f"final delay {name}, p50", late.p50, "s")
        yield Figure(f"final delay {name}, p95", late.p95, "s")
    yield Figure("processor time", outcome.spent.processor_s / length_s, "s/s")
    yield Figure("peak memory", outcome.peak_mb, "MB", 0)


if __name__ == "__main__":
    main()
