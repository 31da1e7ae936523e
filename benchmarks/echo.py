"""How much of a loudspeaker's echo becomes the interviewer's words, and what of theirs is lost.

    python -m benchmarks.echo FOLDER

FOLDER holds clips of single speakers whose names begin with their language (``en-…``, ``fr-…``).
Needs the extras ``benchmarks`` and ``echo``.
"""

import argparse
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.measuring import progress, this_machine
from benchmarks.reporting import NOTHING, Report, Table, arguments, show
from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.echo import EchoCanceller, load_canceller
from copilot.events import Channel, ModelRef
from copilot.speech.echo import EchoFilter, Said, Timed, normal
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.models import DEFAULT_MODEL
from copilot.speech.streaming import Streaming, StreamingPolicy, transcribed
from copilot.speech.transcriber import HeardWord, Transcriber, Transcription
from copilot.speech.whisper import WhisperTranscriber

_BLOCK = 800  # samples, what a live source yields
_LOUDNESS = 0.06  # root mean square of each clip
_ROOM_NOISE = 1e-4
_REVERBERATION_S = 0.35
_TEXT_AFTER_S = 0.5  # session time from the end of a stretch to its text
_BEGIN_OVER_S = 1.5  # how far into the candidate's clip the interviewer begins to speak over it
_SAME_TIME_S = 1.5

LEVELS_DB = (-3.0, -12.0, -25.0)
#: Delay in seconds, and whether a room stands between loudspeaker and microphone.
PATHS = ((0.06, False), (0.12, True), (0.3, True))
NONE, TEXT, CANCELLED, BOTH = "nothing", "text filter", "cancellation", "both"

METHOD = f"""
The candidate's clips are played one after the other; the microphone hears the interviewer's clips
and the candidate's channel again: so many dB down, later, as a plain copy or through a synthetic
room (loudspeaker from 200 Hz to 6 kHz, reverberation {_REVERBERATION_S:g} s), with noise at
{20 * np.log10(_ROOM_NOISE):.0f} dBFS. Either the two take turns, or the interviewer speaks over
the candidate, from {_BEGIN_OVER_S:g} s into each clip but the first. All clips are equally loud.
Cancellation starts knowing nothing, so what it learns from is counted too.

The text of a stretch comes {_TEXT_AFTER_S:g} s after its end. The interviewer's words are those the
same model hears without an echo. Kept: words that still stand at their time in the interviewer's
text, spelled alike. Echoed: the candidate's words, as heard without an echo, among the rest; the
share removed compares with nothing being done. Other: words of the interviewer's text that are
neither, mostly misheard ones.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A conversation without an echo.

    Attributes:
        language: What is spoken.
        over: Whether the interviewer speaks over the candidate.
        interviewer: The microphone, without an echo.
        candidate: What the call plays.
    """

    language: str
    over: bool
    interviewer: Waveform
    candidate: Waveform


@dataclass(frozen=True, slots=True)
class Counts:
    """Words of the interviewer's text.

    Attributes:
        kept: The interviewer's own.
        echoed: The candidate's.
        other: Neither.
    """

    kept: int
    echoed: int
    other: int


@dataclass(frozen=True, slots=True)
class Row:
    """One way to treat one echo, in all languages together."""

    over: bool
    level_db: float
    path: str
    way: str
    said: int
    counts: Counts
    echoed_untreated: int

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        removed = 1 - self.counts.echoed / self.echoed_untreated if self.echoed_untreated else None
        return (
            f"{self.level_db:.0f}",
            self.path,
            self.way,
            str(self.counts.echoed),
            NOTHING if removed is None else f"{100 * removed:.1f}",
            f"{self.counts.kept} of {self.said}",
            f"{100 * self.counts.kept / self.said:.1f}",
            str(self.counts.other),
        )


COLUMNS = ("dB", "echo", "treated with", "echoed", "removed %", "own words", "kept %", "other")


# -- sound ----------------------------------------------------------------------------------------


def scene(folder: Path, language: str, *, over: bool, most: int) -> Scene:
    """The first ``most`` clips of a language: three in five are the candidate's."""
    clips = [_clip(path) for path in sorted(folder.glob(f"{language}-*.ogg"))[:most]]
    answers, asks = clips[: len(clips) * 3 // 5], clips[len(clips) * 3 // 5 :]
    heard: list[tuple[float, Waveform]] = []
    played: list[tuple[float, Waveform]] = []
    at_s = 1.0
    for index, answer in enumerate(answers):
        played.append((at_s, answer))
        end_s = at_s + len(answer) / SAMPLE_RATE_HZ
        begins_s = at_s + _BEGIN_OVER_S if over else end_s + 0.8
        if asks and (index or not over):
            ask = asks.pop(0)
            heard.append((begins_s, ask))
            end_s = max(end_s, begins_s + len(ask) / SAMPLE_RATE_HZ)
        at_s = end_s + 1.0
    noise = np.random.default_rng(0).standard_normal(round((at_s + 1) * SAMPLE_RATE_HZ))
    near = _laid_out(heard, len(noise)) + (_ROOM_NOISE * noise).astype(np.float32)
    return Scene(language, over, near, _laid_out(played, len(noise)))


def _clip(path: Path) -> Waveform:
    samples, rate_hz = soundfile.read(path, dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ or samples.ndim != 1:
        raise SystemExit(f"{path} is not mono at {SAMPLE_RATE_HZ} Hz.")
    return np.asarray(samples * (_LOUDNESS / np.sqrt(np.mean(samples**2))), np.float32)


def _laid_out(clips: Sequence[tuple[float, Waveform]], length: int) -> Waveform:
    sound = np.zeros(length, np.float32)
    for at_s, clip in clips:
        start = round(at_s * SAMPLE_RATE_HZ)
        sound[start : start + len(clip)] += clip
    return sound


def echo_of(sound: Waveform, level_db: float, delay_s: float, *, room: bool) -> Waveform:
    """What a microphone hears of ``sound``."""
    if room:
        response = _room()
        size = 1 << (len(sound) + len(response)).bit_length()
        spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
        sound = np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)
    late = np.zeros_like(sound)
    shift = round(delay_s * SAMPLE_RATE_HZ)
    late[shift:] = sound[: len(sound) - shift] * 10 ** (level_db / 20)
    return late


def _room() -> Waveform:
    """Half of the power comes directly, half decays; unit power."""
    length = round(_REVERBERATION_S * SAMPLE_RATE_HZ)
    decay = 10 ** (-3 * np.arange(length) / length)
    tail = np.random.default_rng(0).standard_normal(length) * decay
    tail[0] = np.sqrt(np.sum(tail[1:] ** 2))
    frequencies = np.fft.rfftfreq(4 * length, 1 / SAMPLE_RATE_HZ)
    band = 1 / (1 + (200 / np.maximum(frequencies, 1)) ** 4) / (1 + (frequencies / 6000) ** 8)
    shaped = np.fft.irfft(np.fft.rfft(tail, 4 * length) * np.sqrt(band))[:length]
    return np.asarray(shaped / np.sqrt(np.sum(shaped**2)), np.float32)


# -- text -----------------------------------------------------------------------------------------


@dataclass
class Remembering:
    """A transcriber that hears the same sound once: the candidate's is the same in every echo."""

    inner: Transcriber
    known: dict[tuple[object, ...], Transcription] = field(default_factory=dict)

    @property
    def model(self) -> ModelRef:
        """That of the transcriber inside."""
        return self.inner.model

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """As the transcriber inside."""
        key = (samples.tobytes(), language, context, tuple(said))
        if key not in self.known:
            self.known[key] = self.inner.transcribe(
                samples, language=language, context=context, said=said
            )
        return self.known[key]

    def draft(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """As the transcriber inside; not remembered, because no draft comes twice."""
        return self.inner.draft(samples, language=language, context=context, said=said)


@dataclass(frozen=True, slots=True)
class Moment:
    """What one block brought: the stretches that ended, with their text, and who speaks."""

    heard: Heard
    said: Sequence[Said]


def listen(
    near: Waveform,
    far: Waveform,
    transcriber: Transcriber,
    language: str,
    canceller: EchoCanceller | None,
) -> list[Moment]:
    """Hear both channels, block by block."""
    hearing, streaming = Hearing(Channel), Streaming(StreamingPolicy(drafts=False))

    def moment(heard: Heard) -> Moment:
        streaming.hear(heard)
        return Moment(heard, [*transcribed(streaming, transcriber, language)])

    moments: list[Moment] = []
    for start in range(0, len(near), _BLOCK):
        end = start + _BLOCK
        sides = {Channel.INTERVIEWER: near[start:end], Channel.CANDIDATE: far[start:end]}
        block = Block(start, sides)
        moments.append(
            moment(hearing.hear(block if canceller is None else canceller.process(block)))
        )
    moments.append(moment(Heard(len(near) / SAMPLE_RATE_HZ, hearing.flush(), frozenset(), {})))
    return moments


def filtered(moments: Sequence[Moment]) -> Iterator[Said]:
    """What the text filter publishes, when the text comes as late as in a call."""
    echo = EchoFilter()
    waiting: list[Said] = []
    speaking_since_s: float | None = None
    for moment in moments:
        now_s = moment.heard.end_s
        speaking = Channel.CANDIDATE in moment.heard.speaking
        speaking_since_s = (speaking_since_s or now_s) if speaking else None
        waiting += moment.said
        last = moment is moments[-1]
        while waiting and (last or waiting[0][0].speech_end_s + _TEXT_AFTER_S <= now_s):
            stretch, heard = waiting.pop(0)
            pending_s = _pending(waiting, speaking_since_s)
            yield from echo.take(stretch, heard, now_s=now_s, candidate_pending_since_s=pending_s)
        pending_s = _pending(waiting, speaking_since_s)
        yield from echo.release(now_s=now_s, candidate_pending_since_s=pending_s)
    yield from echo.flush()


def _pending(waiting: Sequence[Said], speaking_since_s: float | None) -> float | None:
    starts = [s.start_s for s, _ in waiting if s.channel is Channel.CANDIDATE]
    return min([*starts, *([] if speaking_since_s is None else [speaking_since_s])], default=None)


def words(said: Sequence[Said], channel: Channel) -> list[Timed]:
    """The words of one side, at session times."""
    return [
        Timed(normal(word.text), stretch.start_s + word.start_s, stretch.start_s + word.end_s)
        for stretch, heard in said
        if stretch.channel is channel
        for word in heard.words
    ]


def count(said: Sequence[Said], own: Sequence[Timed], candidates: Sequence[Timed]) -> Counts:
    """Whose words the interviewer's text holds."""
    text = words(said, Channel.INTERVIEWER)
    kept = _common(own, text)
    rest = [word for index, word in enumerate(text) if index not in kept]
    echoed = _common(candidates, rest)
    return Counts(len(kept), len(echoed), len(rest) - len(echoed))


def _common(reference: Sequence[Timed], text: Sequence[Timed]) -> set[int]:
    """The words of ``text`` that also stand, in order and at about the time, in ``reference``."""
    table = np.zeros((len(reference) + 1, len(text) + 1), int)
    same = [[_same(a, b) for b in text] for a in reference]
    for i, row in enumerate(same):
        for j, equal in enumerate(row):
            table[i + 1, j + 1] = max(table[i, j + 1], table[i + 1, j], table[i, j] + equal)
    found: set[int] = set()
    i, j = len(reference), len(text)
    while i and j:
        if same[i - 1][j - 1] and table[i, j] == table[i - 1, j - 1] + 1:
            i, j = i - 1, j - 1
            found.add(j)
        elif table[i, j] == table[i - 1, j]:
            i -= 1
        else:
            j -= 1
    return found


def _same(a: Timed, b: Timed) -> bool:
    if abs(a.start_s - b.start_s) > _SAME_TIME_S:
        return False
    close = len(a.text) > 3 and difflib.SequenceMatcher(None, a.text, b.text).ratio() >= 0.7
    return a.text == b.text or close


# -- figures --------------------------------------------------------------------------------------


@dataclass
class Tally:
    """Counts of one scene under every echo and treatment."""

    own: int
    counts: dict[tuple[float, tuple[float, bool], str], Counts]


def measure(talk: Scene, transcriber: Transcriber) -> Tally:
    """Every echo, every treatment."""
    near, far, language = talk.interviewer, talk.candidate, talk.language
    clean = [said for m in listen(near, far, transcriber, language, None) for said in m.said]
    own, candidates = (words(clean, channel) for channel in Channel)
    found: dict[tuple[float, tuple[float, bool], str], Counts] = {}
    for level_db in LEVELS_DB:
        for path in PATHS:
            delay_s, room = path
            progress(f"{language}, {'over' if talk.over else 'in turns'}, {level_db:g} dB, {path}")
            mixed = near + echo_of(far, level_db, delay_s, room=room)
            for plain, after, canceller in (
                (NONE, TEXT, None),
                (CANCELLED, BOTH, load_canceller()),
            ):
                moments = listen(mixed, far, transcriber, language, canceller)
                heard = [said for moment in moments for said in moment.said]
                found[level_db, path, plain] = count(heard, own, candidates)
                found[level_db, path, after] = count([*filtered(moments)], own, candidates)
    return Tally(len(own), found)


def rows(over: bool, tallies: Sequence[Tally]) -> list[Row]:
    """The tallies of all languages, summed."""
    made: list[Row] = []
    for level_db, path, way in tallies[0].counts:
        summed, untreated = (
            Counts(
                sum(c.kept for c in part), sum(c.echoed for c in part), sum(c.other for c in part)
            )
            for part in (
                [tally.counts[level_db, path, chosen] for tally in tallies]
                for chosen in (way, NONE)
            )
        )
        name = f"{1000 * path[0]:.0f} ms, {'room' if path[1] else 'copy'}"
        said = sum(tally.own for tally in tallies)
        made.append(Row(over, level_db, name, way, said, summed, untreated.echoed))
    return made


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--clips", type=int, default=10, help="clips a language (default 10)")
    parser.add_argument("--languages", nargs="+", default=["en", "fr"])
    options = parser.parse_args()
    _check(options, parser)
    machine = this_machine()
    transcriber = Remembering(WhisperTranscriber(options.model))
    tables: list[Table] = []
    for over in (False, True):
        talks = [
            scene(options.folder, language, over=over, most=options.clips)
            for language in options.languages
        ]
        seconds = sum(len(talk.candidate) for talk in talks) / SAMPLE_RATE_HZ
        title = "the interviewer speaks over the candidate" if over else "the two take turns"
        found = rows(over, [measure(talk, transcriber) for talk in talks])
        tables.append(Table(f"Whisper {options.model}, {title}, {seconds:.0f} s", COLUMNS, found))
    show(Report("echo", METHOD, machine, tables), options)


def _check(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    if load_canceller() is None:
        parser.error("cancellation is not installed: pip install 'interview-copilot[echo]'")
    for language in options.languages:
        if len(list(options.folder.glob(f"{language}-*.ogg"))) < 5:
            parser.error(f"{options.folder} holds fewer than five clips {language}-….ogg")


if __name__ == "__main__":
    main()
