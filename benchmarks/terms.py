"""Names, acronyms and figures: written as said, with and without the guide's terms as hotwords?

    python -m benchmarks.terms [--clips FOLDER] [--sounds FOLDER] [--show]

Needs the extras ``benchmarks`` and ``voices``. FOLDER of ``--clips`` holds real speech as
``benchmarks.transcription`` takes it; that of ``--sounds`` keeps the sentences once spoken.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ctranslate2
import numpy as np

from benchmarks.measuring import ROOT, progress, this_machine, timed
from benchmarks.reporting import NOTHING, Report, Table, arguments, number, percent, show
from benchmarks.terms_said import KINDS, Said, read_sentences, said
from benchmarks.terms_written import Counted, counted, readable, spelled
from benchmarks.transcription import find_clips
from benchmarks.word_errors import WordErrors, error_rate, rate_difference, word_errors
from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.files import probe, read_16k
from copilot.events import Channel
from copilot.knowledge.loading import load_guide
from copilot.lab.measuring.bootstrap import Estimate, estimate, ratio
from copilot.speech.models import DEFAULT_MODEL
from copilot.speech.offline import transcribe_blocks
from copilot.speech.transcriber import Transcription
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import spoken
from tests.noise_sounds import SOUNDS

_BLOCK = 800  # samples
_PAUSE_S = 2.0
_ANSWERS = {"en": "en-000", "fr": "fr-000"}
_NOISES = ("keyboard", "breathing", "cough", "all in turn")
_ROLE = "director-it-operations"

WITHOUT, WITH = "without", "hotwords"
FINAL, DRAFT = "final", "draft"

METHOD = f"""
Sentences written for this project (benchmarks/data/terms.yaml) are read aloud by two of Kokoro's
voices; white noise lies 25 dB under the speech, and half of them have only a telephone's band.
Each sentence is given to the recogniser alone, once without hotwords and once with the terms of
the guide its session would have, as copilot/speech/hotwords.py uses them; final is how final text
is made, draft how drafts are.

Terms: how often terms of the guide are said. Right: how many of these can be read in the text,
whatever their capitals, spaces, hyphens and full stops; spelled: those that stand there just as
the guide has them. False: terms of the guide that stand in the text, spelled so, where none was
said; controls hold none, but words that sound like one. Figures: numbers, percentages, currencies,
years and times; right in any spelling that says the same.

WER is after Whisper's normalisers, which make the English figures alike; intervals are 95%,
bootstrapped by sentence or clip; differences are paired. CPU s/s is processor time for a second of
sound.

Real speech: every clip alone; its guide is that of {_ROLE}. Noises: each after a spoken
answer and {_PAUSE_S:g} s of silence, through the hearing of a session; every word that begins
after the answer was invented.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make text of a sound.

    Attributes:
        effort: How text is made: as final text is, or as drafts are.
        by: With hotwords or without.
        model: The model, loaded with them or without.
    """

    effort: str
    by: str
    model: WhisperTranscriber

    def hear(self, sound: Waveform, language: str) -> Transcription:
        """The words in ``sound``."""
        make = self.model.transcribe if self.effort == FINAL else self.model.draft
        return make(sound, language=language)


@dataclass
class Recognisers:
    """One model with the terms of each guide as hotwords, loaded once."""

    model: str
    loaded: dict[tuple[str, ...], WhisperTranscriber] = field(default_factory=dict)

    def get(self, hotwords: Sequence[str]) -> WhisperTranscriber:
        """The model that expects ``hotwords``."""
        key = tuple(hotwords)
        if key not in self.loaded:
            self.loaded[key] = WhisperTranscriber(self.model, hotwords=key, threads=1)
        return self.loaded[key]

    def ways(self, terms: Sequence[str]) -> list[Way]:
        """Both efforts, without hotwords and with ``terms``."""
        return [
            Way(effort, by, self.get(hotwords))
            for effort in (FINAL, DRAFT)
            for by, hotwords in ((WITHOUT, ()), (WITH, terms))
        ]


# -- the sentences ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of sentences in one language, one way; shares are 0 to 1."""

    language: str
    kind: str
    effort: str
    way: str
    sentences: int
    terms: int
    right: Estimate
    spelled: Estimate
    false: int
    figures: int
    figures_right: Estimate
    wer: Estimate
    processor_s_per_s: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        return (
            *(self.language, self.kind, self.effort, self.way, str(self.sentences)),
            *(str(self.terms), percent(self.right), percent(self.spelled), str(self.false)),
            *(str(self.figures), percent(self.figures_right), percent(self.wer, 1)),
            number(self.processor_s_per_s),
        )


COLUMNS = (
    *("", "sentences", "effort", "by", "n", "terms", "right %", "spelled %", "false"),
    *("figures", "right %", "WER %", "CPU s/s"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """What was made of one sentence without hotwords and with them, where that differs."""

    language: str
    kind: str
    without: str
    with_terms: str

    def cells(self) -> Sequence[str]:
        """As ``TEXT_COLUMNS``."""
        return self.language, self.kind, self.without, self.with_terms


TEXT_COLUMNS = ("", "sentences", "without", "with hotwords")
Key = tuple[str, str, str, str]


def hear(sounds: Iterable[Said], recognisers: Recognisers) -> tuple[list[Row], list[Text]]:
    """Every sentence in every way."""
    counts: dict[Key, list[Counted]] = {}
    lengths: dict[Key, float] = {}
    for heard in sounds:
        progress(f"{heard.language}, {heard.sentence.text[:60]}")
        terms = load_guide(heard.sentence.guide, heard.language).terms
        for way in recognisers.ways(terms):
            ctranslate2.set_random_seed(0)
            result, spent = timed(way.hear, heard.samples, heard.language)
            key = (heard.language, heard.kind, way.effort, way.by)
            counts.setdefault(key, []).append(counted(heard, result.text, spent, terms))
            lengths[key] = lengths.get(key, 0.0) + len(heard.samples) / SAMPLE_RATE_HZ
    rows = [_row(key, found, lengths[key]) for key, found in counts.items()]
    texts = [
        Text(language, kind, plain.text, ours.text)
        for (language, kind, effort, way), found in counts.items()
        if (effort, way) == (FINAL, WITHOUT)
        for plain, ours in zip(found, counts[language, kind, FINAL, WITH], strict=True)
        if plain.text != ours.text
    ]
    rows.sort(key=lambda row: (row.language, KINDS.index(row.kind)))
    return rows, texts


def _row(key: Key, found: Sequence[Counted], duration_s: float) -> Row:
    def share(part: Callable[[Counted], int], of: Callable[[Counted], int]) -> Estimate:
        table = np.array([(part(each), of(each)) for each in found], float)
        return estimate(table, lambda sums: ratio(sums[..., 0], sums[..., 1]))

    return Row(
        *key,
        sentences=len(found),
        terms=sum(each.terms for each in found),
        right=share(lambda each: each.right, lambda each: each.terms),
        spelled=share(lambda each: each.spelled, lambda each: each.terms),
        false=sum(each.false for each in found),
        figures=sum(each.figures for each in found),
        figures_right=share(lambda each: each.figures_right, lambda each: each.figures),
        wer=error_rate([each.errors for each in found]),
        processor_s_per_s=sum(each.spent.processor_s for each in found) / duration_s,
    )


# -- real speech, and none -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RealRow:
    """Real speech of one language, one way."""

    language: str
    clips: int
    way: str
    errors: WordErrors
    wer: Estimate
    difference: Estimate | None
    false: int

    def cells(self) -> Sequence[str]:
        """As ``REAL_COLUMNS``."""
        return (
            *(self.language, str(self.clips), self.way, str(self.errors.words)),
            percent(self.wer, 1),
            NOTHING if self.difference is None else percent(self.difference, 1, signed=True),
            str(self.false),
        )


REAL_COLUMNS = ("", "clips", "by", "words", "WER %", "difference", "false terms")


def hear_clips(folder: Path, languages: Sequence[str], recognisers: Recognisers) -> list[RealRow]:
    """The clips of ``folder``, without hotwords and with them."""
    pieces: dict[tuple[str, str], list[WordErrors]] = {}
    false: dict[tuple[str, str], int] = {}
    for clip in find_clips(folder):
        if clip.language not in languages:
            continue
        progress(clip.path.name)
        sound = _sound(clip.path)
        terms = load_guide(_ROLE, clip.language).terms
        for way, hotwords in ((WITHOUT, ()), (WITH, terms)):
            ctranslate2.set_random_seed(0)
            text = recognisers.get(hotwords).transcribe(sound, language=clip.language).text
            key = (clip.language, way)
            pieces.setdefault(key, []).extend(word_errors(clip.references, text, clip.language))
            said_too = " ".join(clip.references)
            false[key] = false.get(key, 0) + sum(
                spelled(term, text) > readable(term, said_too) for term in terms
            )
    return [
        RealRow(
            language=language,
            clips=len(found),
            way=way,
            errors=sum(found, WordErrors()),
            wer=error_rate(found),
            difference=None
            if way == WITHOUT
            else rate_difference(found, pieces[language, WITHOUT]),
            false=false[language, way],
        )
        for (language, way), found in pieces.items()
    ]


def _sound(path: Path) -> Waveform:
    frames = [part.mean(axis=1) for part in read_16k(probe(path))]
    return np.concatenate(frames).astype(np.float32)


@dataclass(frozen=True, slots=True)
class NoiseRow:
    """A sound without a word, one way; and what was written of it."""

    language: str
    sound: str
    minutes: float
    way: str
    words: int
    uncertain: int
    terms: int

    def cells(self) -> Sequence[str]:
        """As ``NOISE_COLUMNS``."""
        counts = (str(self.words), str(self.uncertain), str(self.terms))
        return self.language, self.sound, number(self.minutes, 1), self.way, *counts


NOISE_COLUMNS = ("", "sound", "minutes", "by", "words", "uncertain", "terms")


def hear_noises(
    minutes: float, languages: Sequence[str], recognisers: Recognisers
) -> list[NoiseRow]:
    """Each sound after an answer, without hotwords and with them."""
    rows = []
    for language in languages:
        terms = load_guide(_ROLE, language).terms
        for name in _NOISES:
            progress(f"{language}, {name}")
            for way, hotwords in ((WITHOUT, ()), (WITH, terms)):
                sound = SOUNDS[name](60 * minutes, 0)
                pause = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), np.float32)
                before = np.concatenate([spoken(_ANSWERS[language]), pause])
                sure, doubtful = _invented(before, sound, recognisers.get(hotwords), language)
                terms_in = sum(spelled(term, " ".join(sure + doubtful)) for term in terms)
                words = len(sure) + len(doubtful)
                rows.append(NoiseRow(language, name, minutes, way, words, len(doubtful), terms_in))
    return rows


def _invented(
    before: Waveform, sound: Waveform, transcriber: WhisperTranscriber, language: str
) -> tuple[list[str], list[str]]:
    """The words that begin after ``before``: those that are sure, those that are doubtful."""
    ctranslate2.set_random_seed(0)
    whole = np.concatenate([before, sound])
    blocks = (
        Block(start, {Channel.CANDIDATE: whole[start : start + _BLOCK]})
        for start in range(0, len(whole), _BLOCK)
    )
    sure: list[str] = []
    doubtful: list[str] = []
    for heard in transcribe_blocks(blocks, [Channel.CANDIDATE], transcriber, language):
        late = [w.text for w in heard.words if w.start_s >= len(before) / SAMPLE_RATE_HZ]
        (doubtful if heard.uncertain else sure).extend(late)
    return sure, doubtful


def main() -> None:
    """Measure and print."""
    options = _options()
    machine = this_machine()
    recognisers = Recognisers(options.model)
    sentences = {
        language: part
        for language, part in read_sentences().items()
        if language in options.languages
    }
    with tempfile.TemporaryDirectory() as folder:
        kept = options.sounds or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        rows, texts = hear(said(sentences, kept), recognisers)
    tables = [
        Table(f"Whisper {options.model}, sentences", COLUMNS, rows),
        Table(
            "Real speech", REAL_COLUMNS, hear_clips(options.clips, options.languages, recognisers)
        ),
        Table(
            "Noises", NOISE_COLUMNS, hear_noises(options.minutes, options.languages, recognisers)
        ),
    ]
    if options.show and texts:
        tables.append(Table("Final text that differs", TEXT_COLUMNS, texts))
    show(Report("terms", METHOD, machine, tables), options)


def _options() -> argparse.Namespace:
    parser = arguments(__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--languages", nargs="+", choices=_ANSWERS, default=list(_ANSWERS))
    parser.add_argument(
        "--clips", type=Path, metavar="FOLDER", default=ROOT / "tests" / "data", help="real speech"
    )
    parser.add_argument(
        "--sounds", type=Path, metavar="FOLDER", help="keep the spoken sentences there"
    )
    parser.add_argument("--minutes", type=float, default=2.0, help="of each noise (default 2)")
    parser.add_argument("--show", action="store_true", help="list the texts that differ as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
