"""Whisper on no more sound than there is.

Whisper was trained on windows of 30 s, and ``faster_whisper.WhisperModel.transcribe`` pads every
sound to that. The encoder's work grows with the window, so three seconds cost as much as thirty.
Its positions are absolute and begin at zero, so a shorter window means the same to it; only the
decoder needs some silence behind the last word to know that it is the last. Where it does not
find the end and repeats itself, the whole window is the remedy (``copilot.speech.whisper``).
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.errors import ModelError
from copilot.speech.hotwords import in_doubt, with_terms
from copilot.speech.transcriber import HeardWord

#: What the encoder can take at most, in seconds.
WINDOW_S = 30.0
_FRAMES_PER_S = 100  # of the spectrogram
_TIMESTAMP_S = 0.02
#: Positions the decoder has, how many of them what stands before the sound's words may take, and
#: how many of these the names and acronyms to expect; the rest is for what was said before.
_POSITIONS = 448
_MOST_PROMPT = 200
_MOST_HOTWORDS = 120
#: In a sound shorter than this, in seconds, the recogniser makes hotwords of a cough.
_SHORTEST_WITH_HOTWORDS_S = 2.0
#: No speaker needs more tokens a second, in English or French, and a few for the punctuation.
_TOKENS_PER_S = 15
_TOKENS_MORE = 20
_SEED = 1
#: Pieces of nothing else are no words, but what the recogniser makes of silence.
_PUNCTUATION = frozenset(".,;:!?…-\u2013\u2014'\"“”«»")
_TIME_ROUNDING_S = 0.1


@dataclass(frozen=True, slots=True)
class Search:
    """How thoroughly to look for the words.

    Attributes:
        margin_s: Silence put behind the sound; None for the whole window of 30 s.
        beam: Width of the beam.
        temperature: Where above 0, words are drawn by lot, the best of five draws is kept, and
            the beam counts for nothing.
    """

    margin_s: float | None
    beam: int
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the decoder makes of one window.

    Attributes:
        words: The words in order, those it was told included; times from the window's start.
        logprob: Mean log probability of the tokens it found.
        no_speech: What it gives for there being no speech at all, 0 to 1.
        full: Whether it was stopped because it found too many words.
        drawn: Whether words were drawn by lot.
    """

    words: tuple[HeardWord, ...]
    logprob: float
    no_speech: float
    full: bool = False
    drawn: bool = False

    def after(self, said: Sequence[HeardWord]) -> "Decoded":
        """The same, begun with words that were settled before."""
        end_s = said[-1].end_s - _TIME_ROUNDING_S
        return replace(self, words=(*said, *(w for w in self.words if w.start_s >= end_s)))

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)


class Decoder:
    """One Whisper model, loaded."""

    def __init__(
        self,
        folder: Path,
        *,
        remedy: str = "",
        threads: int = 1,
        callers: int = 1,
        hotwords: Sequence[str] = (),
    ) -> None:
        """Load the model.

        Args:
            folder: Its verified files.
            remedy: What the user can do where it cannot be loaded.
            threads: Processor threads a call takes.
            callers: How many calls may run at a time.
            hotwords: Names and acronyms to expect, the most useful first; those after them that
                there is no room for are left out.

        Raises:
            ModelError: It cannot be loaded.
        """
        # What is hard to understand is sampled; the same recording shall give the same words.
        ctranslate2.set_random_seed(_SEED)
        try:
            self._whisper = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                num_workers=callers,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"{folder} cannot be loaded ({error}).",
                remedy,
            ) from error
        self._tokenizers: dict[str, Tokenizer] = {}
        self._terms = tuple(hotwords)
        self._hotwords = _expected(self._tokenizer("en"), hotwords)  # the same in every language

    def decode(
        self,
        samples: Waveform,
        *,
        language: str,
        search: Search,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Decoded:
        """The words in ``samples``.

        Args:
            samples: float32 mono at 16 kHz, shape (n,), n up to 30 s.
            language: ISO 639-1 code.
            search: How thoroughly to look.
            context: What was said before.
            said: Words the sound begins with that are settled.
        """
        tokenizer = self._tokenizer(language)
        duration_s = len(samples) / SAMPLE_RATE_HZ
        encoded = self._encode(samples, search.margin_s)
        known = tokenizer.encode(" " + " ".join(word.text for word in said)) if said else []

        def heard(search: Search, hotwords: list[int]) -> Decoded:
            prompt = self._prompt(tokenizer, hotwords, context, known)
            most = min(round(duration_s * _TOKENS_PER_S) + _TOKENS_MORE, _POSITIONS // 2)
            result = self._generate(tokenizer, encoded, prompt, search, most, begun=bool(known))
            tokens = result.sequences_ids[0]  # those it was given included
            words = self._aligned(
                tokenizer, encoded, _within(tokens, tokenizer, duration_s), duration_s
            )
            return Decoded(
                tuple(words),
                result.scores[0] * len(tokens) / (len(tokens) + 1),
                result.no_speech_prob,
                full=len(tokens) - len(known) >= most,
                drawn=search.temperature > 0,
            )

        found = heard(search, [])
        if not self._may_hold_terms(found, duration_s, len(said)):
            return found
        # Of this answer only the terms count, and those a narrow search finds as well.
        expecting = heard(replace(search, beam=1), self._hotwords)
        settled = found.words[: len(said)]
        new, expected = found.words[len(said) :], expecting.words[len(said) :]
        return replace(found, words=(*settled, *with_terms(new, expected, self._terms)))

    def _may_hold_terms(self, found: Decoded, duration_s: float, settled: int) -> bool:
        return (
            bool(self._terms)
            and not found.full
            and not found.drawn
            and duration_s >= _SHORTEST_WITH_HOTWORDS_S
            and in_doubt(found.words[settled:], self._terms)
        )

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer,
                self._whisper.model.is_multilingual,
                task="transcribe",
                language=language,
            )
        return self._tokenizers[language]

    def _encode(self, samples: Waveform, margin_s: float | None) -> ctranslate2.StorageView:
        most = round(WINDOW_S * SAMPLE_RATE_HZ)
        length = most if margin_s is None else len(samples) + round(margin_s * SAMPLE_RATE_HZ)
        window = np.zeros(min(length, most), np.float32)
        window[: len(samples)] = samples[:most]
        features = self._whisper.feature_extractor(window)
        return self._whisper.encode(features[:, : round(WINDOW_S * _FRAMES_PER_S)])

    @staticmethod
    def _prompt(
        tokenizer: Tokenizer, hotwords: list[int], context: str, known: list[int]
    ) -> list[int]:
        # What was said comes last, because the decoder goes on from it.
        before = list(hotwords)
        if context:
            before += tokenizer.encode(" " + context)[len(before) - _MOST_PROMPT :]
        start = [tokenizer.sot_prev, *before] if before else []
        # Marks of time keep the decoder from going on after the sound has ended and from leaving
        # out first sentences; but after words it was given, they make it stop too early.
        opening = [tokenizer.no_timestamps, *known] if known else []
        return [*start, *tokenizer.sot_sequence, *opening]

    def _generate(
        self,
        tokenizer: Tokenizer,
        encoded: ctranslate2.StorageView,
        prompt: list[int],
        search: Search,
        most: int,
        *,
        begun: bool,
    ) -> ctranslate2.models.WhisperGenerationResult:
        drawn = search.temperature > 0
        return self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=1 if drawn else search.beam,
            num_hypotheses=5 if drawn else 1,
            sampling_topk=0 if drawn else 1,
            sampling_temperature=search.temperature if drawn else 1.0,
            # It writes half of this at most, and has no more positions than the prompt leaves.
            max_length=min(_POSITIONS, max(2 * most, len(prompt) + most)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=not begun,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            max_initial_timestamp_index=round(1.0 / _TIMESTAMP_S),
        )[0]

    def _aligned(
        self,
        tokenizer: Tokenizer,
        encoded: ctranslate2.StorageView,
        tokens: list[int],
        duration_s: float,
    ) -> Iterable[HeardWord]:
        """Words with times, from what the decoder looked at when it wrote them."""
        if not tokens:
            return ()
        frames = max(2, round(duration_s * _FRAMES_PER_S))
        pieces = self._whisper.find_alignment(tokenizer, [tokens], encoded, frames)[0]
        return _whole_words(
            (
                HeardWord(
                    piece["word"],
                    float(piece["start"]),
                    float(piece["end"]),
                    float(piece["probability"]),
                )
                for piece in pieces
            ),
            duration_s,
        )


def _expected(tokenizer: Tokenizer, hotwords: Sequence[str]) -> list[int]:
    """The tokens of a list of as many hotwords as there is room for.

    Names and acronyms go first, told by their capitals and digits: ordinary words the recogniser
    knows how to write.
    """
    names = [term for term in hotwords if _is_name(term)]
    chosen: list[str] = []
    tokens: list[int] = []
    for term in (*names, *(term for term in hotwords if not _is_name(term))):
        longer = tokenizer.encode(f" {', '.join((*chosen, term))}.")
        if len(longer) <= _MOST_HOTWORDS:
            chosen.append(term)
            tokens = longer
    return tokens


def _is_name(term: str) -> bool:
    return any(letter.isupper() or letter.isdigit() for letter in term)


def _within(tokens: Sequence[int], tokenizer: Tokenizer, duration_s: float) -> list[int]:
    """The text tokens up to the sound's end.

    Whisper marks the time before and after each sentence. What it says began after the sound had
    ended, it made up.
    """
    heard: list[int] = []
    beyond = False
    for token in tokens:
        if token >= tokenizer.timestamp_begin:
            mark_s = (token - tokenizer.timestamp_begin) * _TIMESTAMP_S
            beyond = bool(heard) and mark_s > duration_s + _TIME_ROUNDING_S
        elif token < tokenizer.eot:
            if beyond:
                break
            heard.append(token)
    return heard


def _whole_words(pieces: Iterable[HeardWord], duration_s: float) -> Iterable[HeardWord]:
    """Words as people write them: pieces without a space before them belong to the one before."""
    groups: list[list[HeardWord]] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        if groups and not piece.text.startswith(" "):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        text = "".join(piece.text for piece in group).strip()
        if _PUNCTUATION.issuperset(text):
            continue
        start_s = min(max(group[0].start_s, 0.0), duration_s)
        end_s = min(max(itertools.chain([start_s], (piece.end_s for piece in group))), duration_s)
        worst = min(piece.probability for piece in group if not _PUNCTUATION.issuperset(piece.text))
        yield HeardWord(text, start_s, end_s, worst)
