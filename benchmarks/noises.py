"""Words that come out of sounds without any: silence, keyboards, hold music, breath, coughs.

    python -m benchmarks.noises [--minutes 10] [--show]

The sounds are made here, see ``tests.noise_sounds``; ``--recordings FOLDER`` adds recorded ones.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from benchmarks.measuring import Machine, progress, this_machine
from benchmarks.reporting import Report, Table, arguments, number, show
from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.files import probe, read_16k
from copilot.events import Channel
from copilot.speech.endpoints import EndpointPolicy
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.models import DEFAULT_MODEL, speech_model, verified_folder
from copilot.speech.streaming import Streaming, StreamingPolicy, transcribed
from copilot.speech.voice import FRAME, VoiceDetector, load_voice_model
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import spoken
from tests.noise_sounds import SOUNDS

_BLOCK = 800  # samples, what a live source yields
_BEAM = 5
_PAUSE_S = 2.0
_SEED = 0  # where the decoder doubts itself it draws words by lot: the same lot every time
_SOUND_FILES = {".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav"}
#: What the candidate says before the sound, in each language.
_ANSWERS = {"en": "en-000", "fr": "fr-000"}

METHOD = f"""
Each sound stands on the candidate's channel after a spoken answer and {_PAUSE_S:g} s of silence,
as it does in a call: the voice detector has just heard a voice, and the recogniser has the
answer's last words as context. Every word that begins after the answer is counted; none was said.
Sounds are made from fixed seeds and go through several levels, from barely there to louder than
speech; "all in turn" has mouse clicks, doors, paper and a creaking chair as well.

interview-copilot: the hearing and the transcription of a session, in blocks of
{1000 * _BLOCK // SAMPLE_RATE_HZ} ms. Voice: the share of the sound's time in which the voice
detector's probability reaches what begins a stretch. Stretches: what was cut out of the sound and
given to the recogniser. Uncertain: those of the words that are marked so.

faster-whisper: WhisperModel.transcribe on the same sound with the same model files, int8, beam
{_BEAM}, the language given, all else by its defaults; + vad is with its vad_filter.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """Text that stands where nothing was said.

    Attributes:
        sound: Which sound it was.
        language: The session's language.
        by: Who wrote it.
        at_s: Where in the sound it begins, in seconds.
        text: The words.
        uncertain: Whether it is marked as doubtful.
    """

    sound: str
    language: str
    by: str
    at_s: float
    text: str
    uncertain: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    def cells(self) -> Sequence[str]:
        """As ``TEXT_COLUMNS``."""
        doubt = "uncertain" if self.uncertain else ""
        return self.language, self.sound, self.by, number(self.at_s, 1), doubt, self.text


TEXT_COLUMNS = ("", "sound", "by", "at s", "", "text")
OURS, PLAIN, FILTERED = "interview-copilot", "faster-whisper", "faster-whisper + vad"


@dataclass(frozen=True, slots=True)
class Row:
    """One sound in a session of one language.

    Attributes:
        language: The session's language.
        sound: Which sound it was.
        minutes: Its length.
        voice: Share of its time taken for a voice, 0 to 1.
        stretches: How many stretches were given to the recogniser.
        words: Words we wrote.
        uncertain: How many of them are marked as doubtful.
        plain_words: Words faster-whisper wrote.
        filtered_words: Words it wrote with its voice activity filter.
    """

    language: str
    sound: str
    minutes: float
    voice: float
    stretches: int
    words: int
    uncertain: int
    plain_words: int
    filtered_words: int

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        counts = (self.stretches, self.words, self.uncertain, self.plain_words, self.filtered_words)
        return (
            self.language,
            self.sound,
            number(self.minutes, 1),
            number(100 * self.voice, 1),
            *map(str, counts),
        )


COLUMNS = (
    *("", "sound", "minutes", "voice %", "stretches", "words", "uncertain"),
    *(PLAIN, "+ vad"),
)


@dataclass
class Listeners:
    """The models, loaded once."""

    model: str
    threads: int
    ours: WhisperTranscriber = field(init=False)
    theirs: WhisperModel = field(init=False)

    def __post_init__(self) -> None:
        self.ours = WhisperTranscriber(self.model, threads=self.threads)
        self.theirs = WhisperModel(
            str(verified_folder(speech_model(self.model))),
            device="cpu",
            compute_type="int8",
            cpu_threads=self.threads,
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """A sound after an answer.

    Attributes:
        name: The sound's name.
        language: What the answer is spoken in.
        samples: Both, float32 mono at 16 kHz.
        begins: The sample with which the sound begins.
    """

    name: str
    language: str
    samples: Waveform
    begins: int

    @property
    def begins_s(self) -> float:
        """When the sound begins, in seconds."""
        return self.begins / SAMPLE_RATE_HZ


def scene(name: str, sound: Waveform, language: str) -> Scene:
    """``sound`` as it comes in a session."""
    answer = spoken(_ANSWERS[language])
    pause = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), np.float32)
    samples = np.concatenate([answer, pause, sound])
    return Scene(name, language, samples, len(answer) + len(pause))


def voice_share(sound: Waveform) -> float:
    """In what share of ``sound`` the voice detector hears a voice, 0 to 1."""
    whole = sound[: len(sound) // FRAME * FRAME]
    probabilities = VoiceDetector(load_voice_model()).probabilities(whole)
    return float(np.mean(probabilities >= EndpointPolicy().begin)) if len(probabilities) else 0.0


def hear(heard: Scene, listeners: Listeners) -> tuple[int, list[Written]]:
    """A session's way: the stretches cut out of the sound, and what was written of it."""
    ctranslate2.set_random_seed(_SEED)
    hearing = Hearing([Channel.CANDIDATE])
    streaming = Streaming(StreamingPolicy(drafts=False))
    count, written = 0, []
    for start in range(0, len(heard.samples) + _BLOCK, _BLOCK):
        part = heard.samples[start : start + _BLOCK]
        last = start >= len(heard.samples)
        if last:
            streaming.hear(Heard(start / SAMPLE_RATE_HZ, hearing.flush(), frozenset(), {}))
        else:
            streaming.hear(hearing.hear(Block(start, {Channel.CANDIDATE: part})))
        for stretch, said in transcribed(streaming, listeners.ours, heard.language):
            count += stretch.end_s > heard.begins_s
            late = [word for word in said.words if stretch.start_s + word.start_s >= heard.begins_s]
            if late:
                at_s = stretch.start_s + late[0].start_s - heard.begins_s
                text = " ".join(word.text for word in late)
                written.append(_written(heard, OURS, at_s, text, uncertain=said.uncertain))
    return count, written


def hear_plainly(heard: Scene, listeners: Listeners, by: str, **more: Any) -> list[Written]:
    """What faster-whisper writes of the sound."""
    ctranslate2.set_random_seed(_SEED)
    segments, _ = listeners.theirs.transcribe(
        heard.samples, language=heard.language, beam_size=_BEAM, word_timestamps=True, **more
    )
    written = []
    for segment in segments:
        late = [word for word in segment.words or () if word.start >= heard.begins_s]
        if late:
            at_s = late[0].start - heard.begins_s
            text = "".join(word.word for word in late).strip()
            written.append(_written(heard, by, at_s, text))
    return written


def _written(heard: Scene, by: str, at_s: float, text: str, *, uncertain: bool = False) -> Written:
    return Written(heard.name, heard.language, by, round(at_s, 2), text, uncertain)


def measure(heard: Scene, listeners: Listeners) -> tuple[Row, list[Written]]:
    """One sound in one language, all three ways."""
    sound = heard.samples[heard.begins :]
    stretches, ours = hear(heard, listeners)
    plain = hear_plainly(heard, listeners, PLAIN)
    filtered = hear_plainly(heard, listeners, FILTERED, vad_filter=True)
    row = Row(
        language=heard.language,
        sound=heard.name,
        minutes=len(sound) / SAMPLE_RATE_HZ / 60,
        voice=voice_share(sound),
        stretches=stretches,
        words=_count(ours),
        uncertain=_count(text for text in ours if text.uncertain),
        plain_words=_count(plain),
        filtered_words=_count(filtered),
    )
    return row, [*ours, *plain, *filtered]


def _count(texts: Iterable[Written]) -> int:
    return sum(text.words for text in texts)


def recordings(folder: Path) -> dict[str, Waveform]:
    """The sounds recorded in ``folder`` by their names, mono at 16 kHz."""
    return {
        path.stem: np.concatenate([frames.mean(axis=1) for frames in read_16k(probe(path))])
        for path in sorted(folder.iterdir())
        if path.suffix in _SOUND_FILES
    }


def main() -> None:
    """Measure and print."""
    options = _options()
    machine = this_machine()
    seconds = 60 * options.minutes
    sounds = {
        name: make(seconds, options.seed)
        for name, make in SOUNDS.items()
        if options.sounds is None or name in options.sounds
    }
    if options.recordings is not None:
        sounds |= recordings(options.recordings)
    listeners = Listeners(options.model, options.threads)
    rows: list[Row] = []
    texts: list[Written] = []
    for language in options.languages:
        for name, sound in sounds.items():
            progress(f"{language}, {name}")
            row, written = measure(scene(name, sound, language), listeners)
            rows.append(row)
            texts += written
    show(_report(options, machine, rows, texts), options)


def _report(
    options: argparse.Namespace, machine: Machine, rows: list[Row], texts: list[Written]
) -> Report:
    title = f"Whisper {options.model}, words written where none was said"
    tables = [Table(title, COLUMNS, rows)]
    if options.show and texts:
        tables.append(Table("What was written", TEXT_COLUMNS, texts))
    minutes = sum(row.minutes for row in rows)
    sure = sum(row.words - row.uncertain for row in rows)
    note = f"In {minutes:.1f} minutes {sure} words were written that are not marked as uncertain."
    return Report("noises", METHOD, machine, tables, [note])


def _options() -> argparse.Namespace:
    parser = arguments(__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--minutes", type=float, default=10.0, help="of each sound (default 10)")
    parser.add_argument("--sounds", nargs="+", choices=SOUNDS, metavar="NAME", help="only these")
    parser.add_argument("--languages", nargs="+", choices=_ANSWERS, default=list(_ANSWERS))
    parser.add_argument("--recordings", type=Path, metavar="FOLDER", help="sounds to hear as well")
    parser.add_argument("--seed", type=int, default=0, help="of the sounds (default 0)")
    parser.add_argument("--threads", type=int, default=1, help="of the decoder (default 1)")
    parser.add_argument("--show", action="store_true", help="list what was written as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
